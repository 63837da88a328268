package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.content.BundleManifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code rules bundle} has made.
 *
 * @param manifest of the whole bundle
 * @param output the file that was asked for
 * @param pieces what was written beside or in place of it, by name of file
 */
record BundleReport(BundleManifest manifest, Path output, Map<String, byte[]> pieces) {

  /** What the values of one ConfigMap may have together, decoded. */
  static final int CONFIG_MAP_BYTES = 1024 * 1024;

  /** Leaves some room for what else an object has. */
  static final int SHARD_BYTES = CONFIG_MAP_BYTES - 16 * 1024;

  BundleReport {
    pieces = new LinkedHashMap<>(pieces);
  }

  void print(PrintWriter out) {
    out.printf(
        "%s: bundle %s, version %s%s%n",
        String.join(", ", pieces.keySet().stream().map(this::path).toList()),
        manifest.name(),
        manifest.version(),
        manifest.revision() == null ? "" : ", of commit " + manifest.revision());
    out.printf(
        Locale.ROOT,
        "%s in %s, %,d bytes, %.1f %% of what a ConfigMap takes%n",
        Amount.of(manifest.rules().size(), "rule"),
        Amount.of(manifest.files(), "file"),
        bytes(),
        100.0 * bytes() / CONFIG_MAP_BYTES);
  }

  void printJson(PrintWriter out) throws IOException {
    try (JsonGenerator json = JsonOutput.document(out)) {
      json.writeStartObject();
      if (pieces.size() == 1) {
        json.writeStringField("file", output.toString());
      } else {
        json.writeArrayFieldStart("shards");
        for (Map.Entry<String, byte[]> piece : pieces.entrySet()) {
          json.writeStartObject();
          json.writeStringField("file", path(piece.getKey()));
          json.writeNumberField("bytes", piece.getValue().length);
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      json.writeStringField("name", manifest.name());
      json.writeStringField("version", manifest.version());
      if (manifest.revision() != null) {
        json.writeStringField("revision", manifest.revision());
      }
      if (manifest.builtAt() != null) {
        json.writeStringField("builtAt", manifest.builtAt().toString());
      }
      json.writeNumberField("files", manifest.files());
      json.writeNumberField("rules", manifest.rules().size());
      json.writeNumberField("bytes", bytes());
      json.writeNumberField("configMapBytes", CONFIG_MAP_BYTES);
      json.writeEndObject();
    }
    out.println();
  }

  void warn(PrintWriter err) {
    if (pieces.values().stream().anyMatch(piece -> piece.length > CONFIG_MAP_BYTES)) {
      err.println(
          "lockstep: the bundle does not fit into a ConfigMap, which takes 1 MiB; --shards splits"
              + " it");
    }
  }

  private int bytes() {
    return pieces.values().stream().mapToInt(piece -> piece.length).sum();
  }

  private String path(String name) {
    return output.resolveSibling(name).toString();
  }
}
