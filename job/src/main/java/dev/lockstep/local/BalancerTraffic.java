package dev.lockstep.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What a load balancer is asked: by people and programs, by somebody who tries one hole after
 * another, and each minute anew by somebody who guesses passwords, and somebody who guesses paths.
 * The same seed gives the same requests.
 */
final class BalancerTraffic {

  /** The correlation that finds guesses of passwords: twenty of one address. */
  static final String PASSWORDS_GUESSED = "c1172e03-f8e5-47c7-b0e4-602ecf2ac997";

  /** The correlation that finds guesses of paths: fifty different ones of one address. */
  static final String PATHS_GUESSED = "ab593cf8-749a-4944-9fe9-511bb7141abf";

  private static final String INTRUDER = "203.0.113.66";
  private static final int WAVE_EVERY_SECONDS = 60;
  private static final int WAVE_SECONDS = 4;
  private static final int PASSWORDS_A_SECOND = 6;
  private static final int PATHS_A_SECOND = 14;
  private static final List<String> NAMES =
      List.of("backup", "db", "old", "test", "admin", "config", "dump", "site");
  private static final List<String> ENDINGS =
      List.of(".zip", ".sql", ".tar.gz", ".bak", ".old", ".php~", ".7z");
  private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Firefox/128.0";

  private final List<Request> benign = new ArrayList<>();
  private final List<Request> hostile = new ArrayList<>();
  private final Random random;
  private final int perSecond;

  /**
   * @param perSecond how many benign requests there are in a second
   */
  BalancerTraffic(long seed, int perSecond) {
    this.random = new Random(seed);
    this.perSecond = perSecond;
    for (Request request : shipped()) {
      (request.rule() == null ? benign : hostile).add(request);
    }
  }

  /**
   * A request and its answer.
   *
   * @param client address of who asked
   * @param rule that must find it; null if none must
   * @param group the correlation that must find what the client has asked up to here; null if none
   */
  record Request(
      String client,
      String method,
      String uri,
      int status,
      long bytes,
      String agent,
      @Nullable String rule,
      @Nullable String group) {

    private Request from(String other) {
      return new Request(other, method, uri, status, bytes, agent, rule, group);
    }

    private Request toBeFoundBy(String correlation) {
      return new Request(client, method, uri, status, bytes, agent, rule, correlation);
    }
  }

  /** Returns what is asked in a second; the first one is number 0. */
  List<Request> second(int number) {
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < perSecond; i++) {
      requests.add(benign.get(random.nextInt(benign.size())).from(somebody()));
    }
    requests.add(hostile.get(number % hostile.size()).from(INTRUDER));
    int wave = number / WAVE_EVERY_SECONDS;
    int second = number % WAVE_EVERY_SECONDS;
    if (second < WAVE_SECONDS) {
      guessPasswords("198.51.100." + (1 + wave % 250), second, requests);
      guessPaths("2001:db8:bad::" + Integer.toHexString(1 + wave), second, requests);
    }
    return requests;
  }

  /** So many people that nobody of them is refused often. */
  private String somebody() {
    int number = random.nextInt(Math.min(60_000, 400 + 8 * perSecond));
    return "198.18.%d.%d".formatted(number / 250, 1 + number % 250);
  }

  private static void guessPasswords(String client, int second, List<Request> requests) {
    for (int i = 0; i < PASSWORDS_A_SECOND; i++) {
      Request guess =
          new Request(client, "POST", "/login", 401, 298, BROWSER, /* rule= */ null, null);
      boolean twentieth = second * PASSWORDS_A_SECOND + i + 1 == 20;
      requests.add(twentieth ? guess.toBeFoundBy(PASSWORDS_GUESSED) : guess);
    }
  }

  private static void guessPaths(String client, int second, List<Request> requests) {
    for (int i = 0; i < PATHS_A_SECOND; i++) {
      int number = second * PATHS_A_SECOND + i;
      String path = "/" + NAMES.get(number / ENDINGS.size()) + ENDINGS.get(number % ENDINGS.size());
      Request guess = new Request(client, "GET", path, 404, 512, BROWSER, /* rule= */ null, null);
      requests.add(number + 1 == 50 ? guess.toBeFoundBy(PATHS_GUESSED) : guess);
    }
  }

  private static List<Request> shipped() {
    String resource = "/demo/requests.txt";
    try (InputStream in = BalancerTraffic.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks its resource " + resource);
      }
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(BalancerTraffic::request)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the resource " + resource, e);
    }
  }

  private static Request request(String line) {
    List<String> parts = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
    return new Request(
        /* client= */ "",
        parts.get(3),
        parts.get(4),
        Integer.parseInt(parts.get(1)),
        Long.parseLong(parts.get(2)),
        parts.get(5),
        parts.get(0).equals("-") ? null : parts.get(0),
        /* group= */ null);
  }
}
