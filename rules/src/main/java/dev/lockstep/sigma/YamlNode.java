package dev.lockstep.sigma;

import java.util.List;
import java.util.Optional;

/** A YAML value that knows where it stands; {@link #size} counts aliased parts each time. */
public sealed interface YamlNode {

  Position position();

  int size();

  /** What the node is, for messages. */
  String describe();

  /** The YAML 1.2 scalar types that rules use. */
  enum ScalarType {
    TEXT,
    NUMBER,
    TRUTH,
    NULL
  }

  /**
   * A scalar.
   *
   * @param indent columns from the position to the first character of the text, or {@link
   *     #REWRITTEN} when the text is not written as it reads (escapes, several lines)
   */
  record Scalar(ScalarType type, String text, int indent, Position position) implements YamlNode {

    static final int REWRITTEN = -1;

    @Override
    public int size() {
      return 1;
    }

    @Override
    public String describe() {
      return switch (type) {
        case TEXT -> "text";
        case NUMBER -> "a number";
        case TRUTH -> "a boolean";
        case NULL -> "null";
      };
    }

    /** Tells whether the scalar is of this type. */
    public boolean is(ScalarType wanted) {
      return type == wanted;
    }

    /**
     * Where the character at {@code offset} of the text stands, or the scalar if that is unclear.
     */
    public Position at(int offset) {
      return indent == REWRITTEN ? position : position.plusColumns(indent + offset);
    }
  }

  /** A sequence. */
  record Items(List<YamlNode> nodes, int size, Position position) implements YamlNode {
    @Override
    public String describe() {
      return "a list";
    }
  }

  /** A mapping; its keys are distinct. */
  record Members(List<Member> members, int size, Position position) implements YamlNode {
    @Override
    public String describe() {
      return "a map";
    }

    /** Finds a member by its key. */
    public Optional<Member> member(String name) {
      return members.stream().filter(member -> member.name().equals(name)).findFirst();
    }
  }

  /** A key and its value. */
  record Member(Scalar key, YamlNode value) {
    /** The text of the key. */
    public String name() {
      return key.text();
    }
  }
}
