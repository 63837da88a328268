package dev.lockstep.connector.launchdarkly;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.launchdarkly.sdk.ArrayBuilder;
import com.launchdarkly.sdk.LDValue;
import com.launchdarkly.sdk.ObjectBuilder;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * LaunchDarkly's REST API for flags as its documentation has it: {@code GET} and {@code PATCH} of
 * one flag, with semantic patches, over the flags of one environment. It keeps flags in the form
 * that the API has, and gives them in the form that engines get.
 */
public final class FakeFlagApi implements AutoCloseable {

  public static final String PROJECT = "soc";
  public static final String ENVIRONMENT = "production";
  public static final String TOKEN = "api-1234";

  private static final String PATH = "/api/v2/flags/" + PROJECT + "/";
  private static final String SEMANTIC =
      "application/json; domain-model=launchdarkly.semanticpatch";

  private final HttpServer server;
  private final Map<String, Flag> flags = new LinkedHashMap<>();
  private final Deque<Answer> scripted = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();
  private final List<LDValue> patches = new ArrayList<>();
  private int lastId;

  /** An answer in place of the proper one. */
  public record Answer(int status, Map<String, String> headers, String body) {}

  /** A flag as the API has it, in one environment. */
  private static final class Flag {
    private LDValue engineForm = LDValue.ofNull();
    private final List<String> variations = new ArrayList<>();
    private final List<LDValue> targets = new ArrayList<>();
    private final List<LDValue> rules = new ArrayList<>();
    private int version;
  }

