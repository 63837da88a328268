package dev.lockstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes rules and tests of rules. */
record RuleFolder(Path path) {

  Path rule(String name, String value) throws IOException {
    return write(
        name + ".yml",
        """
        title: Rule %1$s
        id: %1$s
        logsource: { product: test }
        detection:
          s: { field: %2$s }
          condition: s
        """
            .formatted(name, value));
  }

  Path brokenRule(String name) throws IOException {
    return write(name + ".yml", "title: Broken\nlogsource: {product: x}\n");
  }

  Path test(String name, String value, boolean match) throws IOException {
    return write(
        name + ".test.yml",
        """
        rule: %s.yml
        cases:
          - name: the value is <%s>
            event: { field: %s }
            match: %s
        """
            .formatted(name, value, value, match));
  }

  Path write(String name, String text) throws IOException {
    Path file = path.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
