package dev.lockstep.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the numbers were measured on. */
final class Machine {
  private static final Path CPUS = Path.of("/proc/cpuinfo");

  private Machine() {}

  static String describe() throws IOException {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return "Measured on %d cores (%s), %d GB of memory, %s %s, Java %s, JVM options `%s`.\n"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            cpu(),
            system.getTotalMemorySize() >> 30,
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            System.getProperty("java.runtime.version"),
            String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
  }

  private static String cpu() throws IOException {
    List<String> lines = Files.exists(CPUS) ? Files.readAllLines(CPUS) : List.of();
    return lines.stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).trim())
        .findFirst()
        .orElse("model unknown");
  }
}
