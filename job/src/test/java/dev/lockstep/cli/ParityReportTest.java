package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cli.report.ReportPage;
import dev.lockstep.connector.launchdarkly.FlagKeys;
import dev.lockstep.connector.launchdarkly.FlagRoutes;
import dev.lockstep.connector.launchdarkly.LaunchDarklySettings;
import dev.lockstep.customer.CustomerDirectory;
import dev.lockstep.migration.Thresholds;
import dev.lockstep.parity.Verdict;
import dev.lockstep.parity.VerdictRecord.Rule;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ParityReportTest {

  private static final int MEGABYTE = 1_000_000;
  private static final int HOURS = 72;
  private static final Instant END = RecordedParity.BEGIN.plus(HOURS, ChronoUnit.HOURS);
  private static final Path PAGES = Path.of("target", "report");

  private final Path folder;

  ParityReportTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aHundredThousandVerdictsAreLessThanAMegabyte() throws Exception {
    RecordedParity engines = new RecordedParity(7);
    List<String> customers = new ArrayList<>();
    for (int i = 1; i <= 500; i++) {
      customers.add("customer-%03d".formatted(i));
    }
    for (int i = 0; i < 100_000; i++) {
      String customer = customers.get(i % customers.size());
      Instant at = RecordedParity.BEGIN.plus(i % HOURS, ChronoUnit.HOURS);
      // Each with a rule of its own, and nothing that agrees: what makes the page largest.
      engines.verdict(
          i % 2 == 0 ? Verdict.DIFFERS : Verdict.ONLY_LIVE,
          customer,
          at,
          new Rule(
              "rule-" + i % 5000,
              "A rule with a title that is as long as titles are " + i % 5000,
              "high"));
    }

    String page = page(engines.records(), List.of(), customers, List.of(), List.of(), "large");

    assertThat(page.getBytes(UTF_8).length).isLessThan(MEGABYTE);
    assertThat(page).contains("100,000");
    parsed(page);
  }

  @Test
  void saysWhoIsReadyAndWhyOthersAreNot() throws Exception {
    String page =
        page(
            typical(),
            List.of("hooli"),
            List.of("globex", "initech", "umbrella", "stark"),
            List.of("wayne"),
            List.of("acme"),
            "typical");

    assertThat(text(page))
        .contains("4 of 6 customers are ready for the next step; 1 moved already")
        .containsPattern("globex shadow full [\\d,]+ 0 ✓ Ready for live")
        .containsPattern(
            "initech shadow full .* ✗ Not ready for live \\d+ alerts of [\\d,]+ differ")
        .containsPattern(
            "umbrella shadow full 12 0 ✗ Not ready for live 12 alerts compared, 100 are needed")
        .contains("matched_fields.CommandLine")
        .contains("blue2 runs the same version as blue");
  }

  @Test
  void isHtmlThatAParserTakesWithHeadingsInOrderAndNamedTables() throws Exception {
    Document document =
        parsed(page(typical(), List.of(), List.of("globex"), List.of(), List.of(), "plain"));

    assertThat(document.getElementsByTagName("h1").getLength()).isEqualTo(1);
    NodeList heads = document.getElementsByTagName("th");
    for (int i = 0; i < heads.getLength(); i++) {
      assertThat(((Element) heads.item(i)).getAttribute("scope")).isIn("col", "row");
    }
    NodeList tables = document.getElementsByTagName("table");
    for (int i = 0; i < tables.getLength(); i++) {
      Element table = (Element) tables.item(i);
      assertThat(table.getElementsByTagName("caption").item(0).getTextContent()).isNotBlank();
    }
  }

  @Test
  void asksForNothing() throws Exception {
    String page = page(typical(), List.of(), List.of("globex"), List.of(), List.of(), "plain");

    assertThat(page).doesNotContain("http:", "https:", "src=", "@import", "url(");
    assertThat(page).contains("default-src 'none'");
  }

  @Test
  void whatAttackersWriteIsTextAndNothingElse() throws Exception {
    String evil =
        "</title></style><script>alert(1)</script><img src=x onerror=alert(2)>\"'`&\u202e\u0000";
    RecordedParity engines = new RecordedParity(3);
    engines.engine(
        "blue",
        END,
        RecordedParity.BUNDLE,
        Duration.ofSeconds(3),
        evil.replace("\"", "").replace("\u0000", ""));
    for (Verdict verdict : Verdict.values()) {
      engines.verdict(verdict, evil, RecordedParity.BEGIN, new Rule(evil, evil, evil));
    }

    String page = page(engines.records(), List.of(), List.of("x"), List.of(), List.of(), "hostile");

    Document document = parsed(page);
    assertThat(document.getElementsByTagName("script").getLength()).isEqualTo(1);
    assertThat(document.getElementsByTagName("img").getLength()).isZero();
    assertThat(page).doesNotContain("<script>alert", "<img", "\u202e", "\u0000");
    assertThat(document.getElementsByTagName("tr").item(1).getTextContent())
        .contains("</title></style><script>alert(1)</script>");
    Matcher handlers = Pattern.compile("<[^>]*\\son\\w+\\s*=").matcher(page);
    assertThat(handlers.find()).isFalse();
  }

  @Test
  void saysThatNothingIsKnownYet() throws Exception {
    String page =
        page(new MigrationRecords(), List.of(), List.of("x"), List.of(), List.of(), "empty");

    assertThat(text(page)).contains("No customer is known yet.", "Nothing was compared yet.");
    parsed(page);
  }

  private static MigrationRecords typical() {
    RecordedParity engines = new RecordedParity(11);
    for (int i = 0; i < HOURS; i++) {
      Instant hour = RecordedParity.BEGIN.plus(i, ChronoUnit.HOURS);
      int busy = (int) (14 + 9 * Math.sin(i / 24.0 * 2 * Math.PI));
      for (String customer : List.of("acme", "globex", "initech", "stark", "wayne", "hooli")) {
        engines.verdicts(Verdict.MATCHED, customer, hour, busy);
        boolean first = i < 30;
        engines.statistics(
            "blue", customer, hour, 900L * busy, customer.equals("acme") && !first ? 0 : busy, 0);
        engines.statistics(
            "green",
            customer,
            hour,
            first ? 90L * busy : 900L * busy,
            customer.equals("acme") && !first ? busy : 0,
            busy);
      }
      if (i > 20 && i < 46) {
        engines.verdicts(Verdict.DIFFERS, "initech", hour, i % 5);
        engines.verdicts(Verdict.ONLY_LIVE, "initech", hour, i % 3 == 0 ? 1 : 0);
      }
      if (i == 40) {
        engines.verdicts(Verdict.NEAR_MATCH, "initech", hour, 2);
        engines.verdicts(Verdict.CONTENT_SKEW, "globex", hour, 6);
        engines.verdicts(Verdict.RESCUED, "acme", hour, 3);
      }
    }
    engines.verdicts(Verdict.MATCHED, "umbrella", RecordedParity.BEGIN, 12);
    return engines.records();
  }

  private String page(
      MigrationRecords records,
      List<String> trickle,
      List<String> full,
      List<String> live,
      List<String> retired,
      String name)
      throws Exception {
    Path flags = folder.resolve("flags.json");
    Files.writeString(
        flags,
        RecordedParity.flags(
            trickle.isEmpty() ? List.of("nobody") : trickle,
            full.isEmpty() ? List.of("nobody") : full,
            live.isEmpty() ? List.of("nobody") : live,
            retired.isEmpty() ? List.of("nobody") : retired));
    try (FlagRoutes routes =
        FlagRoutes.open(
            LaunchDarklySettings.file(List.of(flags.toString()), FlagKeys.DEFAULT),
            CustomerDirectory.EMPTY,
            Duration.ZERO,
            null)) {
      if (records.engines().isEmpty() && !records.statistics().isEmpty()) {
        for (String engine : List.of("blue", "green")) {
          byte[] json = status(engine, routes.version()).getBytes(UTF_8);
          records.status(engine.getBytes(UTF_8), json);
        }
      }
      Migration migration =
          Migration.of(
              records,
              "blue",
              "green",
              List.of(),
              routes,
              null,
              Thresholds.DEFAULT,
              10_000,
              END.plusSeconds(9));
      String page =
          ReportPage.of(
              new ReportAssembly(records, migration, List.of()).at(END.plusSeconds(9), List.of()));
      Files.createDirectories(PAGES);
      Files.writeString(PAGES.resolve(name + ".html"), page);
      return page;
    }
  }

  private static String status(String engine, String flags) {
    return """
        {"engine": "%1$s", "updated_at": "%2$s",
         "bundle": {"version": "%3$s", "in_force_at": "%4$s", "in_force_subtasks": 4, "subtasks": 4},
         "rules": {"in_force": 80, "rejected": 0, "quarantined": 0},
         "flags": {"version": "%5$s", "in_force_subtasks": 4, "subtasks": 4},
         "event_time": {"behind_millis": %6$d}}
        """
        .formatted(
            engine,
            END,
            RecordedParity.BUNDLE,
            RecordedParity.BEGIN,
            flags,
            engine.equals("blue") ? 4_100 : 6_700);
  }

  /** The text of the page's body, with single blanks. */
  private static String text(String page) throws Exception {
    NodeList bodies = parsed(page).getElementsByTagName("body");
    StringBuilder text = new StringBuilder();
    append(bodies.item(0), text);
    return text.toString().replaceAll("\\s+", " ");
  }

  private static void append(org.w3c.dom.Node node, StringBuilder text) {
    if (node.getNodeType() == org.w3c.dom.Node.TEXT_NODE) {
      text.append(node.getTextContent()).append(' ');
    }
    for (int i = 0; i < node.getChildNodes().getLength(); i++) {
      append(node.getChildNodes().item(i), text);
    }
  }

  /** The page is written so that it is XML but for elements that end at once. */
  private static Document parsed(String page) throws Exception {
    String xml =
        page.replaceFirst("<!doctype html>", "")
            .replaceAll("<(meta|br)([^>]*?)/?>", "<$1$2/>")
            .replaceFirst("(?s)<style>.*?</style>", "<style/>")
            .replaceFirst("(?s)<script>.*?</script>", "<script/>");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml.strip())));
  }
}
