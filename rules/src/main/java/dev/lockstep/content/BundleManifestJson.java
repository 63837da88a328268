package dev.lockstep.content;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.lockstep.content.BundleManifest.Entry;
import dev.lockstep.content.BundleManifest.Shard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A manifest as it is written into a bundle: the same bytes for the same manifest. */
public final class BundleManifestJson {
  private static final int FORMAT = 1;
  private static final JsonFactory JSON = new JsonFactory();

  private BundleManifestJson() {}

  /** Writes it, a rule a line, for people who look into a bundle. */
  public static byte[] write(BundleManifest manifest) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(lines);
    printer.indentArraysWith(lines);
    try (JsonGenerator json = JSON.createGenerator(bytes).setPrettyPrinter(printer)) {
      json.writeStartObject();
      json.writeNumberField("format", FORMAT);
      json.writeStringField("name", manifest.name());
      json.writeStringField("version", manifest.version());
      if (manifest.revision() != null) {
        json.writeStringField("revision", manifest.revision());
      }
      if (manifest.builtAt() != null) {
        json.writeStringField("built_at", manifest.builtAt().toString());
      }
      if (manifest.removalMeant()) {
        json.writeBooleanField("removal_meant", true);
      }
      Shard shard = manifest.shard();
      if (shard != null) {
        json.writeNumberField("shard", shard.number());
        json.writeNumberField("shards", shard.count());
        json.writeStringField("whole", shard.whole());
      }
      json.writeNumberField("files", manifest.files());
      json.writeNumberField("count", manifest.rules().size());
      json.writeArrayFieldStart("rules");
      for (Entry rule : manifest.rules()) {
        json.writeStartObject();
        json.writeStringField("id", rule.id());
        json.writeStringField("title", rule.title());
        json.writeStringField("file", rule.file());
        json.writeStringField("hash", rule.hash());
        json.writeStringField("meaning", rule.meaning());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #write} wrote; members that it does not know are passed over.
   *
   * @throws IllegalArgumentException if the bytes are no manifest of this format
   */
  public static BundleManifest read(byte[] manifest) {
    try (JsonParser json = JSON.createParser(manifest)) {
      return read(json);
    } catch (IOException e) {
      throw new IllegalArgumentException("the manifest is no JSON: " + e.getMessage(), e);
    }
  }

  private static BundleManifest read(JsonParser json) throws IOException {
    Map<String, String> members = new HashMap<>();
    List<Entry> rules = new ArrayList<>();
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("the manifest must be a JSON object");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      if (json.currentName().equals("rules") && json.nextToken() == JsonToken.START_ARRAY) {
        while (json.nextToken() == JsonToken.START_OBJECT) {
          rules.add(entry(scalars(json)));
        }
      } else {
        scalar(json, members);
      }
    }
    int format = number(members, "format");
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "the manifest's format must be %d, was %d".formatted(FORMAT, format));
    }
    int count = number(members, "count");
    if (count != rules.size()) {
      throw new IllegalArgumentException(
          "the manifest says that it has %d rules, and has %d".formatted(count, rules.size()));
    }
    return new BundleManifest(
        required(members, "name"),
        required(members, "version"),
        members.get("revision"),
        time(members.get("built_at")),
        Boolean.parseBoolean(members.get("removal_meant")),
        members.containsKey("shard") ? shard(members) : null,
        number(members, "files"),
        rules);
  }

  private static Shard shard(Map<String, String> members) {
    return new Shard(
        number(members, "shard"), number(members, "shards"), required(members, "whole"));
  }

  private static Entry entry(Map<String, String> members) {
    return new Entry(
        required(members, "id"),
        required(members, "title"),
        required(members, "file"),
        required(members, "hash"),
        required(members, "meaning"));
  }

  private static Map<String, String> scalars(JsonParser json) throws IOException {
    Map<String, String> members = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      scalar(json, members);
    }
    return members;
  }

  private static void scalar(JsonParser json, Map<String, String> members) throws IOException {
    String name = json.currentName();
    JsonToken value =
        json.currentToken() == JsonToken.FIELD_NAME ? json.nextToken() : json.currentToken();
    if (value.isScalarValue()) {
      members.put(name, json.getText());
    } else {
      json.skipChildren();
    }
  }

  private static String required(Map<String, String> members, String name) {
    String value = members.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the manifest must have '" + name + "'");
    }
    return value;
  }

  private static int number(Map<String, String> members, String name) {
    String value = required(members, name);
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the manifest's '%s' must be a number, was '%s'".formatted(name, value), e);
    }
  }

  private static @Nullable Instant time(@Nullable String value) {
    try {
      return value == null ? null : Instant.parse(value);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "the manifest's 'built_at' must be a time as in 2026-01-31T12:00:00Z, was '%s'"
              .formatted(value),
          e);
    }
  }
}
