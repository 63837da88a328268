package dev.lockstep.connector.launchdarkly;

/** Flags as LaunchDarkly sends them. */
final class FlagJson {

  static final FlagKeys KEYS = FlagKeys.DEFAULT;

  private FlagJson() {}

  /** A set of these members, each {@code "key":{…}}, without segments. */
  static String set(String... flags) {
    return "{\"flags\":{" + String.join(",", flags) + "},\"segments\":{}}";
  }

  /** The ingress flag that gives everyone the same. */
  static String ingress(int version, boolean value) {
    return member(
        KEYS.ingress(),
        version,
        "true,false",
        "\"fallthrough\":{\"variation\":" + (value ? 0 : 1) + "}");
  }

  /** The egress flag that gives everyone the same: 0 live, 1 shadow, 2 off. */
  static String egress(int version, int variation) {
    return egress(version, "\"fallthrough\":{\"variation\":" + variation + "}");
  }

  /** The egress flag with these further members. */
  static String egress(int version, String rest) {
    return member(KEYS.egress(), version, "\"live\",\"shadow\",\"off\"", rest);
  }

  /** A flag as a member of an object, that is on. */
  static String member(String key, int version, String variations, String rest) {
    return "\"" + key + "\":" + flag(key, version, variations, rest);
  }

  /** A flag that is on. */
  static String flag(String key, int version, String variations, String rest) {
    return "{\"key\":\""
        + key
        + "\",\"version\":"
        + version
        + ",\"on\":true,\"salt\":\"s4lt\",\"offVariation\":1,\"variations\":["
        + variations
        + "],"
        + rest
        + "}";
  }
}
