package dev.lockstep.connector.kafka;

import java.io.Serializable;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Where an engine without state begins to read events; one with state goes on where it was. */
public sealed interface StartingPoint extends Serializable {

  /** The offsets of the engine's consumer group, else the earliest record: nothing is left out. */
  StartingPoint COMMITTED = Named.COMMITTED;

  /** Returns Flink's name for it. */
  OffsetsInitializer offsets();

  /**
   * Reads {@code committed}, {@code earliest}, {@code latest} or a time as ISO-8601 has it.
   *
   * @throws IllegalArgumentException if the text is none of them
   */
  static StartingPoint parse(String text) {
    for (Named named : Named.values()) {
      if (named.toString().equals(text)) {
        return named;
      }
    }
    try {
      return new At(Instant.parse(text));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "must be committed, earliest, latest or a time such as 2026-01-31T12:00:00Z, was '"
              + text
              + "'",
          e);
    }
  }

  /** Those that have a name. */
  enum Named implements StartingPoint {
    /** See {@link StartingPoint#COMMITTED}. */
    COMMITTED {
      @Override
      public OffsetsInitializer offsets() {
        return OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
      }
    },
    /** The first record that the topic still has. */
    EARLIEST {
      @Override
      public OffsetsInitializer offsets() {
        return OffsetsInitializer.earliest();
      }
    },
    /** What comes from now on; what is there already is never judged. */
    LATEST {
      @Override
      public OffsetsInitializer offsets() {
        return OffsetsInitializer.latest();
      }
    };

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The first record of each partition whose timestamp is this or later; the end where there is
   * none.
   */
  record At(Instant time) implements StartingPoint {
    @Override
    public OffsetsInitializer offsets() {
      return OffsetsInitializer.timestamp(time.toEpochMilli());
    }

    @Override
    public String toString() {
      return time.toString();
    }
  }
}
