package dev.lockstep.connector.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.connector.latest.TryLaterException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a web server for a bundle, and whether it has changed. Follows no redirect, so the token
 * goes nowhere else. Not safe for use by several threads.
 */
final class RuleServerClient {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration HEADERS = Duration.ofSeconds(30);
  private static final Duration WHOLE = Duration.ofMinutes(2);

  /** What a server may ask for at most; it could keep an engine from its rules else. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private final RuleServerSettings settings;
  private final Duration whole;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private @Nullable String tag;
  private @Nullable String modified;

  RuleServerClient(RuleServerSettings settings) {
    this(settings, WHOLE);
  }

  /** {@code whole} is how long an answer may take, from the request to its last byte. */
  RuleServerClient(RuleServerSettings settings, Duration whole) {
    this.settings = settings;
    this.whole = whole;
  }

  /** What the server sent: bytes of which nothing is known yet. */
  @SuppressWarnings("ArrayRecordComponent") // Goes from one method to the next.
  record Answer(byte[] body, @Nullable String tag, @Nullable String modified) {

    /** When it was changed, as the server says. */
    @Nullable Instant publishedAt() {
      return modified == null ? null : httpTime(modified);
    }
  }

  /**
   * Asks once.
   *
   * @return empty if nothing has changed since what was {@link #taken}
   * @throws IOException if there is no answer, or another one than a file; the message holds no
   *     secret
   */
  Optional<Answer> ask() throws IOException, InterruptedException {
    HttpResponse<byte[]> response = send(request());
    return switch (response.statusCode()) {
      case 200 -> Optional.of(answer(response));
      case 304 -> Optional.empty();
      case 301, 302, 303, 307, 308 ->
          throw new IOException(
              "the server answered %d: redirects are not followed, as they could take the token"
                      .formatted(response.statusCode())
                  + " elsewhere");
      case 401, 403 ->
          throw new IOException(
              "the server answered %d: it does not accept %s"
                  .formatted(
                      response.statusCode(),
                      settings.tokenFile() == null
                          ? "requests without a token (rules.token-file)"
                          : "the token in " + settings.tokenFile()));
      case 429, 500, 502, 503, 504 ->
          throw new TryLaterException(
              "the server answered " + response.statusCode(), wantedWait(response));
      default -> throw new IOException("the server answered " + response.statusCode());
    };
  }

  /** The request's own time-out ends with the headers; this one is for all of the answer. */
  private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(request, head -> new BoundedBody(RuleTree.MAX_BUNDLE_BYTES));
    try {
      return exchange.get(whole.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(
          "no answer from %s: %s".formatted(settings.place(), reason(cause)), cause);
    } catch (TimeoutException e) {
      throw new IOException("no whole answer within %d s".formatted(whole.toSeconds()), e);
    } finally {
      exchange.cancel(true);
    }
  }

  /** The client's exceptions often have nothing but a name. */
  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  /** From now on asks whether there is something else than this. */
  void taken(Answer answer) {
    tag = answer.tag();
    modified = answer.modified();
  }

  private HttpRequest request() throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.url())
            .timeout(HEADERS)
            .header("Accept", "application/gzip, application/octet-stream");
    if (tag != null) {
      request.header("If-None-Match", tag);
    } else if (modified != null) {
      request.header("If-Modified-Since", modified);
    }
    if (settings.tokenFile() != null) {
      request.header("Authorization", "Bearer " + token(settings.tokenFile()));
    }
    return request.build();
  }

  /** Read each time: tokens are replaced while we run. */
  private static String token(String file) throws IOException {
    String token = Files.readString(Path.of(file), UTF_8).strip();
    boolean sendable = token.chars().allMatch(each -> each > ' ' && each < 127);
    if (token.isEmpty() || !sendable) {
      throw new IOException(file + " does not hold a token");
    }
    return token;
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    return new Answer(
        response.body(),
        response.headers().firstValue("ETag").orElse(null),
        response.headers().firstValue("Last-Modified").orElse(null));
  }

  /** Seconds or a time; what is neither is no wish. */
  private static Duration wantedWait(HttpResponse<?> response) {
    String wish = response.headers().firstValue("Retry-After").orElse("").strip();
    if (wish.matches("[0-9]{1,9}")) {
      return atMostLongest(Duration.ofSeconds(Long.parseLong(wish)));
    }
    Instant until = httpTime(wish);
    return until == null ? Duration.ZERO : atMostLongest(Duration.between(Instant.now(), until));
  }

  private static Duration atMostLongest(Duration wait) {
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  private static @Nullable Instant httpTime(String text) {
    try {
      return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
