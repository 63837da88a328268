package dev.lockstep.connector.elasticsearch;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/**
 * What a field of a document holds: texts as they are to be written, one or several.
 *
 * @param raw whether they are JSON already
 */
record EcsValue(List<String> texts, boolean raw) {

  EcsValue {
    texts = List.copyOf(texts);
  }

  static EcsValue text(String text) {
    return new EcsValue(List.of(text), /* raw= */ false);
  }

  static EcsValue json(String json) {
    return new EcsValue(List.of(json), /* raw= */ true);
  }

  void write(JsonGenerator json) throws IOException {
    if (texts.size() == 1) {
      writeOne(texts.get(0), json);
      return;
    }
    json.writeStartArray();
    for (String text : texts) {
      writeOne(text, json);
    }
    json.writeEndArray();
  }

  private void writeOne(String text, JsonGenerator json) throws IOException {
    if (raw) {
      json.writeRawValue(text);
    } else {
      json.writeString(text);
    }
  }
}
