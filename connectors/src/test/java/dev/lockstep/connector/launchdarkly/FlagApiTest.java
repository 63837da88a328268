package dev.lockstep.connector.launchdarkly;

import static dev.lockstep.connector.launchdarkly.FlagJson.egress;
import static dev.lockstep.connector.launchdarkly.FlagJson.ingress;
import static dev.lockstep.connector.launchdarkly.FlagJson.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.connector.launchdarkly.FlagApiException.Kind;
import dev.lockstep.connector.secret.SecretReference;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlagApiTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String FLAG = "lockstep-egress";
  private static final FlagChange CHANGE =
      new FlagChange(FLAG, List.of("{\"kind\":\"removeRule\",\"ruleId\":\"none\"}"));

  private final FakeFlagApi server = new FakeFlagApi(set(ingress(1, true), egress(1, 0)));
  private final Path token;

  FlagApiTest(@TempDir Path folder) throws IOException {
    token = folder.resolve("token");
    Files.writeString(token, FakeFlagApi.TOKEN + "\n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void sendsAPatchOfInstructions() throws Exception {
    api().apply(CHANGE, "why");

    assertThat(server.requests()).containsExactly("PATCH /api/v2/flags/soc/lockstep-egress");
    assertThat(server.patches()).hasSize(1);
    assertThat(server.patches().get(0).get("comment").stringValue()).isEqualTo("why");
  }

  @Test
  void readsIdsOfOneEnvironment() throws Exception {
    assertThat(api().ids(FLAG).variations()).hasSize(3);
    assertThat(server.requests())
        .containsExactly("GET /api/v2/flags/soc/lockstep-egress?env=production");
  }

  @ParameterizedTest
  @CsvSource({
    "400,CONFLICT",
    "401,REFUSED",
    "403,REFUSED",
    "404,REFUSED",
    "405,APPROVAL_NEEDED",
    "409,CONFLICT",
    "500,UNKNOWN",
    "503,UNKNOWN",
    "302,UNKNOWN"
  })
  void tellsWhatIsToBeDone(int status, Kind kind) {
    server.answer(status, Map.of("Location", server.uri() + "/x"), "{\"message\":\"sorry\\n\"}");

    FlagApiException failure = failure(CHANGE);

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure)
        .hasMessageStartingWith(
            "PATCH /api/v2/flags/soc/lockstep-egress: it answered " + status + " (sorry)");
    assertThat(server.requests()).as("asked once").hasSize(1);
  }

  @Test
  void neverSaysTheToken() throws IOException {
    Files.writeString(token, "api-other");
    FlagApiException failure = failure(CHANGE);
    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure).hasMessageContaining("file:" + token).message().doesNotContain("api-other");

    Files.writeString(token, "broken\ntoken");
    assertThat(failure(CHANGE)).message().doesNotContain("broken");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Retry-After=0", "X-Ratelimit-Reset=1767225600000", "Retry-After=soon"})
  void asksAgainWhenItIsToldToWait(String header) throws Exception {
    String[] parts = header.split("=", 2);
    server.answer(429, Map.of(parts[0], parts[1]), "{}");

    api().apply(CHANGE, "why");

    assertThat(server.requests()).hasSize(2);
    assertThat(server.patches()).hasSize(1);
  }

  @Test
  void doesNotWaitForHours() {
    server.answer(429, Map.of("Retry-After", "7200"), "{}");

    FlagApiException failure = failure(CHANGE);

    assertThat(failure.kind()).isEqualTo(Kind.LATER);
    assertThat(failure).hasMessageContaining("asked again in 7200 s");
  }

  @Test
  void givesUpWhenItIsAlwaysTooMuch() {
    for (int i = 0; i < 4; i++) {
      server.answer(429, Map.of("Retry-After", "0"), "{}");
    }
    assertThat(failure(CHANGE).kind()).isEqualTo(Kind.LATER);
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void saysThatNothingWasDoneWhereNobodyListens() {
    server.close();

    assertThat(failure(CHANGE).kind()).isEqualTo(Kind.LATER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://app.launchdarkly.com",
        "ftp://127.0.0.1",
        "https:///x",
        "http://127.0.0.2"
      })
  void sendsNoTokenInTheOpen(String uri) {
    assertThatThrownBy(() -> settings(URI.create(uri), "soc"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https://");
  }

  @Test
  void takesNoKeyThatIsAPath() {
    assertThatThrownBy(() -> settings(server.uri(), "soc/../other"))
        .hasMessageContaining("key of the project");
  }

  private FlagApi api() {
    return new FlagApi(
        settings(server.uri(), FakeFlagApi.PROJECT), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private FlagApiSettings settings(URI uri, String project) {
    return new FlagApiSettings(
        uri, SecretReference.parse("file:" + token), project, FakeFlagApi.ENVIRONMENT);
  }

  private FlagApiException failure(FlagChange change) {
    return catchThrowableOfType(FlagApiException.class, () -> api().apply(change, "why"));
  }
}
