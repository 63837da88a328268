package dev.lockstep.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.connector.elasticsearch.AlertIndexSink;
import dev.lockstep.connector.elasticsearch.Authorization;
import dev.lockstep.connector.elasticsearch.ElasticsearchSettings;
import dev.lockstep.connector.elasticsearch.IndexTemplate;
import dev.lockstep.connector.elasticsearch.RejectedDocument;
import dev.lockstep.connector.elasticsearch.RejectedDocuments;
import dev.lockstep.connector.secret.SecretReference;
import dev.lockstep.connector.wire.IndexRecord;
import dev.lockstep.index.SampleAlerts;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The sink against an Elasticsearch that speaks TLS alone and wants to know who we are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredElasticsearchIT {

  private static final String USER = "lockstep";
  private static final String PASSWORD = "correct-horse-battery";

  /** bcrypt of the password, with ten rounds. */
  private static final String HASH = "$2a$10$abcdefghijklmnopqrstuuVXnBLFLU5JfGWbrHXddZ/3PyNLGYeqO";

  private static final Duration START = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();

  private Path directory;
  private URI node;
  private ChildProcess process;
  private HttpClient http;

  @BeforeAll
  void startNode(@TempDir Path temporary) throws Exception {
    directory = temporary;
    ElasticsearchLayout layout =
        ElasticsearchLayout.prepare(
            temporary.resolve("node"), Services.locate(), ServiceUser.forThisProcess());
    int port = LoopbackPorts.free();
    node = URI.create("https://" + LoopbackPorts.HOST + ":" + port);
    layout.writeConfiguration(port, LoopbackPorts.free());
    KeyStore keys = keys();
    secure(layout, keys);
    http = HttpClient.newBuilder().sslContext(trusting(keys)).build();
    process = ElasticsearchNode.launch(layout);
    process.await("it takes the index template", START, this::takesTheTemplate);
  }

  @AfterAll
  void stopNode() {
    if (process != null) {
      process.kill();
    }
  }

  @Test
  void writesWithUserAndPasswordOverTls() throws Exception {
    index("basic", withPassword(PASSWORD));
    assertThat(count("basic")).isEqualTo(100);
  }

  @Test
  void failsWhereItIsNotKnownOrTheNodeIsNotTrusted() throws Exception {
    ElasticsearchSettings stranger =
        settings(new Authorization.Basic(USER, secret("wrong", "wrong-password")), "ca.pem");
    assertThatThrownBy(() -> IndexTemplate.ALERTS.install(stranger, OptionalInt.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("401")
        .hasMessageNotContaining("wrong-password");
    assertThatThrownBy(() -> index("stranger", stranger))
        .rootCause()
        .hasMessageContaining("security_exception");
    // This distribution cannot keep the index of API keys, so none is known to it.
    ElasticsearchSettings unknownKey =
        settings(new Authorization.ApiKey(secret("api-key", "aWQ6c2VjcmV0")), "ca.pem");
    assertThatThrownBy(() -> IndexTemplate.ALERTS.install(unknownKey, OptionalInt.empty()))
        .hasMessageContaining("401");

    ElasticsearchSettings untrusting =
        ElasticsearchSettings.of(List.of(node))
            .with(new Authorization.Basic(USER, secret("password", PASSWORD)));
    assertThatThrownBy(() -> IndexTemplate.ALERTS.install(untrusting, OptionalInt.empty()))
        .hasRootCauseInstanceOf(GeneralSecurityException.class)
        .isInstanceOf(SSLHandshakeException.class);
  }

  private void index(String customer, ElasticsearchSettings settings) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            1, Configuration.fromMap(Map.of("restart-strategy.type", "none")));
    List<IndexRecord> alerts =
        IntStream.range(0, 100)
            .mapToObj(i -> IndexRecord.of(SampleAlerts.json(customer, i)))
            .toList();
    env.fromData(alerts).sinkTo(AlertIndexSink.create(settings, NothingIsRefused::new));
    env.execute();
  }

  private long count(String customer) throws Exception {
    String index = "/lockstep-alerts-live-" + customer + "-2026.01";
    ask("POST", index + "/_refresh", "");
    JsonNode answer = JSON.readTree(ask("GET", index + "/_count", ""));
    return answer.path("count").asLong();
  }

  private boolean takesTheTemplate() {
    try {
      IndexTemplate.ALERTS.install(withPassword(PASSWORD), OptionalInt.of(0));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private ElasticsearchSettings withPassword(String password) throws IOException {
    return settings(new Authorization.Basic(USER, secret("password", password)), "ca.pem");
  }

  private ElasticsearchSettings settings(Authorization authorization, String authority) {
    ElasticsearchSettings open = ElasticsearchSettings.of(List.of(node));
    return new ElasticsearchSettings(
        open.hosts(),
        authorization,
        directory.resolve(authority).toString(),
        open.bulk(),
        open.backoff(),
        open.timeouts());
  }

  private SecretReference secret(String name, String secret) throws IOException {
    return SecretReference.parse("file:" + Files.writeString(directory.resolve(name), secret));
  }

  private String ask(String method, String path, String body) throws Exception {
    String pair = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(UTF_8));
    return http.send(
            HttpRequest.newBuilder(node.resolve(path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Basic " + pair)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** A key for the node and its certificate, made for this run. */
  private KeyStore keys() throws Exception {
    Path file = directory.resolve("node.p12");
    List<String> command =
        List.of(
            Executables.javaHome().resolve("bin").resolve("keytool").toString(),
            "-genkeypair",
            "-alias",
            "node",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=lockstep-test",
            "-ext",
            "SAN=ip:" + LoopbackPorts.HOST,
            "-keystore",
            file.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD);
    ChildProcess.start("keytool", new ProcessBuilder(command), directory.resolve("keytool.log"))
        .awaitSuccess(START);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private void secure(ElasticsearchLayout layout, KeyStore keys) throws Exception {
    Path config = layout.directory().resolve("config");
    Key key = keys.getKey("node", PASSWORD.toCharArray());
    Certificate certificate = keys.getCertificate("node");
    pem(config.resolve("node.key"), "PRIVATE KEY", key.getEncoded());
    pem(config.resolve("node.pem"), "CERTIFICATE", certificate.getEncoded());
    pem(directory.resolve("ca.pem"), "CERTIFICATE", certificate.getEncoded());
    Files.writeString(config.resolve("users"), USER + ":" + HASH + "\n");
    Files.writeString(config.resolve("users_roles"), "superuser:" + USER + "\n");
    Path settings = config.resolve("elasticsearch.yml");
    Files.writeString(
        settings,
        Files.readString(settings)
                .replace("xpack.security.enabled: false", "xpack.security.enabled: true")
            + """
            xpack.security.autoconfiguration.enabled: false
            xpack.security.authc.api_key.enabled: true
            xpack.security.http.ssl.enabled: true
            xpack.security.http.ssl.key: node.key
            xpack.security.http.ssl.certificate: node.pem
            """);
    layout.user().own(config);
  }

  private static void pem(Path file, String what, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        file, "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
  }

  private static SSLContext trusting(KeyStore keys) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("node", keys.getCertificate("node"));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private static final class NothingIsRefused implements RejectedDocuments<IndexRecord> {
    @Override
    public void reject(RejectedDocument<IndexRecord> document) throws IOException {
      throw new IOException("unexpected: " + document);
    }

    @Override
    public void resolve(IndexRecord input, String customer) {}

    @Override
    public void close() {}
  }
}
