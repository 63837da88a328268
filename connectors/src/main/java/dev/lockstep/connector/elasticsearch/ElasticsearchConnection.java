package dev.lockstep.connector.elasticsearch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.message.BasicHeader;
import org.elasticsearch.client.RestClient;
import org.elasticsearch.client.RestClientBuilder;

/** Builds clients by our settings; this is where secrets are read. */
final class ElasticsearchConnection {

  private ElasticsearchConnection() {}

  /**
   * Returns the builder of a client that the caller closes.
   *
   * @throws IOException if a secret is not where it should be
   */
  static RestClientBuilder builder(ElasticsearchSettings settings) throws IOException {
    RestClientBuilder builder = RestClient.builder(hosts(settings));
    if (!settings.pathPrefix().isEmpty()) {
      builder.setPathPrefix(settings.pathPrefix());
    }
    builder.setCompressionEnabled(settings.bulk().compressed());
    builder.setDefaultHeaders(
        settings
            .authorization()
            .header()
            .map(value -> new Header[] {new BasicHeader("Authorization", value)})
            .orElse(new Header[0]));
    builder.setRequestConfigCallback(
        request ->
            request
                .setConnectTimeout((int) settings.timeouts().connect().toMillis())
                .setSocketTimeout((int) settings.timeouts().answer().toMillis()));
    String authority = settings.certificateAuthority();
    if (authority != null) {
      SSLContext trusting = trusting(Path.of(authority));
      builder.setHttpClientConfigCallback(client -> client.setSSLContext(trusting));
    }
    return builder;
  }

  static HttpHost[] hosts(ElasticsearchSettings settings) {
    return settings.hosts().stream().map(ElasticsearchConnection::host).toArray(HttpHost[]::new);
  }

  private static HttpHost host(URI uri) {
    return new HttpHost(uri.getHost(), uri.getPort(), uri.getScheme());
  }

  private static SSLContext trusting(Path authority) {
    try (InputStream pem = Files.newInputStream(authority)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        trusted.setCertificateEntry("authority-" + trusted.size(), certificate);
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("Cannot trust the certificates in " + authority, e);
    }
  }
}
