package dev.lockstep.elastalert;

import dev.lockstep.digest.Sha256;
import dev.lockstep.sigma.YamlNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the documents of one rule are called, and what becomes of their alerts. */
final class Labels {
  private static final String USUAL_LEVEL = "medium";
  private static final Map<String, String> LEVELS =
      Map.of("0", "informational", "1", "low", "2", USUAL_LEVEL, "3", "high", "4", "critical");

  /** Begins the names of the indices that ElastAlert writes to. */
  private static final String OWN = "elastalert";

  private static final String USUAL_REALERT = "1m";
  private static final int MOST_DOUBLED = 32;

  private final String path;
  private final RuleSettings settings;
  private final String title;

  Labels(String path, RuleSettings settings) {
    this.path = path;
    this.settings = settings;
    this.title = settings.text("name").orElse(stem());
  }

  String title() {
    return title;
  }

  /** The title of a part of the rule. */
  String title(String part) {
    return part.isEmpty() ? title : title + " (" + part + ")";
  }

  /** The same whenever the file is imported, as long as it and the rule are called so. */
  String id(String part) {
    String hex = Sha256.hexOfParts(List.of("elastalert", path, title, part), 16);
    return "%s-%s-8%s-a%s-%s"
        .formatted(
            hex.substring(0, 8),
            hex.substring(8, 12),
            hex.substring(13, 16),
            hex.substring(17, 20),
            hex.substring(20));
  }

  /** What a correlation calls its base rule; of the file's path. */
  String name(String part) {
    return slug(path) + "_" + part;
  }

  /** The path in lower case letters and digits of ASCII. */
  static String slug(String path) {
    String words = stemOf(path).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    return words.replaceAll("^_|_$", "");
  }

  static String stemOf(String path) {
    return path.replaceFirst("\\.ya?ml$", "");
  }

  private String stem() {
    return stemOf(path.substring(path.lastIndexOf('/') + 1));
  }

  Optional<String> description() {
    return settings
        .member("description")
        .filter(member -> !(member.value() instanceof YamlNode.Scalar it && it.text().isBlank()))
        .flatMap(settings::text);
  }

  Map<String, Object> logsource(Map<String, String> given) {
    Optional<YamlNode.Member> index = settings.member("index");
    index
        .filter(it -> it.value() instanceof YamlNode.Scalar name && name.text().startsWith(OWN))
        .ifPresent(
            it ->
                settings.refuse(
                    it,
                    "it asks for alerts of other rules; a correlation of their correlations does"
                        + " that ('rules')"));
    Map<String, Object> logsource = new LinkedHashMap<>(given);
    if (given.isEmpty()) {
      logsource.put("product", "elastalert");
      index.flatMap(settings::text).ifPresent(name -> logsource.put("service", name));
    }
    return logsource;
  }

  /** The level that the priority says, which is 2 unless it is said. */
  String level() {
    Optional<YamlNode.Member> priority = settings.member("priority");
    if (priority.isEmpty()) {
      return USUAL_LEVEL;
    }
    String level = LEVELS.get(settings.text(priority.get()).orElse("2"));
    if (level == null) {
      settings.lose(priority.get(), "priorities go from 1 to 4; the level is " + USUAL_LEVEL);
    }
    return level == null ? USUAL_LEVEL : level;
  }

  /**
   * The attribute {@code lockstep}, which may be empty.
   *
   * @param by fields whose values are told apart; empty for all alerts together
   * @param holdsBack whether ElastAlert would hold back anything
   */
  Map<String, Object> lockstep(List<String> by, boolean holdsBack) {
    Map<String, Object> attribute = new LinkedHashMap<>();
    Optional<YamlNode.Member> enabled = settings.member("is_enabled");
    if (enabled.isPresent() && !settings.truth("is_enabled")) {
      attribute.put("stage", "shadow");
      settings.note(enabled.get(), "the rule is in the shadow lane: found, but never live");
    }
    Optional<String> realert = realert();
    Optional<String> growing = growing(realert.isPresent());
    if (realert.isPresent() && holdsBack) {
      Map<String, Object> suppress = new LinkedHashMap<>();
      if (!by.isEmpty()) {
        suppress.put("by", by);
      }
      suppress.put("for", realert.get());
      growing.ifPresent(kind -> suppress.put("realert", kind));
      attribute.put("suppress", new YamlWriter.Flow(suppress));
    }
    return attribute;
  }

  /** How long ElastAlert is silent after an alert: a minute unless it is said. */
  private Optional<String> realert() {
    Optional<YamlNode.Member> realert = settings.member("realert");
    if (realert.isEmpty()) {
      // who aggregates alerts gets all of them
      boolean aggregates =
          settings.leftOver().stream().anyMatch(it -> it.name().equals("aggregation"));
      return aggregates ? Optional.empty() : Optional.of(USUAL_REALERT);
    }
    return settings
        .millis(realert.get())
        .filter(millis -> millis.signum() != 0)
        .flatMap(millis -> settings.timespan(realert.get()))
        .map(Timespan::toString);
  }

  private Optional<String> growing(boolean holdsBack) {
    Optional<YamlNode.Member> most = settings.member("exponential_realert");
    Optional<Timespan> end = most.flatMap(settings::timespan);
    if (most.isEmpty() || end.isEmpty() || !holdsBack) {
      return Optional.empty();
    }
    Optional<Timespan> begin = settings.timespan("realert");
    BigDecimal doubled =
        BigDecimal.valueOf(begin.map(Timespan::seconds).orElse(60L) * MOST_DOUBLED);
    if (doubled.compareTo(BigDecimal.valueOf(end.get().seconds())) != 0) {
      settings.note(
          most.get(), "the longest time is %d times 'realert' here".formatted(MOST_DOUBLED));
    }
    return Optional.of("exponential");
  }
}
