package dev.lockstep.sigma;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is wrong with one file, so that its author sees everything at once, within bounds:
 * all of it goes out in one record, and Kafka takes no record of any size.
 */
public final class Issues {
  private static final int MAX_ISSUES = 100;
  private static final int MAX_MESSAGE_LENGTH = 500;

  private final String file;
  private final List<Issue> kept = new ArrayList<>();
  private Position firstOmitted = Position.START;
  private int count;

  /** Begins with none; {@code file} is what each issue will name. */
  public Issues(String file) {
    this.file = file;
  }

  /** Adds an issue; the message says what is wrong, the offending text, and what would be right. */
  public void report(Position position, String message) {
    if (count < MAX_ISSUES) {
      kept.add(issue(position, cut(message)));
    } else if (count == MAX_ISSUES) {
      firstOmitted = position;
    }
    count++;
  }

  /** How many there are, kept or not. */
  public int count() {
    return count;
  }

  /** The first issues, and one that says how many more there are. */
  public List<Issue> reported() {
    List<Issue> reported = new ArrayList<>(kept);
    int omitted = count - kept.size();
    if (omitted > 0) {
      String what = omitted == 1 ? " more issue" : " more issues";
      reported.add(issue(firstOmitted, "and " + omitted + what));
    }
    return List.copyOf(reported);
  }

  private Issue issue(Position position, String message) {
    return new Issue(file, position.line(), position.column(), message);
  }

  private static String cut(String message) {
    if (message.length() <= MAX_MESSAGE_LENGTH) {
      return message;
    }
    // Half a surrogate pair is no text.
    boolean halves = Character.isHighSurrogate(message.charAt(MAX_MESSAGE_LENGTH - 1));
    return message.substring(0, MAX_MESSAGE_LENGTH - (halves ? 1 : 0)) + "…";
  }
}
