package dev.lockstep.job.config;

import dev.lockstep.connector.elasticsearch.Authorization;
import dev.lockstep.connector.elasticsearch.ElasticsearchSettings;
import dev.lockstep.connector.elasticsearch.ElasticsearchSettings.Bulk;
import dev.lockstep.connector.secret.SecretReference;
import java.util.Optional;

/** From options to the settings of the Elasticsearch connector. */
final class ElasticsearchOptions {

  private ElasticsearchOptions() {}

  static ElasticsearchSettings settings(TypedOptions options) {
    ElasticsearchSettings defaults =
        options.list(
            LockstepOptions.ELASTICSEARCH_HOSTS, OptionChecks::httpUri, ElasticsearchSettings::of);
    return new ElasticsearchSettings(
        defaults.hosts(),
        authorization(options),
        options
            .find(LockstepOptions.ELASTICSEARCH_CERTIFICATE_AUTHORITY, OptionChecks::notBlank)
            .orElse(null),
        bulk(options),
        defaults.backoff(),
        defaults.timeouts());
  }

  private static Bulk bulk(TypedOptions options) {
    return new Bulk(
        options.get(LockstepOptions.ELASTICSEARCH_BULK_ACTIONS, OptionChecks::positive),
        options.get(LockstepOptions.ELASTICSEARCH_BULK_SIZE, OptionChecks::mebibytes),
        options.get(LockstepOptions.ELASTICSEARCH_BULK_INTERVAL, OptionChecks::positive),
        /* inFlight= */ 1,
        /* compressed= */ false);
  }

  private static Authorization authorization(TypedOptions options) {
    refuseTwoWays(options);
    Optional<Authorization> apiKey =
        options
            .find(LockstepOptions.ELASTICSEARCH_API_KEY, SecretReference::parse)
            .map(Authorization.ApiKey::new);
    Optional<SecretReference> password =
        options.find(LockstepOptions.ELASTICSEARCH_PASSWORD, SecretReference::parse);
    Optional<Authorization> basic =
        options
            .find(LockstepOptions.ELASTICSEARCH_USERNAME, OptionChecks::notBlank)
            .flatMap(user -> password.map(secret -> new Authorization.Basic(user, secret)));
    return apiKey.or(() -> basic).orElseGet(Authorization.None::new);
  }

  private static void refuseTwoWays(TypedOptions options) {
    boolean user = options.isSet(LockstepOptions.ELASTICSEARCH_USERNAME);
    boolean password = options.isSet(LockstepOptions.ELASTICSEARCH_PASSWORD);
    if (options.isSet(LockstepOptions.ELASTICSEARCH_API_KEY) && (user || password)) {
      options.problem(
          LockstepOptions.ELASTICSEARCH_API_KEY,
          "must not be set together with elasticsearch.username or elasticsearch.password");
    }
    if (user != password) {
      options.problem(
          user ? LockstepOptions.ELASTICSEARCH_USERNAME : LockstepOptions.ELASTICSEARCH_PASSWORD,
          "elasticsearch.username and elasticsearch.password must be set together, or neither");
    }
  }
}
