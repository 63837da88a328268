package dev.lockstep.content;

import static java.util.Objects.requireNonNull;

import dev.lockstep.correlation.CorrelationPlan;
import dev.lockstep.sigma.SigmaCorrelation;
import dev.lockstep.sigma.SigmaRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle says of itself, so that whoever gets it can see whether it is whole, and what has
 * changed, without reading its rules.
 *
 * @param name of the content, whatever its version
 * @param version {@link RuleBundle#version()}
 * @param revision the commit of the content, if it is under version control
 * @param builtAt when that commit was made; no clock has a part in it, so that equal content makes
 *     equal bundles
 * @param removalMeant whether it may remove any share of the rules at once
 * @param shard which piece of a bundle this is, if it was split; null for a whole one
 * @param files how many documents there are
 * @param rules what is in them, in the order of their files
 */
public record BundleManifest(
    String name,
    String version,
    @Nullable String revision,
    @Nullable Instant builtAt,
    boolean removalMeant,
    @Nullable Shard shard,
    int files,
    List<Entry> rules) {

  public BundleManifest {
    requireNonNull(name, "name is null");
    requireNonNull(version, "version is null");
    rules = List.copyOf(rules);
  }

  /**
   * A piece of a bundle that was split.
   *
   * @param number from 1 on
   * @param count how many pieces there are
   * @param whole the version of the bundle that they make together
   */
  public record Shard(int number, int count, String whole) {
    public Shard {
      requireNonNull(whole, "whole is null");
      if (number < 1 || number > count) {
        throw new IllegalArgumentException(
            "a shard must be 1 to %d, was %d".formatted(count, number));
      }
    }
  }

  /** The version of the bundle, also if this is only a piece of it. */
  public String wholeVersion() {
    return shard == null ? version : shard.whole();
  }

  /** What no other piece of content that is in force together with this one is called. */
  public String pieceName() {
    return shard == null ? name : "%s-%d-of-%d".formatted(name, shard.number(), shard.count());
  }

  /** Describes one piece of the bundle that this manifest describes. */
  public BundleManifest ofShard(int number, int count, RuleBundle piece) {
    Set<String> paths =
        piece.documents().stream().map(RuleDocument::path).collect(Collectors.toSet());
    return new BundleManifest(
        name,
        piece.version(),
        revision,
        builtAt,
        removalMeant,
        new Shard(number, count, version),
        paths.size(),
        rules.stream().filter(rule -> paths.contains(rule.file())).toList());
  }

  /** The same, said to remove any share of the rules on purpose. */
  public BundleManifest withRemovalMeant() {
    return new BundleManifest(name, version, revision, builtAt, true, shard, files, rules);
  }

  /**
   * One rule.
   *
   * @param file the path of its document
   * @param hash changes with whatever is in its document
   * @param meaning changes with what the rule finds, for whom, and where its alerts go; filters are
   *     taken into account
   */
  public record Entry(String id, String title, String file, String hash, String meaning) {}

  /**
   * Describes documents of which none has an issue.
   *
   * @throws IllegalArgumentException if one has
   */
  public static BundleManifest of(
      String name, RuleBundle bundle, @Nullable String revision, @Nullable Instant builtAt) {
    return of(name, Content.read(bundle.documents()), revision, builtAt);
  }

  /**
   * Describes content without issues.
   *
   * @throws IllegalArgumentException if it has any
   */
  public static BundleManifest of(
      String name, Content content, @Nullable String revision, @Nullable Instant builtAt) {
    if (!content.issues().isEmpty()) {
      throw new IllegalArgumentException("not without issues: " + content.issues().get(0));
    }
    Map<String, String> meanings = RuleMeaning.hashesOf(content.rules());
    CorrelationPlan correlations = content.correlationPlan();
    List<Entry> entries = new ArrayList<>();
    for (ContentFile file : content.files()) {
      if (file instanceof RuleFile ruleFile) {
        for (SigmaRule rule : ruleFile.rules()) {
          String meaning = requireNonNull(meanings.get(rule.id()), "a rule in force has a meaning");
          entries.add(new Entry(rule.id(), rule.title(), file.path(), rule.contentHash(), meaning));
        }
        for (SigmaCorrelation found : ruleFile.correlations()) {
          String meaning = RuleMeaning.hashOf(found, correlations);
          entries.add(
              new Entry(found.id(), found.title(), file.path(), found.contentHash(), meaning));
        }
      }
    }
    // Without issues, all that was read is in force.
    String version = content.inForce().bundle().version();
    return new BundleManifest(
        name, version, revision, builtAt, false, null, content.files().size(), entries);
  }
}
