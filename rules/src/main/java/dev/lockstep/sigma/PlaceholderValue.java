package dev.lockstep.sigma;

import static java.util.Objects.requireNonNull;

/**
 * One value that a placeholder stands for.
 *
 * @param text as a rule would have it: with wildcards, and backslashes before what is none
 * @param number whether it was written as a number, without quotes
 */
public record PlaceholderValue(String text, boolean number) {
  public PlaceholderValue {
    requireNonNull(text, "text is null");
  }
}
