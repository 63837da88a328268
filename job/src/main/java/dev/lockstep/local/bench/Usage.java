package dev.lockstep.local.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What has been used since the processes began.
 *
 * @param flinkNanos of processors, by this process
 * @param kafkaNanos of processors, by the broker
 * @param collectionMillis time in which this process collected garbage
 */
record Usage(long atMillis, long flinkNanos, long kafkaNanos, long collectionMillis) {

  static Usage now(long brokerPid) {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long collecting =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(GarbageCollectorMXBean::getCollectionTime)
            .sum();
    long broker =
        ProcessHandle.of(brokerPid)
            .flatMap(process -> process.info().totalCpuDuration())
            .orElse(Duration.ZERO)
            .toNanos();
    return new Usage(System.currentTimeMillis(), system.getProcessCpuTime(), broker, collecting);
  }
}
