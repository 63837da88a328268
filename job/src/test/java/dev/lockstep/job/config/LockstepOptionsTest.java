package dev.lockstep.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;
import org.junit.jupiter.api.Test;

class LockstepOptionsTest {

  private static final Path FILE = RepositoryFiles.at("flink-conf/lockstep.yaml");

  /** A line that sets an option; with a hash right before the key it is commented out. */
  private static final Pattern OPTION_LINE =
      Pattern.compile("#?([a-z][a-z-]*(?:\\.[a-z-]+)+): (.*)");

  @Test
  void theFileListsEveryOptionOnceInTheOrderOfReading() {
    assertThat(listed().stream().map(Listed::key))
        .containsExactlyElementsOf(LockstepOptions.ALL.stream().map(ConfigOption::key).toList());
  }

  @Test
  void theFileGivesEveryOptionItsDefault() {
    Map<String, String> expected = new HashMap<>();
    for (ConfigOption<?> option : LockstepOptions.ALL) {
      if (option.hasDefaultValue()) {
        expected.put(option.key(), written(option.defaultValue()));
      }
    }

    Map<String, String> active = new HashMap<>();
    listed().stream()
        .filter(option -> !option.commentedOut())
        .forEach(option -> active.put(option.key(), option.value()));
    assertThat(active).isEqualTo(expected);
  }

  @Test
  void theFileExplainsEveryOptionInItsOwnWords() {
    Map<String, String> comments = new HashMap<>();
    listed().forEach(option -> comments.put(option.key(), option.comment()));

    for (ConfigOption<?> option : LockstepOptions.ALL) {
      assertThat(comments.get(option.key())).as(option.key()).isEqualTo(description(option));
    }
  }

  @Test
  void readingTheFileIsReadingNothing() {
    assertThat(ConfigReader.read(FILE, Map.of())).isEqualTo(ConfigReader.read(null, Map.of()));
  }

  @Test
  void theFileParsesAsYamlAndSetsWhatItsLinesSay() {
    List<String> problems = new ArrayList<>();

    Map<String, RawOption> parsed = OptionsFile.read(FILE, problems);

    assertThat(problems).isEmpty();
    assertThat(parsed.keySet())
        .containsExactlyElementsOf(
            listed().stream()
                .filter(option -> !option.commentedOut() && !option.value().equals("{}"))
                .map(Listed::key)
                .toList());
  }

  @Test
  void theExamplesThatAreCommentedOutAreAccepted() {
    Map<String, String> examples = new HashMap<>();
    for (String line : RepositoryFiles.lines(FILE)) {
      Matcher matcher = OPTION_LINE.matcher(line);
      if (line.startsWith("#") && matcher.matches()) {
        examples.put(matcher.group(1), matcher.group(2));
      }
    }
    assertThat(examples).hasSizeGreaterThan(5).containsKey("elasticsearch.api-key");
    examples.remove("elasticsearch.api-key");

    assertThat(ConfigReader.read(null, examples)).isNotEqualTo(ConfigReader.read(null, Map.of()));
  }

  @Test
  void allOptionsAreInTheListAndNoneTwice() throws IllegalAccessException {
    List<String> constants = new ArrayList<>();
    for (Field field : LockstepOptions.class.getFields()) {
      if (field.get(null) instanceof ConfigOption<?> option) {
        constants.add(option.key());
      }
    }

    assertThat(LockstepOptions.ALL.stream().map(ConfigOption::key))
        .containsExactlyInAnyOrderElementsOf(constants);
  }

  @Test
  void allMapOptionsAreInTheListOfMaps() {
    assertThat(LockstepOptions.MAPS.stream().map(ConfigOption::key))
        .containsExactlyElementsOf(
            LockstepOptions.ALL.stream()
                .filter(option -> option.defaultValue() instanceof Map)
                .map(ConfigOption::key)
                .toList());
  }

  @Test
  void everyOptionHasADescriptionThatNamesItsValues() {
    for (ConfigOption<?> option : LockstepOptions.ALL) {
      assertThat(description(option)).as(option.key()).matches(".{20,}[.?]");
      if (option.defaultValue() instanceof Enum<?> constant) {
        assertThat(description(option))
            .as(option.key())
            .contains(
                Stream.of(constant.getDeclaringClass().getEnumConstants())
                    .map(Object::toString)
                    .toList());
      }
    }
  }

  private static String description(ConfigOption<?> option) {
    String html = new HtmlFormatter().format(option.description());
    return html.replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">");
  }

  private static String written(Object value) {
    if (value instanceof Duration duration) {
      return TimeUtils.formatWithHighestUnit(duration);
    }
    return value instanceof Map ? "{}" : String.valueOf(value);
  }

  /** The options of the file; an example of a map's entry belongs to the option before it. */
  private static List<Listed> listed() {
    List<String> keys = LockstepOptions.ALL.stream().map(ConfigOption::key).toList();
    List<Listed> listed = new ArrayList<>();
    List<String> comment = new ArrayList<>();
    for (String line : RepositoryFiles.lines(FILE)) {
      Matcher option = OPTION_LINE.matcher(line);
      boolean isEntryOfMap =
          option.matches() && keys.stream().anyMatch(key -> option.group(1).startsWith(key + "."));
      if (option.matches() && !isEntryOfMap) {
        listed.add(
            new Listed(
                option.group(1), option.group(2), line.startsWith("#"), String.join(" ", comment)));
      }
      if (line.startsWith("# ")) {
        comment.add(line.substring(2));
      } else {
        comment.clear();
      }
    }
    return listed;
  }

  private record Listed(String key, String value, boolean commentedOut, String comment) {}
}
