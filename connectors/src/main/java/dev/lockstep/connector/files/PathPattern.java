package dev.lockstep.connector.files;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which files are meant, and what their paths say: {@code
 * s3://logs/{customer}/{yyyy}/{MM}/{dd}/*.log.gz}. A group in braces and a star stand for text
 * within one name, two stars for any number of folders; a pattern that ends with a slash means all
 * below. Immutable.
 */
public final class PathPattern implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final String EXAMPLES =
      "such as s3://logs/{customer}/{yyyy}/{MM}/{dd}/* or file:///data/{customer}/";

  private static final Pattern ABSOLUTE = Pattern.compile("([a-z][a-z0-9]*):/+([^/].*)?");
  private static final Pattern WILD = Pattern.compile("\\*\\*|\\*|\\{([^{}]*)}");
  private static final Pattern GROUP = Pattern.compile("[a-zA-Z][a-zA-Z0-9]{0,38}");

  private static final List<String> DATE = List.of("yyyy", "MM", "dd");

  private final String text;
  private final String root;
  private final Pattern below;
  // Of each folder between the root and the first that may be of any depth.
  private final List<Pattern> folders;
  private final Set<String> groups;

  private PathPattern(
      String text, String root, Pattern below, List<Pattern> folders, Set<String> groups) {
    this.text = text;
    this.root = root;
    this.below = below;
    this.folders = folders;
    this.groups = groups;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it is none; the message says what would be right
   */
  public static PathPattern parse(String text) {
    if (!ABSOLUTE.matcher(text).matches()) {
      throw refused("must be an absolute path with its scheme, " + EXAMPLES, text);
    }
    String whole = text.endsWith("/") ? text + "**" : text;
    Matcher wild = WILD.matcher(whole);
    if (!wild.find()) {
      throw refused("must name files by a star or a group, or end with a slash, " + EXAMPLES, text);
    }
    int start = whole.lastIndexOf('/', wild.start());
    if (start <= whole.indexOf(":/") + 2 && !whole.startsWith("file:")) {
      throw refused("must name its bucket or host without a star or a group, " + EXAMPLES, text);
    }
    Set<String> groups = new TreeSet<>();
    List<String> names = List.of(whole.substring(start + 1).split("/", -1));
    List<Pattern> folders = new ArrayList<>();
    StringBuilder below = new StringBuilder();
    boolean anyDepth = false;
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      boolean last = i == names.size() - 1;
      anyDepth |= name.equals("**");
      if (name.equals("**")) {
        below.append(last ? ".+" : "(?:.+/)?");
        continue;
      }
      String regex = regex(name, groups, text);
      below.append(regex).append(last ? "" : "/");
      if (!anyDepth && !last) {
        folders.add(Pattern.compile(regex));
      }
    }
    return new PathPattern(
        text,
        whole.substring(0, start + 1),
        Pattern.compile(below.toString()),
        List.copyOf(folders),
        Set.copyOf(groups));
  }

  private static String regex(String name, Set<String> groups, String text) {
    StringBuilder regex = new StringBuilder();
    Matcher wild = WILD.matcher(name);
    int end = 0;
    while (wild.find()) {
      regex.append(Pattern.quote(name.substring(end, wild.start())));
      String group = wild.group(1);
      if (group == null) {
        regex.append("[^/]*");
      } else if (!GROUP.matcher(group).matches()) {
        throw refused("a group must match " + GROUP.pattern() + ", was {" + group + "}", text);
      } else if (!groups.add(group)) {
        throw refused("must name each group once, {" + group + "} comes twice", text);
      } else {
        regex.append("(?<").append(group).append(">[^/]+?)");
      }
      end = wild.end();
    }
    return regex.append(Pattern.quote(name.substring(end))).toString();
  }

  private static IllegalArgumentException refused(String rule, String text) {
    return new IllegalArgumentException(rule + ", was '" + text + "'");
  }

  /** Returns the folder below which all its files lie, with a slash at its end. */
  public String root() {
    return root;
  }

  /** Returns the names of the groups. */
  public Set<String> groups() {
    return groups;
  }

  /**
   * Returns what the groups of a file are, or nothing when the file is not meant.
   *
   * @param path below the root, without a slash in front
   */
  Optional<Map<String, String>> match(String path) {
    Matcher matcher = below.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> found = new LinkedHashMap<>();
    for (String group : groups) {
      found.put(group, matcher.group(group));
    }
    return Optional.of(found);
  }

  /**
   * Returns whether files that are meant may lie in a folder.
   *
   * @param depth 0 for the folders in the root
   */
  boolean leadsTo(int depth, String name) {
    if (depth < folders.size()) {
      return folders.get(depth).matcher(name).matches();
    }
    return hasAnyDepth();
  }

  /**
   * Returns whether the day, month or year that the names of folders say was over at a time, in
   * UTC; never when they do not say a year.
   *
   * @param below folders below the root, with a slash after each
   */
  boolean isOver(String below, Instant at) {
    List<String> names = List.of(below.split("/", -1));
    Map<String, String> said = new HashMap<>();
    for (int i = 0; i < Math.min(names.size() - 1, folders.size()); i++) {
      Matcher matcher = folders.get(i).matcher(names.get(i));
      for (String group : DATE) {
        if (folders.get(i).pattern().contains("(?<" + group + ">") && matcher.matches()) {
          said.put(group, matcher.group(group));
        }
      }
    }
    try {
      return said.containsKey("yyyy") && end(said).isBefore(at);
    } catch (DateTimeException | NumberFormatException e) {
      return false;
    }
  }

  private static Instant end(Map<String, String> said) {
    LocalDate year = LocalDate.of(Integer.parseInt(said.get("yyyy")), 1, 1);
    LocalDate end = year.plusYears(1);
    if (said.containsKey("MM")) {
      LocalDate month = year.withMonth(Integer.parseInt(said.get("MM")));
      end = month.plusMonths(1);
      if (said.containsKey("dd")) {
        end = month.withDayOfMonth(Integer.parseInt(said.get("dd"))).plusDays(1);
      }
    }
    return end.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private boolean hasAnyDepth() {
    return text.endsWith("/") || text.contains("**");
  }

  @Override
  public String toString() {
    return text;
  }
}
