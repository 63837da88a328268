package dev.lockstep.program;

/** The classes of one text with an edge at both ends; its room is used again for every text. */
final class EncodedText {
  private static final int KEPT_LENGTH = 1 << 16;

  private char[] characters = new char[256];
  private byte[] classes = new byte[258];
  private int length;

  void encode(String text) {
    int textLength = text.length();
    if (textLength > characters.length) {
      characters = new char[textLength * 2];
      classes = new byte[textLength * 2 + 2];
    }
    text.getChars(0, textLength, characters, 0);
    classes[0] = CharacterClasses.EDGE;
    for (int i = 0; i < textLength; i++) {
      classes[i + 1] = CharacterClasses.of(characters[i]);
    }
    classes[textLength + 1] = CharacterClasses.EDGE;
    length = textLength + 2;
  }

  /** Holds nothing from now on, in which nothing is found. */
  void clear() {
    length = 0;
  }

  byte[] classes() {
    return classes;
  }

  int length() {
    return length;
  }

  /** Gives back what one uncommonly long text took. */
  void shrink() {
    if (characters.length > KEPT_LENGTH) {
      characters = new char[256];
      classes = new byte[258];
    }
  }
}
