package dev.lockstep.local;

import static org.assertj.core.api.Assertions.fail;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * How fast bytes were read between a fifth and all of a stretch, and in how much memory of this
 * process, which holds Flink, at the end of each quarter.
 *
 * @param heap most that was left of the heap by a collection in each quarter, in bytes
 * @param resident most memory of the process in each quarter, in bytes
 */
record Rate(double bytesPerSecond, List<Long> heap, List<Long> resident) {

  private static final int QUARTERS = 4;
  private static final Duration STANDSTILL = Duration.ofMinutes(3);

  /** Returns when so many bytes are read. */
  static Rate until(long bytes, Callable<Long> read) throws Exception {
    List<Long> heap = new ArrayList<>(List.of(0L, 0L, 0L, 0L));
    List<Long> resident = new ArrayList<>(List.of(0L, 0L, 0L, 0L));
    long fromBytes = 0;
    long fromNanos = 0;
    long last = 0;
    long movedNanos = System.nanoTime();
    while (true) {
      long now = read.call();
      long nanos = System.nanoTime();
      int quarter = (int) Math.min(QUARTERS - 1, now * QUARTERS / bytes);
      heap.set(quarter, Math.max(heap.get(quarter), heapLeft()));
      resident.set(quarter, Math.max(resident.get(quarter), residentNow()));
      if (fromNanos == 0 && now >= bytes / 5) {
        fromBytes = now;
        fromNanos = nanos;
      }
      if (now >= bytes) {
        return new Rate((now - fromBytes) * 1e9 / (nanos - fromNanos), heap, resident);
      }
      if (now != last) {
        last = now;
        movedNanos = nanos;
      } else if (nanos - movedNanos > STANDSTILL.toNanos()) {
        fail("reading stands still at %,d of %,d bytes", now, bytes);
      }
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }

  void tell(String what) {
    System.out.printf(
        "%s: %.1f MB/s; heap after collections %s MB, process %s MB in each quarter%n",
        what, bytesPerSecond / 1e6, megabytes(heap), megabytes(resident));
  }

  private static List<Long> megabytes(List<Long> bytes) {
    return bytes.stream().map(each -> each / 1_000_000).toList();
  }

  private static long heapLeft() {
    long newest = -1;
    long used = 0;
    for (var each : ManagementFactory.getGarbageCollectorMXBeans()) {
      GcInfo info = each instanceof GarbageCollectorMXBean known ? known.getLastGcInfo() : null;
      if (info != null && info.getEndTime() > newest) {
        newest = info.getEndTime();
        used =
            info.getMemoryUsageAfterGc().entrySet().stream()
                .filter(pool -> pool.getKey().startsWith("G1"))
                .map(pool -> pool.getValue())
                .mapToLong(MemoryUsage::getUsed)
                .sum();
      }
    }
    return used;
  }

  private static long residentNow() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    return 0;
  }
}
