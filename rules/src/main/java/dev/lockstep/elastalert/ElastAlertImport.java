package dev.lockstep.elastalert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Translates the rules of ElastAlert. Reads and writes nothing itself, and never throws. */
public final class ElastAlertImport {
  private ElastAlertImport() {}

  /** Returns what became of each file, in their order; the same whenever it is done. */
  public static List<ImportedRule> of(
      List<ElastAlertFile> files, ListFiles lists, ImportSettings settings) {
    List<ImportedRule> rules = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    for (ElastAlertFile file : files) {
      String earlier = names.putIfAbsent(Labels.slug(RuleTranslation.pathOf(file)), file.shown());
      rules.add(
          earlier == null
              ? new RuleTranslation(file, lists, settings).translate()
              : sameName(file, earlier));
    }
    return rules;
  }

  private static ImportedRule sameName(ElastAlertFile file, String earlier) {
    Remark remark =
        new Remark(
            Remark.Kind.REFUSED,
            file.shown(),
            1,
            1,
            "",
            "it would be called as %s is; give the file another name".formatted(earlier));
    return new ImportedRule(
        file.shown(), file.path(), RuleTranslation.pathOf(file), Optional.empty(), List.of(remark));
  }
}
