package dev.lockstep.local;

import dev.lockstep.connector.content.BundleArchive;
import dev.lockstep.content.BundleManifest;
import dev.lockstep.content.Content;
import dev.lockstep.content.RuleBundle;
import dev.lockstep.content.RuleDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rules in many versions. Two of them, in files at either end, find each marked event and say in
 * their titles of which version they are: an event that was judged by half of one bundle and half
 * of another would have alerts that differ.
 */
final class MarkedRules {

  static final String FIRST = "marked-first";
  static final String LAST = "marked-last";

  private final List<RuleDocument> others;

  private MarkedRules(List<RuleDocument> others) {
    this.others = List.copyOf(others);
  }

  /** Rules that someone wrote, those without issues. */
  static MarkedRules of(Path folder) throws IOException {
    List<RuleDocument> documents = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".yml")).toList()) {
        documents.add(new RuleDocument("n/" + folder.relativize(file), Files.readString(file)));
      }
    }
    var good = Content.read(documents).files().stream().filter(file -> file.isGood());
    return new MarkedRules(good.map(file -> file.document()).toList());
  }

  /** So many rules that find nothing. */
  static MarkedRules generated(int count) {
    List<RuleDocument> documents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = "other-%05d".formatted(i);
      String selection = "CommandLine|contains: ['tool-%d.exe', ' -p%d ']".formatted(i, i);
      documents.add(new RuleDocument("n/" + id + ".yml", rule(id, id, selection)));
    }
    return new MarkedRules(documents);
  }

  /** How many rules each version has. */
  int count() {
    return others.size() + 2;
  }

  /** Version {@code number}, in which only the two marking rules differ from the other versions. */
  BundleArchive version(int number) {
    return archive(number, others);
  }

  /** Version {@code number}, in which every rule differs from those of other versions. */
  BundleArchive wholeVersion(int number) {
    List<RuleDocument> changed = new ArrayList<>();
    for (RuleDocument document : others) {
      String text = document.text().replaceFirst("(?m)^title: ", "title: v" + number + " ");
      changed.add(new RuleDocument(document.path(), text));
    }
    return archive(number, changed);
  }

  private static BundleArchive archive(int number, List<RuleDocument> others) {
    List<RuleDocument> documents = new ArrayList<>(others);
    documents.add(marking("a.yml", FIRST, number));
    documents.add(marking("z.yml", LAST, number));
    RuleBundle bundle = new RuleBundle(documents);
    return new BundleArchive(manifest(bundle), bundle);
  }

  /** Without what it says of each rule, which takes longer to find out than all else. */
  private static BundleManifest manifest(RuleBundle bundle) {
    int files = bundle.documents().size();
    return new BundleManifest(
        "rules",
        bundle.version(),
        null,
        null,
        /* removalMeant= */ false,
        /* shard= */ null,
        files,
        List.of());
  }

  private static RuleDocument marking(String path, String id, int number) {
    return new RuleDocument(path, rule(id, "Version " + number, "marked: 'yes'"));
  }

  private static String rule(String id, String title, String selection) {
    return """
        title: %s
        id: %s
        logsource: {product: windows}
        detection:
          s:
            %s
          condition: s
        level: low
        """
        .formatted(title, id, selection);
  }
}
