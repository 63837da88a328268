package dev.lockstep.content;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.lockstep.sigma.PlaceholderParser;
import java.util.HashSet;
import java.util.Set;

/**
 * What a file of content is, told by the keys at its top and not by its name: a file that is broken
 * further down, or is no YAML at all, is still known for what it was meant to be.
 *
 * <p>Kinds are in the order in which they are read: a file may depend on files of earlier kinds.
 */
enum ContentKind {
  /** What placeholders stand for. */
  PLACEHOLDERS,
  /** Rules, correlations and filters. */
  RULES;

  private static final Pattern TOP_KEY =
      Pattern.compile("(?m)^[\"']?([A-Za-z]+)[\"']?[ \\t]*:(?:\\s|$)");
  private static final Set<String> KEYS_OF_RULES =
      Set.of("title", "logsource", "detection", "filter", "correlation", "action");

  static ContentKind of(String text) {
    if (!text.contains(PlaceholderParser.KEY)) {
      return RULES;
    }
    Set<String> keys = new HashSet<>();
    Matcher matcher = TOP_KEY.matcher(text);
    while (matcher.find()) {
      keys.add(matcher.group(1));
    }
    boolean values = keys.contains(PlaceholderParser.KEY);
    keys.retainAll(KEYS_OF_RULES);
    return values && keys.isEmpty() ? PLACEHOLDERS : RULES;
  }
}
