package dev.lockstep.job.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lockstep.connector.latest.KeyedPieces;
import dev.lockstep.job.state.Quarantine;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The quarantine of an engine as the newest statuses of its rules say it: a status of any other
 * kind ends that of its rule, be it of a new version or of a release. A release that the engine has
 * not answered is told, too.
 */
final class QuarantinedRules implements KeyedPieces {

  private static final JsonFactory JSON = new JsonFactory();

  private final String prefix;
  private final SortedMap<String, String> versions = new TreeMap<>();
  private final SortedSet<String> released = new TreeSet<>();
  private byte @Nullable [] last;

  QuarantinedRules(String engine, byte @Nullable [] restored) {
    this.prefix = engine + "/";
    this.last = restored;
  }

  @Override
  public void begin() {
    versions.clear();
    released.clear();
  }

  @Override
  public void put(String key, byte[] piece, Instant at) throws IOException {
    if (!key.startsWith(prefix)) {
      return;
    }
    String rule = key.substring(prefix.length());
    Map<String, String> status = members(piece);
    String version = status.get("rule_version");
    boolean quarantined = "quarantined".equals(status.get("status"));
    boolean oneLine = rule.lines().count() == 1;
    forget(rule);
    if (quarantined && version != null && oneLine && !version.contains(" ")) {
      versions.put(rule, version);
    } else if ("released".equals(status.get("status"))
        && status.get("answered_at") == null
        && oneLine) {
      released.add(rule);
    }
  }

  @Override
  public void remove(String key, Instant at) {
    if (key.startsWith(prefix)) {
      forget(key.substring(prefix.length()));
    }
  }

  private void forget(String rule) {
    versions.remove(rule);
    released.remove(rule);
  }

  /** No rule in quarantine is an answer, too. */
  @Override
  public byte @Nullable [] change() {
    byte[] now = new Quarantine(versions, released).encode();
    if (Arrays.equals(now, last)) {
      return null;
    }
    last = now;
    return now;
  }

  /** The texts at the top of a JSON object. */
  private static Map<String, String> members(byte[] json) throws IOException {
    Map<String, String> members = new HashMap<>();
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("a status must be a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
          members.put(name, parser.getText());
        } else {
          parser.skipChildren();
        }
      }
    }
    return members;
  }
}
