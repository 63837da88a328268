package dev.lockstep.connector.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.secret.SecretReference;
import dev.lockstep.connector.secret.SecretReference.Place;
import dev.lockstep.connector.wire.IndexRecord;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElasticsearchSettingsTest {

  private static final String SECRET = "s3cret";

  @Test
  void carriesReferencesToSecretsAndNeverTheSecrets(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("password"), SECRET + "\n");
    SecretReference reference = SecretReference.parse("file:" + file);
    ElasticsearchSettings settings =
        ElasticsearchSettings.of(List.of(URI.create("https://search:9200")))
            .with(new Authorization.Basic("lockstep", reference));
    String serialised =
        new String(
            InstantiationUtil.serializeObject(
                AlertIndexSink.create(settings, ElasticsearchSettingsTest::unused)),
            StandardCharsets.ISO_8859_1);

    assertThat(settings.authorization().header()).contains("Basic bG9ja3N0ZXA6czNjcmV0");
    assertThat(settings.toString()).doesNotContain(SECRET).contains("file:" + file);
    assertThat(serialised).doesNotContain(SECRET);
  }

  @Test
  void sendsAnApiKeyAsElasticsearchGaveItOut(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("key"), "a2V5");
    SecretReference key = new SecretReference(Place.FILE, file.toString());
    assertThat(new Authorization.ApiKey(key).header()).contains("ApiKey a2V5");
  }

  @Test
  void namesTheReferenceWhoseSecretIsMissing() {
    assertThatThrownBy(() -> SecretReference.parse("env:LOCKSTEP_NO_SUCH").resolve())
        .hasMessageContaining("env:LOCKSTEP_NO_SUCH");
  }

  @Test
  void doesNotRepeatASecretThatWasGivenInPlaceOfItsReference() {
    assertThatThrownBy(() -> SecretReference.parse(SECRET))
        .hasMessageContaining("env:NAME")
        .hasMessageNotContaining(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://search", "search:9200", "//search", "http://u:s3cret@search:9200"})
  void refusesAHostThatIsNotPlainHttp(String host) {
    assertThatThrownBy(() -> ElasticsearchSettings.of(List.of(URI.create(host))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void takesThePathPrefixFromTheHosts() {
    URI one = URI.create("https://one:443/search");
    URI two = URI.create("https://two:443/elsewhere");
    assertThat(ElasticsearchSettings.of(List.of(one)).pathPrefix()).isEqualTo("/search");
    assertThatThrownBy(() -> ElasticsearchSettings.of(List.of(one, two)))
        .hasMessageContaining("the same path");
  }

  private static RejectedDocuments<IndexRecord> unused() {
    throw new UnsupportedOperationException("this sink is never opened");
  }
}
