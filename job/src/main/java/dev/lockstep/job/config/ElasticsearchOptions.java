package dev.lockstep.job.config;

import dev.lockstep.connector.elasticsearch.Authorization;
import dev.lockstep.connector.elasticsearch.ElasticsearchSettings;
import dev.lockstep.connector.elasticsearch.ElasticsearchSettings.Bulk;
import dev.lockstep.connector.elasticsearch.SecretReference;
import java.net.URI;
import java.util.List;

/** From options to the settings of the Elasticsearch connector. */
final class ElasticsearchOptions {

  private ElasticsearchOptions() {}

  static ElasticsearchSettings settings(TypedOptions options) {
    List<URI> hosts =
        options.list(LockstepOptions.ELASTICSEARCH_HOSTS).stream().map(URI::create).toList();
    ElasticsearchSettings defaults = ElasticsearchSettings.of(hosts);
    return new ElasticsearchSettings(
        hosts,
        authorization(options),
        options.getOrNull(LockstepOptions.ELASTICSEARCH_CERTIFICATE_AUTHORITY),
        bulk(options),
        defaults.backoff(),
        defaults.timeouts());
  }

  private static Bulk bulk(TypedOptions options) {
    return new Bulk(
        options.get(LockstepOptions.ELASTICSEARCH_BULK_ACTIONS),
        options.get(LockstepOptions.ELASTICSEARCH_BULK_SIZE).getMebiBytes(),
        options.get(LockstepOptions.ELASTICSEARCH_BULK_INTERVAL));
  }

  private static Authorization authorization(TypedOptions options) {
    String apiKey = options.getOrNull(LockstepOptions.ELASTICSEARCH_API_KEY);
    String user = options.getOrNull(LockstepOptions.ELASTICSEARCH_USERNAME);
    String password = options.getOrNull(LockstepOptions.ELASTICSEARCH_PASSWORD);
    if (apiKey != null && (user != null || password != null)) {
      options.problem(
          LockstepOptions.ELASTICSEARCH_API_KEY,
          "must not be set together with elasticsearch.username or elasticsearch.password");
    }
    if ((user == null) != (password == null)) {
      options.problem(
          LockstepOptions.ELASTICSEARCH_USERNAME,
          "must be set together with elasticsearch.password, or neither");
    }
    if (apiKey != null) {
      return new Authorization.ApiKey(SecretReference.parse(apiKey));
    }
    return user != null && password != null
        ? new Authorization.Basic(user, SecretReference.parse(password))
        : new Authorization.None();
  }
}
