package dev.lockstep.job.config;

import dev.lockstep.connector.elasticsearch.ElasticsearchSettings;
import dev.lockstep.connector.elasticsearch.ElasticsearchSettings.Backoff;
import dev.lockstep.connector.elasticsearch.ElasticsearchSettings.Bulk;
import dev.lockstep.connector.kafka.StartingPoint;
import dev.lockstep.job.config.LockstepConfig.EventIndex;
import dev.lockstep.job.config.LockstepOptions.ElasticsearchMode;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** From options to which events are indexed, and how. */
final class EventIndexOptions {

  /** As the envelope has it: an id that is longer is no customer's. */
  private static final int MAX_CUSTOMER_CHARACTERS = 128;

  /**
   * About a minute. There is so much to read again after a restart that waiting is cheaper, and a
   * server that is overloaded is not helped by it.
   */
  private static final Backoff BACKOFF = new Backoff(11, Duration.ofMillis(500));

  private EventIndexOptions() {}

  static EventIndex eventIndex(TypedOptions options) {
    EventIndex index =
        new EventIndex(
            options.list(
                LockstepOptions.EVENT_INDEX_CUSTOMERS,
                EventIndexOptions::customer,
                EventIndexOptions::customers),
            options.get(LockstepOptions.EVENT_INDEX_FROM, StartingPoint::parse),
            options.get(LockstepOptions.EVENT_INDEX_MAX_DISTANCE, OptionChecks::notNegative),
            settings(options));
    ElasticsearchMode mode = options.get(LockstepOptions.ELASTICSEARCH_MODE);
    if (index.isOn() && mode != ElasticsearchMode.INDEX_JOB) {
      options.problem(
          LockstepOptions.EVENT_INDEX_CUSTOMERS,
          "needs elasticsearch.mode: index-job, whose job writes the events, was '" + mode + "'");
    }
    return index;
  }

  private static ElasticsearchSettings settings(TypedOptions options) {
    return ElasticsearchOptions.settings(options)
        .with(
            new Bulk(
                options.get(LockstepOptions.EVENT_INDEX_BULK_ACTIONS, OptionChecks::positive),
                options.get(LockstepOptions.EVENT_INDEX_BULK_SIZE, OptionChecks::mebibytes),
                options.get(LockstepOptions.EVENT_INDEX_BULK_INTERVAL, OptionChecks::positive),
                options.get(LockstepOptions.EVENT_INDEX_BULK_IN_FLIGHT, OptionChecks::positive),
                options.get(LockstepOptions.EVENT_INDEX_BULK_COMPRESSION)))
        .with(BACKOFF);
  }

  private static String customer(String text) {
    if (text.length() > MAX_CUSTOMER_CHARACTERS) {
      throw new IllegalArgumentException(
          "must be customer ids of at most "
              + MAX_CUSTOMER_CHARACTERS
              + " characters, was '"
              + text
              + "'");
    }
    return text;
  }

  private static Set<String> customers(List<String> names) {
    Set<String> customers = new LinkedHashSet<>(names);
    if (customers.contains(EventIndex.ALL) && customers.size() > 1) {
      throw new IllegalArgumentException(
          "must be '*' alone or customers by name, was " + customers);
    }
    return customers;
  }
}
