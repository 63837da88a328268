package dev.lockstep.elastalert;

import java.util.List;
import java.util.Optional;

/**
 * What became of one rule.
 *
 * @param source the file that it is from, as remarks name it
 * @param name what ElastAlert calls it; the file's if that cannot be read
 * @param path of the file to write, relative and with {@code /} between folders
 * @param text of that file; empty if the rule could not be carried over
 */
public record ImportedRule(
    String source, String name, String path, Optional<String> text, List<Remark> remarks) {
  public ImportedRule {
    remarks = List.copyOf(remarks);
  }

  /** How many remarks are of the kind. */
  public long count(Remark.Kind kind) {
    return remarks.stream().filter(remark -> remark.kind() == kind).count();
  }
}
