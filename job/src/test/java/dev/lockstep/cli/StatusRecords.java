package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Status records as engines write them. */
final class StatusRecords {
  static final String OLD = "0123456789abcdef";
  static final String NEW = "fedcba9876543210";
  static final String PART = "aaaabbbbccccdddd";

  private StatusRecords() {}

  /** An engine with a bundle on so many of its four subtasks. */
  static byte[] engine(String version, int subtasks, int rejected) {
    return engine(version, subtasks, rejected, "");
  }

  static byte[] refusing(String refused) {
    return engine(
        OLD,
        4,
        0,
        """
        ,"refused":{"version":"%s","parts":[{"name":"rules","version":"%s"}],
          "reason":"it would remove 40 %% of the rules","at":"2026-01-02T00:00:00Z"}
        """
            .formatted(refused, PART));
  }

  static byte[] rule(String status, String more) {
    return "{\"engine\":\"blue\",\"rule_id\":\"r\",\"status\":\"%s\",\"since\":\"2026-01-01T00:00:00Z\"%s}"
        .formatted(status, more)
        .getBytes(UTF_8);
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] engine(String version, int subtasks, int rejected, String more) {
    return """
        {"engine":"blue","updated_at":"2026-01-01T00:00:09Z",
         "bundle":{"version":"%1$s","parts":[{"name":"rules","version":"%2$s","revision":"abc"}],
           "published_at":"2026-01-01T00:00:01Z","delivered_at":"2026-01-01T00:00:02Z"%3$s,
           "in_force_subtasks":%4$d,"subtasks":4,"publication_millis":1412},
         "rules":{"in_force":3755,"uncovered":0,"rejected":%5$d,"quarantined":1}%6$s}
        """
        .formatted(
            version,
            version.equals(NEW) ? "bbbb" + PART.substring(4) : PART,
            subtasks == 4 ? ",\"in_force_at\":\"2026-01-01T00:00:03Z\"" : "",
            subtasks,
            rejected,
            more)
        .getBytes(UTF_8);
  }
}
