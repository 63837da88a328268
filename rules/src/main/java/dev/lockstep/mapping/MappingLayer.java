package dev.lockstep.mapping;

import dev.lockstep.sigma.Detection;
import dev.lockstep.sigma.Logsource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a mapping says of one kind of event, for one customer or for everyone.
 *
 * @param fields places of fields by their names in rules
 * @param templates the places of all other fields; none where nothing is said
 * @param entries the sources of events
 * @param stated where events say themselves where they come from, or null if nothing is said
 * @param judgesUnmapped whether rules of no source known here are judged on every event, or null if
 *     nothing is said
 */
record MappingLayer(
    Map<String, List<String>> fields,
    List<String> templates,
    List<LogsourceEntry> entries,
    @Nullable StatedLogsource stated,
    @Nullable Boolean judgesUnmapped) {

  /** Says nothing. */
  static final MappingLayer EMPTY = new MappingLayer(Map.of(), List.of(), List.of(), null, null);

  MappingLayer {
    fields = Map.copyOf(fields);
    templates = List.copyOf(templates);
    entries = List.copyOf(entries);
  }

  /**
   * What is said here, and of all else what {@code base} says. Entries of a logsource take the
   * place of those that the base has of exactly the same.
   */
  MappingLayer over(MappingLayer base) {
    Map<String, List<String>> allFields = new HashMap<>(base.fields);
    allFields.putAll(fields);
    Set<Logsource> replaced =
        entries.stream().map(LogsourceEntry::logsource).collect(Collectors.toSet());
    Stream<LogsourceEntry> kept =
        base.entries.stream()
            .filter(entry -> !replaced.contains(entry.logsource()))
            .map(entry -> entry.without(fields));
    return new MappingLayer(
        allFields,
        templates.isEmpty() ? base.templates : templates,
        Stream.concat(kept, entries.stream()).toList(),
        stated == null ? base.stated : stated,
        judgesUnmapped == null ? base.judgesUnmapped : judgesUnmapped);
  }

  /** The events that rules of this logsource are about; none where it is not known here. */
  List<Branch> branches(Logsource logsource) {
    List<Branch> branches = new ArrayList<>();
    for (LogsourceEntry entry : entriesOf(logsource)) {
      FieldNames names = names(entry);
      branches.add(new Branch(entry.when().map(new FieldRenaming(names)::rename), names));
    }
    Optional<Detection> says = stated == null ? Optional.empty() : stated.says(logsource);
    says.ifPresent(when -> branches.add(new Branch(says, names())));
    return branches;
  }

  /** Every event, where rules of unknown sources are judged; a layer without sources knows none. */
  Optional<Branch> everyEvent() {
    boolean judges = judgesUnmapped == null ? entries.isEmpty() && stated == null : judgesUnmapped;
    return judges ? Optional.of(new Branch(Optional.empty(), names())) : Optional.empty();
  }

  /**
   * Who speaks of exactly this source knows best; else sources that it includes are parts of it;
   * else its events come from a source of its category and from one of its service.
   */
  private List<LogsourceEntry> entriesOf(Logsource logsource) {
    List<LogsourceEntry> exact =
        entries.stream().filter(entry -> entry.logsource().equals(logsource)).toList();
    if (!exact.isEmpty()) {
      return exact;
    }
    List<LogsourceEntry> narrower =
        entries.stream().filter(entry -> logsource.includes(entry.logsource())).toList();
    return narrower.isEmpty() ? inBoth(logsource) : narrower;
  }

  private List<LogsourceEntry> inBoth(Logsource logsource) {
    List<LogsourceEntry> both = new ArrayList<>();
    if (logsource.category() == null || logsource.service() == null) {
      return both;
    }
    Logsource category = new Logsource(logsource.category(), logsource.product(), null);
    Logsource service = new Logsource(null, logsource.product(), logsource.service());
    for (LogsourceEntry ofCategory : entries) {
      for (LogsourceEntry ofService : entries) {
        if (ofCategory.logsource().equals(category) && ofService.logsource().equals(service)) {
          both.add(ofCategory.and(ofService));
        }
      }
    }
    return both;
  }

  private FieldNames names() {
    List<String> others = templates.isEmpty() ? FieldNames.AS_NAMED : templates;
    return new FieldNames(Map.of(), Map.of(), fields, others);
  }

  private FieldNames names(LogsourceEntry entry) {
    List<String> others = entry.templates().isEmpty() ? names().templates() : entry.templates();
    return new FieldNames(entry.fields(), entry.aliases(), fields, others);
  }
}
