package dev.lockstep.local.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What is measured on. */
final class Machine {

  private static final Path CPUS = Path.of("/proc/cpuinfo");
  private static final int GIB = 30;

  private Machine() {}

  static String describe() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return "%d cores (%s), %d GB of memory, %s %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            processor(),
            system.getTotalMemorySize() >> GIB,
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
  }

  static String java() {
    return "%s, heap up to %d MB"
        .formatted(
            System.getProperty("java.runtime.version"), Runtime.getRuntime().maxMemory() >> 20);
  }

  private static String processor() {
    try {
      List<String> lines = Files.exists(CPUS) ? Files.readAllLines(CPUS) : List.of();
      return lines.stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("model unknown");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + CPUS, e);
    }
  }
}
