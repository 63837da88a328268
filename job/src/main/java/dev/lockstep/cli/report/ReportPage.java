package dev.lockstep.cli.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * The page. It holds everything that it needs, asks for nothing, and is whole without its script;
 * browsers are told to let it do nothing else.
 */
public final class ReportPage {

  static final String STYLE = resource("report.css");
  private static final String SCRIPT = resource("report.js");

  private final Report report;
  private final Html html = new Html();

  private ReportPage(Report report) {
    this.report = report;
  }

  /** Returns the report as one HTML document. */
  public static String of(Report report) {
    return new ReportPage(report).page();
  }

  private String page() {
    html.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
    html.raw("<meta name=\"referrer\" content=\"no-referrer\">\n");
    html.raw(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
            + " style-src 'unsafe-inline'; script-src 'sha256-"
            + digest(SCRIPT)
            + "'; base-uri 'none'; form-action 'none'\">\n");
    html.element("title", "Parity of " + report.from().engine() + " and " + report.to().engine());
    html.raw("\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n");
    html.raw("<a class=\"skip\" href=\"#customers\">Skip to the customers</a>\n<main>\n");
    new HeadSection(report).write(html);
    new CustomersSection(report).write(html);
    new DifferencesSection(report).write(html);
    new TimeSection(report).write(html);
    new EnginesSection(report).write(html);
    new NoiseSection(report).write(html);
    new GuideSection().write(html);
    html.raw("</main>\n<footer>").text("Lockstep, " + Words.moment(report.at()));
    html.raw("</footer>\n<script>" + SCRIPT + "</script>\n</body>\n</html>\n");
    return html.toString();
  }

  private static String digest(String script) {
    try {
      return Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(script.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream stream =
        Objects.requireNonNull(ReportPage.class.getResourceAsStream(name), name)) {
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading " + name + " failed", e);
    }
  }
}
