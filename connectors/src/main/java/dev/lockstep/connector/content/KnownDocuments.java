package dev.lockstep.connector.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.content.Delivery;
import dev.lockstep.content.RuleDocument;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The documents of the delivery before. One that has not changed is the same object again, which
 * costs less to make, and less wherever it is compared.
 */
final class KnownDocuments {

  static final KnownDocuments NONE = new KnownDocuments(/* delivery= */ null);

  private final Map<String, RuleDocument> byPath = new HashMap<>();

  KnownDocuments(@Nullable Delivery delivery) {
    if (delivery != null) {
      delivery.bundle().documents().forEach(document -> byPath.put(document.path(), document));
    }
  }

  /**
   * Returns the document of this content.
   *
   * @throws CharacterCodingException if the content is not UTF-8
   */
  RuleDocument document(String path, byte[] content) throws CharacterCodingException {
    RuleDocument known = byPath.get(path);
    if (known != null && Arrays.equals(known.text().getBytes(UTF_8), content)) {
      return known;
    }
    return new RuleDocument(path, UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
  }
}
