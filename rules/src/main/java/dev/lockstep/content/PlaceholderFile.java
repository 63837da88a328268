package dev.lockstep.content;

import dev.lockstep.sigma.Issue;
import dev.lockstep.sigma.ParsedPlaceholders;
import dev.lockstep.sigma.PlaceholderParser;
import dev.lockstep.sigma.Placeholders;
import java.util.List;

/** A values file as it was understood. */
public record PlaceholderFile(
    RuleDocument document, Placeholders placeholders, List<Claim> claims, List<Issue> issues)
    implements ContentFile {

  public PlaceholderFile {
    claims = List.copyOf(claims);
    issues = List.copyOf(issues);
  }

  /** Tells by the key at its top whether a document is a values file. */
  public static boolean isOne(RuleDocument document) {
    return ContentKind.of(document.text()) == ContentKind.PLACEHOLDERS;
  }

  /** Reads one file without regard to any other. */
  static PlaceholderFile parse(RuleDocument document) {
    ParsedPlaceholders parsed = PlaceholderParser.parse(document.path(), document.text());
    List<Claim> claims =
        parsed.positions().entrySet().stream()
            .map(name -> new Claim("placeholder", name.getKey(), name.getValue()))
            .toList();
    return new PlaceholderFile(document, parsed.placeholders(), claims, parsed.issues());
  }

  @Override
  public List<String> statusKeys() {
    return List.of("file:" + path());
  }

  @Override
  public PlaceholderFile withIssues(List<Issue> other) {
    return new PlaceholderFile(document, placeholders, claims, other);
  }
}
