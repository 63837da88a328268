package dev.lockstep.sigma;

import com.google.re2j.Pattern;
import dev.lockstep.sigma.YamlNode.Scalar;
import dev.lockstep.sigma.YamlNode.ScalarType;
import java.util.Set;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Tells the types of scalars apart as YAML 1.2 does: {@code yes} is text, and so is {@code 0x17},
 * which under YAML 1.1 would become 23 and never equal what stands in an event.
 */
final class YamlScalars {
  private static final String STANDARD = "tag:yaml.org,2002:";
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUTHS =
      Set.of("true", "True", "TRUE", "false", "False", "FALSE");
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,4})?");
  private static final int MAX_DIGITS = 1000;

  private YamlScalars() {}

  static Scalar read(ScalarEvent event, Issues issues) {
    Position position = YamlTree.positionOf(event);
    ScalarType type = event.isPlain() ? typeOfPlain(event.getValue()) : ScalarType.TEXT;
    String tag = event.getTag().orElse("");
    if (tag.equals("!") || tag.equals(STANDARD + "str")) {
      type = ScalarType.TEXT;
    } else if (!tag.isEmpty()) {
      issues.report(position, "the tag " + tag + " has no meaning in a rule");
    }
    return new Scalar(type, event.getValue(), indentOf(event), position);
  }

  private static ScalarType typeOfPlain(String text) {
    if (NULLS.contains(text)) {
      return ScalarType.NULL;
    }
    if (TRUTHS.contains(text)) {
      return ScalarType.TRUTH;
    }
    boolean number = text.length() <= MAX_DIGITS && NUMBER.matches(text);
    return number ? ScalarType.NUMBER : ScalarType.TEXT;
  }

  private static int indentOf(ScalarEvent event) {
    if (event.getStartMark().isEmpty() || event.getEndMark().isEmpty()) {
      return Scalar.REWRITTEN;
    }
    Mark start = event.getStartMark().get();
    Mark end = event.getEndMark().get();
    String text = event.getValue();
    int quotes = event.isPlain() ? 0 : 1;
    int written = end.getColumn() - start.getColumn() - 2 * quotes;
    boolean asWritten =
        start.getLine() == end.getLine() && written == text.codePointCount(0, text.length());
    return asWritten ? quotes : Scalar.REWRITTEN;
  }
}
