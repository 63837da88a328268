package dev.lockstep.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;

/**
 * How JSON of strangers is read, everywhere: what the envelope accepts can therefore be judged.
 * Names are not interned, or the JVM would keep every one that anybody ever sent.
 */
final class EventJson {

  /** No event may be larger than this many bytes, whatever the options say. */
  static final int MAX_BYTES = 16 * 1024 * 1024;

  private static final int MAX_DEPTH = 256;
  private static final int MAX_NUMBER_LENGTH = 1000;
  private static final int MAX_NAME_LENGTH = 50_000;

  static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .maxNameLength(MAX_NAME_LENGTH)
                  .maxStringLength(MAX_BYTES)
                  .maxDocumentLength(MAX_BYTES)
                  .build())
          .build();

  private EventJson() {}
}
