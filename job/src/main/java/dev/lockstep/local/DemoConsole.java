package dev.lockstep.local;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Lane;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the demo shows while it runs: alerts line by line, and under them, on a terminal, a progress
 * line that is rewritten. Safe for use by several threads.
 */
public final class DemoConsole {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean terminal;
  private String progress = "";

  /**
   * @param terminal whether {@code out} is one, with colours and lines that can be rewritten
   */
  public DemoConsole(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Prints a line of text. */
  synchronized void line(String text) {
    if (terminal) {
      out.print(CLEAR_LINE);
    }
    out.println(text);
    showProgress();
  }

  /** Prints an alert as it lands. */
  void alert(Alert alert) {
    Lane lane = Objects.requireNonNull(alert.routing(), "an alert of a topic has a lane").lane();
    String level = Objects.requireNonNullElse(alert.rule().level(), "-");
    line(
        "%s  %s  %-9s %-13s %s"
            .formatted(
                TIME.format(Instant.now()),
                paint(lane == Lane.LIVE ? "31;1" : "90", "%-6s".formatted(lane.name())),
                alert.customer(),
                level,
                alert.rule().title()));
  }

  /** Shows progress: in place on a terminal, else as a line. */
  synchronized void progress(String text) {
    if (terminal) {
      progress = text;
      out.print(CLEAR_LINE);
      showProgress();
    } else {
      out.println(text);
      out.flush();
    }
  }

  /** Ends the progress line. */
  synchronized void endProgress() {
    if (terminal && !progress.isEmpty()) {
      out.print(CLEAR_LINE);
      progress = "";
    }
    out.flush();
  }

  private void showProgress() {
    if (terminal && !progress.isEmpty()) {
      out.print(paint("36", progress));
    }
    out.flush();
  }

  String bold(String text) {
    return paint("1", text);
  }

  private String paint(@Nullable String code, String text) {
    return terminal ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
