package dev.lockstep.connector.launchdarkly;

/** Flags as LaunchDarkly sends them, under the keys that the engine asks by default. */
public final class FlagJson {

  public static final FlagKeys KEYS = FlagKeys.DEFAULT;

  private FlagJson() {}

  /** A set of these members, each {@code "key":{…}}, without segments. */
  public static String set(String... flags) {
    return "{\"flags\":{" + String.join(",", flags) + "},\"segments\":{}}";
  }

  /** The ingress flag that gives everyone the same. */
  public static String ingress(int version, boolean value) {
    return member(
        KEYS.ingress(),
        version,
        "true,false",
        "\"fallthrough\":{\"variation\":" + (value ? 0 : 1) + "}");
  }

  /** The egress flag that gives everyone the same: 0 live, 1 shadow, 2 off. */
  public static String egress(int version, int variation) {
    return egress(version, "\"fallthrough\":{\"variation\":" + variation + "}");
  }

  /** The egress flag with these further members. */
  public static String egress(int version, String rest) {
    return member(KEYS.egress(), version, "\"live\",\"shadow\",\"off\"", rest);
  }

  /** Of all contexts of {@code kind}, so many percent get variation 0 and all others 1. */
  public static String rollout(String kind, int percent) {
    return "\"fallthrough\":{\"rollout\":{\"contextKind\":\"%s\",\"variations\":[".formatted(kind)
        + "{\"variation\":0,\"weight\":%d},{\"variation\":1,\"weight\":%d}]}}"
            .formatted(percent * 1000, (100 - percent) * 1000);
  }

  /** The contexts of {@code kind} with that key get the variation. */
  public static String target(String kind, String key, int variation) {
    return "\"contextTargets\":[{\"contextKind\":\"%s\",\"values\":[\"%s\"],\"variation\":%d}]"
        .formatted(kind, key, variation);
  }

  /** Returns the item of a member, as a patch carries it. */
  public static String item(String member) {
    return member.substring(member.indexOf(':') + 1);
  }

  /** A flag as a member of an object, that is on. */
  public static String member(String key, int version, String variations, String rest) {
    return "\"" + key + "\":" + flag(key, version, variations, rest);
  }

  /** A flag that is on. */
  public static String flag(String key, int version, String variations, String rest) {
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
