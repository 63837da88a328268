package dev.lockstep.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.SerializedString;

/**
 * JSON that is written as it is. Encoded by the JDK, which takes a tenth of the time of the
 * generator's own encoder: an event is most of an alert.
 */
final class RawJson extends SerializedString {

  private static final long serialVersionUID = 1L;

  RawJson(String json) {
    super(json);
    _unquotedUTF8Ref = json.getBytes(UTF_8);
  }
}
