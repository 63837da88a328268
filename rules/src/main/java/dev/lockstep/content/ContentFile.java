package dev.lockstep.content;

import dev.lockstep.sigma.Issue;
import dev.lockstep.sigma.Position;
import java.util.List;

/** A file of content as it was understood; it is good, and taken whole, when it has no issue. */
public sealed interface ContentFile permits PlaceholderFile, RuleFile {

  RuleDocument document();

  /** Everything that is wrong, in the file and between it and others. */
  List<Issue> issues();

  /** What no other file in force may define. */
  List<Claim> claims();

  /** The keys by which a status speaks of what is in the file. */
  List<String> statusKeys();

  /** The same file with other issues. */
  ContentFile withIssues(List<Issue> issues);

  /** Tells whether nothing is wrong with the file. */
  default boolean isGood() {
    return issues().isEmpty();
  }

  /** Path of the file within the content. */
  default String path() {
    return document().path();
  }

  /**
   * Something that can be defined once.
   *
   * @param kind what it is, as in "rule"
   * @param name unique among its kind
   * @param position where the file defines it
   */
  record Claim(String kind, String name, Position position) {

    /** The same for all files that claim the same. */
    String key() {
      return kind + " " + name;
    }

    Issue takenBy(String owner, String path) {
      String message = "the %s '%s' is there already, in %s".formatted(kind, name, owner);
      return new Issue(path, position.line(), position.column(), message);
    }
  }
}