  public FakeFlagApi(String set) throws IOException {
    LDValue given = LDValue.parse(set).get("flags");
    for (String key : given.keys()) {
      flags.put(key, flag(given.get(key)));
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Answers so to the next request that has none of its own yet. */
  public synchronized void answer(int status, Map<String, String> headers, String body) {
    scripted.add(new Answer(status, headers, body));
  }

  /** Method, path and query of the requests so far. */
  public synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  /** The bodies of the patches that were made. */
  public synchronized List<LDValue> patches() {
    return List.copyOf(patches);
  }

  private Flag flag(LDValue engineForm) {
    Flag flag = new Flag();
    flag.engineForm = engineForm;
    flag.version = engineForm.get("version").intValue();
    engineForm.get("variations").values().forEach(value -> flag.variations.add(id("variation")));
    engineForm.get("contextTargets").values().forEach(flag.targets::add);
    for (LDValue rule : engineForm.get("rules").values()) {
      String given = rule.get("id").stringValue();
      flag.rules.add(identified(rule, given == null ? id("rule") : given));
    }
    return flag;
  }

  private LDValue identified(LDValue rule, String id) {
    ArrayBuilder clauses = LDValue.buildArray();
    for (LDValue clause : rule.get("clauses").values()) {
      clauses.add(copy(clause).put("_id", id("clause")).build());
    }
    return copy(rule).put("_id", id).put("clauses", clauses.build()).build();
  }

  private String id(String of) {
    lastId++;
    return "%s-%08d".formatted(of, lastId);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer =
          answerTo(exchange, new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      byte[] body = answer.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private synchronized Answer answerTo(HttpExchange exchange, String body) {
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    if (!scripted.isEmpty()) {
      return scripted.remove();
    }
    if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      return error(401, "unauthorized", "Invalid access token");
    }
    String path = exchange.getRequestURI().getPath();
    Flag flag = path.startsWith(PATH) ? flags.get(path.substring(PATH.length())) : null;
    if (flag == null) {
      return error(404, "not_found", "Invalid resource identifier");
    }
    if (exchange.getRequestMethod().equals("GET")) {
      return new Answer(200, Map.of(), apiForm(flag).toJsonString());
    }
    if (!SEMANTIC.equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
      return error(400, "invalid_request", "a JSON patch is a list");
    }
    return patched(flag, LDValue.parse(body));
  }

  private Answer patched(Flag flag, LDValue patch) {
    if (!ENVIRONMENT.equals(patch.get("environmentKey").stringValue())) {
      return error(404, "not_found", "unknown environment");
    }
    List<LDValue> targets = new ArrayList<>(flag.targets);
    List<LDValue> rules = new ArrayList<>(flag.rules);
    try {
      patch.get("instructions").values().forEach(instruction -> follow(instruction, flag));
    } catch (IllegalArgumentException e) {
      flag.targets.clear();
      flag.targets.addAll(targets);
      flag.rules.clear();
      flag.rules.addAll(rules);
      return error(400, "invalid_request", String.valueOf(e.getMessage()));
    }
    flag.version++;
    patches.add(patch);
    return new Answer(200, Map.of(), apiForm(flag).toJsonString());
  }

  private static Answer error(int status, String code, String message) {
    return new Answer(
        status,
        Map.of(),
        LDValue.buildObject().put("code", code).put("message", message).build().toJsonString());
  }

  private void follow(LDValue instruction, Flag flag) {
    String kind = text(instruction, "kind");
    switch (kind) {
      case "removeTargets" -> removeTargets(instruction, flag);
      case "addRule" -> addRule(instruction, flag);
      case "removeRule" ->
          flag.rules.removeIf(rule -> rule.get("_id").equals(instruction.get("ruleId")));
      case "addValuesToClause" -> changeValues(instruction, flag, true);
      case "removeValuesFromClause" -> changeValues(instruction, flag, false);
      default -> throw new IllegalArgumentException("unknown instruction " + kind);
    }
  }

  private static void removeTargets(LDValue instruction, Flag flag) {
    int variation = variation(flag, text(instruction, "variationId"));
    String kind = Objects.requireNonNullElse(instruction.get("contextKind").stringValue(), "user");
    flag.targets.replaceAll(
        list ->
            kind.equals(list.get("contextKind").stringValue())
                    && list.get("variation").intValue() == variation
                ? copy(list)
                    .put("values", without(list.get("values"), instruction.get("values")))
                    .build()
                : list);
  }

  private void addRule(LDValue instruction, Flag flag) {
    int at = flag.rules.size();
    if (!instruction.get("beforeRuleId").isNull()) {
      at = indexOf(flag, text(instruction, "beforeRuleId"));
    }
    ObjectBuilder rule = LDValue.buildObject().put("clauses", instruction.get("clauses"));
    LDValue weights = instruction.get("rolloutWeights");
    if (weights.isNull()) {
      rule.put("variation", variation(flag, text(instruction, "variationId")));
    } else {
      ArrayBuilder parts = LDValue.buildArray();
      int whole = 0;
      for (int i = 0; i < flag.variations.size(); i++) {
        int weight = weights.get(flag.variations.get(i)).intValue();
        whole += weight;
        parts.add(LDValue.buildObject().put("variation", i).put("weight", weight).build());
      }
      if (whole != 100_000) {
        throw new IllegalArgumentException("rollout weights must sum to 100000");
      }
      rule.put(
          "rollout",
          LDValue.buildObject()
              .put(
                  "contextKind",
                  Objects.requireNonNullElse(
                      instruction.get("rolloutContextKind").stringValue(), "user"))
              .put("variations", parts.build())
              .build());
    }
    flag.rules.add(at, identified(rule.build(), id("rule")));
  }

  private static void changeValues(LDValue instruction, Flag flag, boolean add) {
    int at = indexOf(flag, text(instruction, "ruleId"));
    LDValue rule = flag.rules.get(at);
    ArrayBuilder clauses = LDValue.buildArray();
    boolean found = false;
    for (LDValue clause : rule.get("clauses").values()) {
      boolean meant = clause.get("_id").equals(instruction.get("clauseId"));
      found |= meant;
      LDValue values = instruction.get("values");
      clauses.add(
          meant
              ? copy(clause)
                  .put(
                      "values",
                      add
                          ? with(clause.get("values"), values)
                          : without(clause.get("values"), values))
                  .build()
              : clause);
    }
    if (!found) {
      throw new IllegalArgumentException("there is no clause " + instruction.get("clauseId"));
    }
    flag.rules.set(at, copy(rule).put("clauses", clauses.build()).build());
  }

  private static int indexOf(Flag flag, String ruleId) {
    for (int i = 0; i < flag.rules.size(); i++) {
      if (LDValue.of(ruleId).equals(flag.rules.get(i).get("_id"))) {
        return i;
      }
    }
    throw new IllegalArgumentException("there is no rule " + ruleId);
  }

  private static int variation(Flag flag, String id) {
    int index = flag.variations.indexOf(id);
    if (index < 0) {
      throw new IllegalArgumentException("there is no variation " + id);
    }
    return index;
  }

  private static LDValue apiForm(Flag flag) {
    LDValue form = flag.engineForm;
    ArrayBuilder variations = LDValue.buildArray();
    for (int i = 0; i < flag.variations.size(); i++) {
      variations.add(
          LDValue.buildObject()
              .put("_id", flag.variations.get(i))
              .put("value", form.get("variations").get(i))
              .build());
    }
    LDValue environment =
        LDValue.buildObject()
            .put("on", form.get("on"))
            .put("version", flag.version)
            .put("contextTargets", array(flag.targets))
            .put("rules", array(flag.rules))
            .put("fallthrough", form.get("fallthrough"))
            .build();
    return LDValue.buildObject()
        .put("key", form.get("key"))
        .put("variations", variations.build())
        .put("environments", LDValue.buildObject().put(ENVIRONMENT, environment).build())
        .build();
  }

  /** The flags as engines get them now. */
  public synchronized String engineForm() {
    ObjectBuilder all = LDValue.buildObject();
    flags.forEach(
        (key, flag) ->
            all.put(
                key,
                copy(flag.engineForm)
                    .put("version", flag.version)
                    .put("contextTargets", array(flag.targets))
                    .put("rules", array(flag.rules.stream().map(FakeFlagApi::forEngine).toList()))
                    .build()));
    return LDValue.buildObject()
        .put("flags", all.build())
        .put("segments", LDValue.buildObject().build())
        .build()
        .toJsonString();
  }

  private static LDValue forEngine(LDValue rule) {
    return copy(rule).put("id", rule.get("_id")).build();
  }

  private static String text(LDValue object, String name) {
    String text = object.get(name).stringValue();
    if (text == null) {
      throw new IllegalArgumentException("the instruction lacks " + name);
    }
    return text;
  }

  private static LDValue without(LDValue values, LDValue removed) {
    List<LDValue> kept = new ArrayList<>();
    values.values().forEach(kept::add);
    removed.values().forEach(kept::remove);
    return array(kept);
  }

  private static LDValue with(LDValue values, LDValue added) {
    List<LDValue> all = new ArrayList<>();
    values.values().forEach(all::add);
    added.values().forEach(all::add);
    return array(all);
  }

  private static LDValue array(List<LDValue> values) {
    return LDValue.arrayOf(values.toArray(new LDValue[0]));
  }

  private static ObjectBuilder copy(LDValue object) {
    ObjectBuilder copy = LDValue.buildObject();
    object.keys().forEach(name -> copy.put(name, object.get(name)));
    return copy;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
