package dev.lockstep.parity;

/** Paths with {@code *} for any characters. */
final class Wildcards {

  private Wildcards() {}

  /** Takes time proportional to the product of the lengths at most. */
  static boolean match(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p;
        resume = t;
        p++;
      } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
        p++;
        t++;
      } else if (star >= 0) {
        resume++;
        p = star + 1;
        t = resume;
      } else {
        return false;
      }
    }
    return pattern.substring(p).chars().allMatch(c -> c == '*');
  }
}
