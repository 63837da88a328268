package dev.lockstep.connector.launchdarkly;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.launchdarkly.sdk.LDValue;
import dev.lockstep.connector.launchdarkly.FlagApiException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * LaunchDarkly's REST API, as far as flags are read and changed by it. Follows no redirect, so the
 * token goes nowhere else, and repeats nothing of which it is not sure that it was not done.
 */
public final class FlagApi {

  /** LaunchDarkly's own, unless it is a regional or federal instance. */
  public static final URI LAUNCHDARKLY = URI.create("https://app.launchdarkly.com");

  /** The API's version that this is written for; without it a token's own would count. */
  private static final String VERSION = "20240415";

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int MAX_BYTES = 16 << 20;
  private static final int MAX_SHOWN = 300;
  private static final int ATTEMPTS = 4;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private final FlagApiSettings settings;
  private final Clock clock;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * @param clock for times that LaunchDarkly names
   */
  public FlagApi(FlagApiSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** The key of the environment that is changed. */
  public String environment() {
    return settings.environment();
  }

  FlagIds ids(String flag) throws IOException, InterruptedException {
    URI uri = URI.create(settings.flag(flag) + "?env=" + settings.environment());
    LDValue found = ask(request(uri).GET().build(), "GET " + uri.getPath());
    if (found.get("environments").get(settings.environment()).isNull()) {
      throw new FlagApiException(
          Kind.REFUSED,
          "there is no environment %s in the project %s"
              .formatted(settings.environment(), settings.project()));
    }
    return FlagIds.ofApi(found, settings.environment());
  }

  /**
   * Makes a change.
   *
   * @param comment what the flag's history says of it
   * @throws FlagApiException if it is not made, or not known to be made
   */
  public void apply(FlagChange change, String comment) throws IOException, InterruptedException {
    URI uri = settings.flag(change.flag());
    HttpRequest request =
        request(uri)
            .header("Content-Type", FlagChange.CONTENT_TYPE)
            .method(
                "PATCH",
                HttpRequest.BodyPublishers.ofString(
                    change.body(settings.environment(), comment), UTF_8))
            .build();
    LDValue ignored = ask(request, "PATCH " + uri.getPath());
  }

  private HttpRequest.Builder request(URI uri) throws IOException {
    try {
      return HttpRequest.newBuilder(uri)
          .timeout(ANSWER)
          .header("Authorization", settings.token().resolve())
          .header("LD-API-Version", VERSION);
    } catch (IllegalArgumentException e) {
      // Its message would quote the token.
      throw new FlagApiException(
          Kind.REFUSED, "what is at %s cannot be a token".formatted(settings.token()));
    }
  }

  private LDValue ask(HttpRequest request, String asked) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      HttpResponse<InputStream> response = send(request, asked);
      String body;
      try (InputStream stream = response.body()) {
        body = new String(stream.readNBytes(MAX_BYTES), UTF_8);
      }
      if (response.statusCode() == 200) {
        return parsed(body, asked);
      }
      if (response.statusCode() != 429) {
        throw failure(response.statusCode(), body, asked);
      }
      Duration wait = wait(response);
      if (attempt == ATTEMPTS || wait.compareTo(LONGEST_WAIT) > 0) {
        throw new FlagApiException(
            Kind.LATER,
            "%s: too many requests (429); it wants to be asked again in %d s"
                .formatted(asked, Math.max(1, wait.toSeconds())));
      }
      Thread.sleep(wait.toMillis());
    }
  }

  private HttpResponse<InputStream> send(HttpRequest request, String asked)
      throws IOException, InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (java.net.ConnectException e) {
      throw new FlagApiException(
          Kind.LATER, "%s: cannot connect to %s".formatted(asked, request.uri().getAuthority()));
    } catch (IOException e) {
      String message = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
      throw new FlagApiException(
          request.method().equals("GET") ? Kind.LATER : Kind.UNKNOWN,
          "%s: no answer (%s)%s".formatted(asked, message, doubt(request.method())));
    }
  }

  private static String doubt(String method) {
    return method.equals("GET")
        ? ""
        : "; it may have been done: look at the flag before you repeat";
  }

  private static LDValue parsed(String body, String asked) throws FlagApiException {
    try {
      return LDValue.parse(body);
    } catch (RuntimeException e) {
      throw new FlagApiException(Kind.UNKNOWN, asked + ": the answer is no JSON");
    }
  }

  private FlagApiException failure(int status, String body, String asked) {
    String said = "%s: %s".formatted(asked, said(status, body));
    return switch (status) {
      case 400 -> new FlagApiException(Kind.CONFLICT, said);
      case 401 ->
          new FlagApiException(
              Kind.REFUSED,
              "%s; the token is that of %s, and must be an access token, not an SDK key"
                  .formatted(said, settings.token()));
      case 403 ->
          new FlagApiException(
              Kind.REFUSED,
              "%s; the token of %s may not do that".formatted(said, settings.token()));
      case 404 ->
          new FlagApiException(
              Kind.REFUSED,
              "%s; is %s the project's key, and is the flag in it?"
                  .formatted(said, settings.project()));
      case 405 ->
          new FlagApiException(
              Kind.APPROVAL_NEEDED,
              said
                  + "; changes of this environment need an approval: make a request for it in"
                  + " LaunchDarkly with the instructions above");
      case 409 ->
          new FlagApiException(
              Kind.CONFLICT, said + "; somebody changed the flag at the same moment: ask again");
      default -> {
        boolean changes = asked.startsWith("PATCH");
        yield new FlagApiException(
            changes ? Kind.UNKNOWN : Kind.LATER, said + (changes ? doubt("PATCH") : ""));
      }
    };
  }

  /** The status, with LaunchDarkly's own words if there are any. */
  private static String said(int status, String body) {
    String words = "";
    try {
      words = Objects.requireNonNullElse(LDValue.parse(body).get("message").stringValue(), "");
    } catch (RuntimeException e) {
      // A proxy answers with a page; its status says enough.
    }
    words = words.replaceAll("\\p{Cntrl}+", " ").strip();
    if (words.length() > MAX_SHOWN) {
      words = words.substring(0, MAX_SHOWN) + "…";
    }
    return "it answered " + status + (words.isEmpty() ? "" : " (" + words + ")");
  }

  /** {@code Retry-After} in seconds, or {@code X-Ratelimit-Reset} as a time in milliseconds. */
  private Duration wait(HttpResponse<?> response) {
    try {
      String seconds = response.headers().firstValue("Retry-After").orElse("");
      if (!seconds.isEmpty()) {
        return Duration.ofSeconds(Math.max(0, Long.parseLong(seconds)));
      }
      String reset = response.headers().firstValue("X-Ratelimit-Reset").orElse("");
      if (!reset.isEmpty()) {
        Duration left =
            Duration.between(clock.instant(), Instant.ofEpochMilli(Long.parseLong(reset)));
        return left.isNegative() ? Duration.ZERO : left;
      }
    } catch (NumberFormatException e) {
      // As if it had named none.
    }
    return Duration.ofSeconds(2);
  }
}
