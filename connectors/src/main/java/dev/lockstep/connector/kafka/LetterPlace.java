package dev.lockstep.connector.kafka;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/** Where a record of a topic is; as text {@code TOPIC/PARTITION/OFFSET}. */
public record LetterPlace(String topic, int partition, long offset) {

  private static final Pattern TEXT =
      Pattern.compile("([a-zA-Z0-9._-]{1,249})/([0-9]{1,9})/([0-9]{1,18})");

  /**
   * Reads a place.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static LetterPlace parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be TOPIC/PARTITION/OFFSET, was '" + text + "'");
    }
    return new LetterPlace(
        matcher.group(1), Integer.parseInt(matcher.group(2)), Long.parseLong(matcher.group(3)));
  }

  TopicPartition topicPartition() {
    return new TopicPartition(topic, partition);
  }

  @Override
  public String toString() {
    return topic + "/" + partition + "/" + offset;
  }
}
