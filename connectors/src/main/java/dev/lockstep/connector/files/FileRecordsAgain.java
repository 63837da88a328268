package dev.lockstep.connector.files;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.DecodedRecord;
import dev.lockstep.connector.wire.RecordDecoder;
import dev.lockstep.connector.wire.RecordHeaders;
import dev.lockstep.connector.wire.Transport;
import dev.lockstep.event.EnvelopeReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of dead letters that came from files as they were read there: by the format and the
 * places of their source.
 */
public final class FileRecordsAgain {

  private final Map<String, FileSettings> sources;

  public FileRecordsAgain(List<FileSettings> sources) {
    this.sources =
        sources.stream().collect(toUnmodifiableMap(FileSettings::name, Function.identity()));
  }

  /** Returns what its record is now, or nothing when it is not of a file of a known source. */
  public Optional<DecodedRecord> again(DeadLetterRecord letter) {
    Transport transport = letter.transport;
    // Whatever headers a record of a topic has, its origin names no scheme.
    if (transport == null || !letter.origin.contains(":/")) {
      return Optional.empty();
    }
    String name = transport.headers().last(PathHeaders.SOURCE);
    FileSettings source = name == null ? null : sources.get(name);
    return source == null ? Optional.empty() : Optional.of(again(letter, transport, source));
  }

  private static DecodedRecord again(
      DeadLetterRecord letter, Transport transport, FileSettings source) {
    FileHead head = PathHeaders.head(transport.headers());
    FileRecord record = head == null ? null : record(letter.bytes, head, source);
    DeadLetterRecord read = letter;
    if (record != null && record.event() != null) {
      read = letter.atAttempt(letter.attempt);
      read.bytes = record.event();
    }
    return new RecordDecoder(new EnvelopeReader(source.layout())).again(read);
  }

  private static @Nullable FileRecord record(byte[] line, FileHead head, FileSettings source) {
    int most = source.layout().maxBytes();
    try {
      return source
          .format()
          .reader(new ByteArrayInputStream(line), FileRange.WHOLE, head, most)
          .next();
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory can be read", e);
    }
  }

  /** The transport of a line that could not become an event: with what it takes to try again. */
  static Transport ofLine(RecordHeaders headers, long modifiedMillis, FileHead head) {
    return new Transport(/* key= */ null, modifiedMillis, PathHeaders.withHead(headers, head));
  }
}
