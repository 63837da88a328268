package dev.lockstep.content;

import dev.lockstep.sigma.Issue;
import dev.lockstep.sigma.Placeholders;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files that were delivered together, understood together, kind after kind: values files first,
 * then rule files with the placeholders in force. What a file defines belongs to the first good
 * file that has it, in the order of the documents, and is an issue of any later one.
 */
public final class Content {
  private final List<ContentFile> files = new ArrayList<>();
  private final FilesInForce inForce = new FilesInForce();
  private final Map<String, Issue> lost = new HashMap<>();

  private Content() {}

  /** Reads files that have no earlier versions. */
  public static Content read(List<RuleDocument> documents) {
    return read(documents, new FilesInForce());
  }

  /**
   * Reads files, and for each that is not good takes its earlier version if it can: nothing in it
   * may be defined elsewhere by now, and its placeholders must still have values.
   */
  static Content read(List<RuleDocument> documents, FilesInForce earlier) {
    Content content = new Content();
    content.readValues(documents);
    content.keepValues(documents, earlier);
    Placeholders placeholders = content.inForce.placeholders();
    content.readRules(documents, placeholders);
    content.keepRules(documents, earlier, placeholders);
    content.files.sort(Comparator.comparing(ContentFile::path));
    return content;
  }

  /** All files in order of their paths, with their issues. */
  public List<ContentFile> files() {
    return List.copyOf(files);
  }

  /** Everything that is wrong, file after file. */
  public List<Issue> issues() {
    return files.stream().flatMap(file -> file.issues().stream()).toList();
  }

  /** The rules in force, in the order of their files. */
  public List<SigmaRule> rules() {
    return inForce.ofKind(RuleFile.class).stream().flatMap(file -> file.rules().stream()).toList();
  }

  /** What placeholders stand for in this content. */
  public Placeholders placeholders() {
    return inForce.placeholders();
  }

  /** What each rule in force means, by its id; whatever else has a status is told by its text. */
  Map<String, String> versions() {
    Map<String, String> versions = new HashMap<>();
    rules().forEach(rule -> versions.put(rule.id(), rule.contentHash()));
    return versions;
  }

  FilesInForce inForce() {
    return inForce;
  }

  /**
   * Why the earlier version of a file cannot stay in force, if it is because of its placeholders.
   */
  Optional<Issue> lossOf(String path) {
    return Optional.ofNullable(lost.get(path));
  }

  private void readValues(List<RuleDocument> documents) {
    for (RuleDocument document : documents) {
      if (PlaceholderFile.isOne(document)) {
        files.add(inForce.take(PlaceholderFile.parse(document)));
      }
    }
  }

  /**
   * A values file can be so broken that nothing tells its kind any more. So whatever lies at the
   * path of an earlier one replaces it only if it is good.
   */
  private void keepValues(List<RuleDocument> documents, FilesInForce earlier) {
    Placeholders all = earlier.placeholders().and(inForce.placeholders());
    for (RuleDocument document : documents) {
      Optional<ContentFile> kept = earlier.at(document.path());
      if (kept.isPresent()
          && kept.get() instanceof PlaceholderFile
          && inForce.at(document.path()).isEmpty()
          && (PlaceholderFile.isOne(document) || !RuleFile.parse(document, all).isGood())) {
        inForce.keep(kept.get());
      }
    }
  }

  private void readRules(List<RuleDocument> documents, Placeholders placeholders) {
    for (RuleDocument document : documents) {
      if (!PlaceholderFile.isOne(document)) {
        files.add(inForce.take(RuleFile.parse(document, placeholders)));
      }
    }
  }

  private void keepRules(
      List<RuleDocument> documents, FilesInForce earlier, Placeholders placeholders) {
    for (RuleDocument document : documents) {
      Optional<ContentFile> kept = earlier.at(document.path());
      if (inForce.at(document.path()).isEmpty()
          && kept.isPresent()
          && kept.get() instanceof RuleFile) {
        RuleFile again = RuleFile.parse(kept.get().document(), placeholders);
        if (again.isGood()) {
          inForce.keep(again);
        } else {
          lost.put(document.path(), again.issues().get(0));
        }
      }
    }
  }
}
