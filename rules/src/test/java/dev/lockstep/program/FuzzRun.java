package dev.lockstep.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Gives many made inputs to a subject, one after the other, and watches for exceptions, for inputs
 * that take too long, and for those that take too much memory. Each input is made from the seed and
 * its number alone, so that it can be made again.
 *
 * <p>{@code -Dlockstep.fuzz=N} says how many, {@code -Dlockstep.fuzz.seed=S} the seed, and {@code
 * -Dlockstep.fuzz.from=K} the number of the first.
 */
final class FuzzRun<T> {
  private static final long SEED = Long.getLong("lockstep.fuzz.seed", 20_261_121);
  private static final long FROM = Long.getLong("lockstep.fuzz.from", 0);
  private static final Path FAILED = Path.of("target", "fuzz");

  /** Of processor time, so that a busy machine is no reason. */
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long HANGING_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long MUCH_MEMORY = 256L << 20;
  private static final int MAX_FAULTS = 20;
  private static final int SHOWN = 2000;

  /** Makes inputs and does all that can be done with one. */
  interface Subject<T> {
    T make(RandomGenerator random);

    /** Throws what went wrong. */
    void check(T input, RandomGenerator random) throws Exception;

    byte[] bytesOf(T input);
  }

  /** What is being done, for the watching thread. */
  private record Current<T>(long number, T input, long startNanos) {}

  private final String name;
  private final long count;
  private final Subject<T> subject;
  private final com.sun.management.ThreadMXBean threads =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Map<String, String> faults = new LinkedHashMap<>();
  private volatile @Nullable Current<T> current;
  private volatile @Nullable Throwable broken;
  private long slowestNanos;
  private long slowest;
  private long mostBytes;
  private long greediest;

  FuzzRun(String name, int usualCount, Subject<T> subject) {
    this.name = name;
    this.count = Long.getLong("lockstep.fuzz", usualCount);
    this.subject = subject;
  }

  /** Throws an error that tells each different fault once. */
  void run() throws InterruptedException {
    long start = System.nanoTime();
    Thread worker = new Thread(this::work, "fuzz " + name);
    worker.setDaemon(true);
    worker.start();
    while (worker.isAlive()) {
      worker.join(500);
      watch(worker);
    }
    report(System.nanoTime() - start);
    if (broken != null || !faults.isEmpty()) {
      throw new AssertionError(
          "%s, seed %d: %s".formatted(name, SEED, String.join("\n\n", faults.values())), broken);
    }
  }

  private void watch(Thread worker) {
    Current<T> at = current;
    if (at != null && System.nanoTime() - at.startNanos > HANGING_NANOS) {
      AssertionError hanging =
          new AssertionError(describe(at.number, at.input, "hangs", "number " + at.number));
      hanging.setStackTrace(worker.getStackTrace());
      throw hanging;
    }
  }

  private void work() {
    try {
      for (long number = FROM; number < FROM + count && faults.size() < MAX_FAULTS; number++) {
        RandomGenerator random = new SplittableRandom(SEED * 1_000_003 + number);
        T input = subject.make(random);
        current = new Current<>(number, input, System.nanoTime());
        checkOne(number, input, random);
      }
    } catch (Throwable e) {
      broken = e;
    } finally {
      current = null;
    }
  }

  private void checkOne(long number, T input, RandomGenerator random) {
    long nanos = threads.getCurrentThreadCpuTime();
    long bytes = threads.getCurrentThreadAllocatedBytes();
    try {
      subject.check(input, random);
    } catch (Throwable e) {
      fault(number, input, placeOf(e), e.toString());
    }
    nanos = threads.getCurrentThreadCpuTime() - nanos;
    bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
    if (nanos > SLOW_NANOS) {
      fault(number, input, "slow", "took %d ms".formatted(nanos / 1_000_000));
    }
    if (bytes > MUCH_MEMORY) {
      fault(number, input, "greedy", "took %d MB".formatted(bytes >> 20));
    }
    slowest = nanos > slowestNanos ? number : slowest;
    slowestNanos = Math.max(slowestNanos, nanos);
    greediest = bytes > mostBytes ? number : greediest;
    mostBytes = Math.max(mostBytes, bytes);
  }

  private void fault(long number, T input, String kind, String what) {
    faults.computeIfAbsent(kind, first -> describe(number, input, kind, what));
  }

  private String describe(long number, T input, String kind, String what) {
    byte[] bytes = subject.bytesOf(input);
    Path file = FAILED.resolve("%s-%d-%d".formatted(name, SEED, number).replace(' ', '-'));
    try {
      Files.createDirectories(FAILED);
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String text = String.valueOf(input);
    return "seed %d, number %d, %s: %s%n(all of it in %s)%n%s"
        .formatted(
            SEED, number, kind, what, file, text.substring(0, Math.min(SHOWN, text.length())));
  }

  /** Faults of the same place are most likely the same. */
  private static String placeOf(Throwable fault) {
    List<String> places = new ArrayList<>();
    for (StackTraceElement frame : fault.getStackTrace()) {
      if (places.isEmpty() || frame.getClassName().startsWith("dev.lockstep")) {
        places.add(frame.getClassName() + "." + frame.getMethodName());
      }
      if (places.size() == 3) {
        break;
      }
    }
    return fault.getClass().getSimpleName() + " at " + places;
  }

  private void report(long nanos) {
    long peak = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      peak += pool.getType() == MemoryType.HEAP ? pool.getPeakUsage().getUsed() : 0;
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %,d inputs in %d s, seed %d; slowest: number %d, %d ms; most memory: number %d,"
            + " %.1f MB; peak heap at most %d MB; %s%n",
        name,
        count,
        nanos / 1_000_000_000,
        SEED,
        slowest,
        slowestNanos / 1_000_000,
        greediest,
        mostBytes / 1048576.0,
        peak >> 20,
        subject);
  }
}
