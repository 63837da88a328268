package dev.lockstep.statistics;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Counts of one customer and period. They can be added up, in any order, to the same sums. Not safe
 * for use by several threads.
 */
public final class Counts {

  /** The label of all that have none of their own, because there are too many. */
  public static final String OTHERS = "";

  /** A longer label is not worth its place in a record of a topic. */
  static final int LONGEST_LABEL = 256;

  /** So many versions or classes are more than anybody looks at. */
  private static final int MOST_LABELS = 20;

  private static final int VERSION = 1;

  private final Map<Counted, Map<String, long[]>> numbers = new EnumMap<>(Counted.class);

  /** Adds {@code number} to what is counted under {@code label}. */
  public void add(Counted counted, String label, long number) {
    Map<String, long[]> labels = numbers.get(counted);
    if (labels == null) {
      labels = new HashMap<>();
      numbers.put(counted, labels);
    }
    String kept = label.length() > LONGEST_LABEL ? OTHERS : label;
    long[] sum = labels.get(kept);
    if (sum == null) {
      sum = new long[1];
      labels.put(kept, sum);
    }
    sum[0] += number;
  }

  /**
   * Adds all of {@code more}. Labels that are there keep their place; of new ones so many are taken
   * as there is room for, in their order, and the rest count as {@link #OTHERS}.
   *
   * @param maxRules how many rules may have a label of their own
   */
  public void addAll(Counts more, int maxRules) {
    SortedSet<String> rules = rules();
    more.numbers.forEach(
        (counted, labels) ->
            new TreeMap<>(labels)
                .forEach(
                    (label, number) ->
                        add(counted, hasRoom(counted, label, rules, maxRules), number[0])));
  }

  private String hasRoom(Counted counted, String label, SortedSet<String> rules, int maxRules) {
    if (label.equals(OTHERS)) {
      return label;
    }
    if (Counted.BY_RULE.contains(counted)) {
      boolean room = rules.contains(label) || rules.size() < maxRules;
      if (room) {
        rules.add(label);
      }
      return room ? label : OTHERS;
    }
    Map<String, long[]> known = numbers.getOrDefault(counted, Map.of());
    return known.containsKey(label) || known.size() < MOST_LABELS ? label : OTHERS;
  }

  /** Returns what is counted under {@code label}; 0 if nothing is. */
  public long of(Counted counted, String label) {
    long[] number = numbers.getOrDefault(counted, Map.of()).get(label);
    return number == null ? 0 : number[0];
  }

  /** Returns how many events had that fate. */
  public long of(EventFate fate) {
    return of(Counted.EVENTS, fate.label());
  }

  /** Returns the sum over all labels. */
  public long sum(Counted counted) {
    return numbers.getOrDefault(counted, Map.of()).values().stream().mapToLong(n -> n[0]).sum();
  }

  /** Returns the labels in their order, {@link #OTHERS} first where it is. */
  public SortedSet<String> labels(Counted counted) {
    return new TreeSet<>(numbers.getOrDefault(counted, Map.of()).keySet());
  }

  /** Returns the rules of which anything is counted, without {@link #OTHERS}. */
  public SortedSet<String> rules() {
    SortedSet<String> rules = new TreeSet<>();
    Counted.BY_RULE.forEach(counted -> rules.addAll(labels(counted)));
    rules.remove(OTHERS);
    return rules;
  }

  /** Returns whether rules are among {@link #OTHERS}: which ones, nobody knows. */
  public boolean hasOtherRules() {
    return Counted.BY_RULE.stream().anyMatch(counted -> of(counted, OTHERS) != 0);
  }

  /** Returns whether nothing is counted. */
  public boolean isEmpty() {
    return numbers.isEmpty();
  }

  /** Returns them in the form in which they travel and are kept; equal counts have equal bytes. */
  public byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeByte(numbers.size());
      for (Map.Entry<Counted, Map<String, long[]>> entry : numbers.entrySet()) {
        out.writeUTF(entry.getKey().name());
        out.writeInt(entry.getValue().size());
        for (Map.Entry<String, long[]> label : new TreeMap<>(entry.getValue()).entrySet()) {
          out.writeUTF(label.getKey());
          out.writeLong(label.getValue()[0]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalStateException if a later version wrote it
   */
  public static Counts decode(byte[] bytes) {
    Counts counts = new Counts();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IllegalStateException(
            "statistics are of version %d, this engine knows %d".formatted(version, VERSION));
      }
      int kinds = in.readByte();
      for (int kind = 0; kind < kinds; kind++) {
        Counted counted = Counted.valueOf(in.readUTF());
        int labels = in.readInt();
        for (int label = 0; label < labels; label++) {
          String name = in.readUTF();
          counts.add(counted, name, in.readLong());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Statistics cannot be read", e);
    }
    return counts;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Counts counts && Arrays.equals(counts.encode(), encode());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encode());
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    numbers.forEach(
        (counted, labels) ->
            new TreeMap<>(labels)
                .forEach(
                    (label, number) ->
                        text.append(text.isEmpty() ? "" : ", ")
                            .append(counted)
                            .append(' ')
                            .append(label)
                            .append(' ')
                            .append(number[0])));
    return text.toString();
  }
}
