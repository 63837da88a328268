package dev.lockstep.job.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.sigma.SigmaRule;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rules that are out of force because of what they did, until another version of them comes or
 * somebody releases them.
 *
 * @param versions the hash of the content of each, by rule id
 * @param released ids of rules that somebody has released, without an answer so far
 */
public record Quarantine(SortedMap<String, String> versions, SortedSet<String> released) {

  public static final Quarantine NONE = new Quarantine(new TreeMap<>());

  /** Stands in the text where a version does, and is none. */
  private static final String RELEASED = "-";

  public Quarantine {
    versions = new TreeMap<>(versions);
    released = new TreeSet<>(released);
  }

  /** Nobody has released any. */
  public Quarantine(SortedMap<String, String> versions) {
    this(versions, new TreeSet<>());
  }

  /** Returns whether this rule, in this version, is in quarantine. */
  public boolean holds(SigmaRule rule) {
    return holds(rule.id(), rule.contentHash());
  }

  /** Returns whether the rule or correlation of that id, in that version, is in quarantine. */
  public boolean holds(String id, String version) {
    return version.equals(versions.get(id));
  }

  /** Returns the same and one rule more. */
  public Quarantine and(SigmaRule rule) {
    SortedMap<String, String> more = new TreeMap<>(versions);
    more.put(rule.id(), rule.contentHash());
    return new Quarantine(more);
  }

  /** Returns the text that travels; ids cannot have line ends, versions no blanks. */
  public byte[] encode() {
    StringBuilder text = new StringBuilder();
    versions.forEach((id, version) -> text.append(version).append(' ').append(id).append('\n'));
    released.forEach(id -> text.append(RELEASED).append(' ').append(id).append('\n'));
    return text.toString().getBytes(UTF_8);
  }

  /** Reads what {@link #encode} wrote. */
  public static Quarantine decode(byte[] encoded) {
    SortedMap<String, String> versions = new TreeMap<>();
    SortedSet<String> released = new TreeSet<>();
    new String(encoded, UTF_8)
        .lines()
        .forEach(
            line -> {
              int blank = line.indexOf(' ');
              String id = line.substring(blank + 1);
              String version = line.substring(0, blank);
              if (version.equals(RELEASED)) {
                released.add(id);
              } else {
                versions.put(id, version);
              }
            });
    return new Quarantine(versions, released);
  }
}
