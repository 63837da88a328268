package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.content.Difference;
import dev.lockstep.content.RuleTestReport;
import dev.lockstep.content.RuleTestResult;
import dev.lockstep.sigma.Issue;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The result of rule tests as build servers read it: a suite for each test file. */
final class JunitXml {
  private final XMLStreamWriter xml;

  private JunitXml(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /** Writes the file, and the folders that it needs. */
  static void write(RuleTestRun run, Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (Writer out = Files.newBufferedWriter(file, UTF_8)) {
        XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
        new JunitXml(xml).write(run);
        xml.close();
      }
    } catch (IOException | XMLStreamException e) {
      throw CommandFailure.ofInput("cannot write " + file + ": " + e);
    }
  }

  private void write(RuleTestRun run) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    start("testsuites");
    count(run.cases() + run.issues(), run.failed(), run.issues());
    for (RuleTestReport report : run.reports()) {
      write(report);
    }
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private void write(RuleTestReport report) throws XMLStreamException {
    int issues = report.issues().size();
    start("testsuite");
    attribute("name", report.file());
    count(report.results().size() + issues, RuleTestRun.failed(report), issues);
    for (Issue issue : report.issues()) {
      startCase(report, issue.toString(), issue.line());
      message("error", issue.message(), issue.toString());
      xml.writeEndElement();
    }
    for (RuleTestResult result : report.results()) {
      startCase(report, result.test().name(), result.test().position().line());
      if (!result.passed()) {
        message("failure", result.explanation(), told(report, result));
      }
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  /** The place in a line of its own, then what was expected and what was there. */
  private static String told(RuleTestReport report, RuleTestResult result) {
    StringBuilder text = new StringBuilder(RuleTestRun.place(report, result));
    result.sentences().forEach(sentence -> text.append('\n').append(sentence));
    for (Difference difference : result.differences()) {
      text.append("\n\n").append(difference.what());
      text.append("\n  expected: ").append(difference.expected());
      text.append("\n  actual:   ").append(difference.actual());
    }
    return text.toString();
  }

  private void count(long tests, long failures, long errors) throws XMLStreamException {
    attribute("tests", Long.toString(tests));
    attribute("failures", Long.toString(failures));
    attribute("errors", Long.toString(errors));
  }

  private void startCase(RuleTestReport report, String name, int line) throws XMLStreamException {
    start("testcase");
    attribute("classname", className(report.file()));
    attribute("name", name);
    attribute("file", report.file());
    attribute("line", Integer.toString(line));
  }

  /**
   * The path as build servers take it apart: they show what is before the last dot as a package.
   */
  private static String className(String file) {
    return file.replaceFirst("\\.test\\.ya?ml$", "")
        .replace('\\', '/')
        .replaceFirst("^[./]+", "")
        .replace('.', '_')
        .replace('/', '.');
  }

  private void message(String element, String message, String text) throws XMLStreamException {
    start(element);
    attribute("message", message);
    xml.writeCharacters(allowed(text));
    xml.writeEndElement();
  }

  private void start(String element) throws XMLStreamException {
    xml.writeCharacters("\n");
    xml.writeStartElement(element);
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, allowed(value.replace('\n', ' ')));
  }

  /** XML 1.0 cannot say most control characters at all, not even escaped. */
  private static String allowed(String text) {
    StringBuilder allowed = new StringBuilder();
    text.codePoints()
        .map(
            c ->
                (c < ' ' && c != '\n') || c == 0xFFFE || c == 0xFFFF || isLoneSurrogate(c)
                    ? '\uFFFD'
                    : c)
        .forEach(allowed::appendCodePoint);
    return allowed.toString();
  }

  private static boolean isLoneSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
