package dev.lockstep.job.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.sigma.SigmaRule;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Rules that are out of force because of what they did, until another version of them comes or
 * somebody releases them.
 *
 * @param versions the hash of the content of each, by rule id
 */
public record Quarantine(SortedMap<String, String> versions) {

  public static final Quarantine NONE = new Quarantine(new TreeMap<>());

  public Quarantine {
    versions = new TreeMap<>(versions);
  }

  /** Returns whether this rule, in this version, is in quarantine. */
  public boolean holds(SigmaRule rule) {
    return holds(rule.id(), rule.contentHash());
  }

  /** Returns whether the rule or correlation of that id, in that version, is in quarantine. */
  public boolean holds(String id, String version) {
    return version.equals(versions.get(id));
  }

  /** Returns the same and one rule more. */
  public Quarantine and(SigmaRule rule) {
    SortedMap<String, String> more = new TreeMap<>(versions);
    more.put(rule.id(), rule.contentHash());
    return new Quarantine(more);
  }

  /** Returns the text that travels; ids cannot have line ends, versions no blanks. */
  public byte[] encode() {
    return versions.entrySet().stream()
        .map(rule -> rule.getValue() + " " + rule.getKey() + "\n")
        .collect(Collectors.joining())
        .getBytes(UTF_8);
  }

  /** Reads what {@link #encode} wrote. */
  public static Quarantine decode(byte[] encoded) {
    Map<String, String> versions =
        new String(encoded, UTF_8)
            .lines()
            .collect(
                Collectors.toMap(
                    line -> line.substring(line.indexOf(' ') + 1),
                    line -> line.substring(0, line.indexOf(' '))));
    return new Quarantine(new TreeMap<>(versions));
  }
}
