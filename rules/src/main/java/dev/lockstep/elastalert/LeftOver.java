package dev.lockstep.elastalert;

import dev.lockstep.sigma.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is to be said of settings that no part of the translation takes. */
final class LeftOver {
  private static final Map<String, String> LOST =
      Map.ofEntries(
          Map.entry(
              "aggregation",
              "alerts are sent one by one; what 'lockstep.suppress' holds back is counted"),
          Map.entry("aggregation_key", "alerts are sent one by one; see 'lockstep.suppress.by'"),
          Map.entry("alert_on_new_data", "a group is judged when it is known for all its windows"),
          Map.entry(
              "limit_execution", "a rule holds at all times; 'hour' in a detection asks the time"),
          Map.entry(
              "match_enhancements", "if it drops matches, write that as a filter of the rule"),
          Map.entry("min_doc_count", "there is no least number of events; chain an 'event_count'"),
          Map.entry("realert_key", "each rule holds back its own alerts only"),
          Map.entry("timestamp_field", "say it to the engine: 'events.time' in its options"));

  private static final Set<String> READING =
      Set.of(
          "_source_enabled",
          "allow_buffer_time_overlap",
          "aws_region",
          "buffer_time",
          "ca_certs",
          "client_cert",
          "client_key",
          "doc_type",
          "fields",
          "initial_start",
          "max_query_size",
          "max_scrolling",
          "max_scrolling_count",
          "max_threads",
          "misfire_grace_time",
          "profile",
          "query_delay",
          "query_timezone",
          "run_every",
          "scan_entire_timeframe",
          "scroll_keepalive",
          "search_extra_index",
          "ssl_show_warn",
          "sync_bucket_interval",
          "terms_size",
          "timestamp_format",
          "timestamp_format_expr",
          "timestamp_to_datetime_format_expr",
          "timestamp_type",
          "use_count_query",
          "use_keyword_postfix",
          "use_run_every_query_size",
          "use_ssl",
          "use_strftime_index",
          "use_terms_query",
          "verify_certs",
          "window_step_size");

  private static final Set<String> ALERTING =
      Set.of(
          "alert",
          "assets_dir",
          "attach_related",
          "bcc",
          "category",
          "cc",
          "command",
          "custom_pretty_ts_format",
          "email",
          "fail_on_non_zero_exit",
          "from_addr",
          "generate_kibana_discover_url",
          "generate_opensearch_discover_url",
          "include",
          "include_match_in_root",
          "metric_format_string",
          "notify_email",
          "owner",
          "percentage_format_string",
          "pipe_alert_text",
          "pipe_match_json",
          "raw_count_keys",
          "replace_dots_in_field_names",
          "run_enhancements_first",
          "shorten_kibana_discover_url",
          "top_count_keys",
          "top_count_number",
          "use_local_time");

  private static final List<String> READING_PREFIXES = List.of("es_");

  private static final List<String> ALERTING_PREFIXES =
      List.of(
          "alert_",
          "alerta_",
          "alertmanager_",
          "aws_",
          "boto_",
          "chatwork_",
          "datadog_",
          "dingtalk_",
          "discord_",
          "email_",
          "exotel_",
          "flashduty_",
          "gelf_",
          "gitter_",
          "googlechat_",
          "hive_",
          "http_post",
          "indexer_",
          "iris_",
          "jinja_",
          "jira_",
          "kibana_",
          "lark_",
          "line",
          "matrixhookshot_",
          "mattermost_",
          "ms_",
          "opensearch_",
          "opsgenie_",
          "pagerduty_",
          "pagertree_",
          "rocket_chat_",
          "ses_",
          "servicenow_",
          "slack_",
          "smseagle_",
          "smtp_",
          "sns_",
          "sqs_",
          "stomp_",
          "summary_",
          "telegram_",
          "tencent_sms_",
          "twilio_",
          "victorops_",
          "webex_",
          "wechat_",
          "workwechat_",
          "yzj_",
          "zbx_");

  private LeftOver() {}

  static void report(RuleSettings settings) {
    for (YamlNode.Member member : settings.leftOver()) {
      String name = member.name();
      if (name.equals("import")) {
        settings.refuse(member, "write what it imports into the rule: filters may be among it");
      } else if (LOST.containsKey(name)) {
        settings.lose(member, LOST.getOrDefault(name, ""));
      } else if (READING.contains(name) || startsWithAny(name, READING_PREFIXES)) {
        settings.note(member, "how ElastAlert asks Elasticsearch has no meaning here");
      } else if (ALERTING.contains(name) || startsWithAny(name, ALERTING_PREFIXES)) {
        settings.note(
            member, "alerts leave by Kafka and Elasticsearch; who is told is decided behind them");
      } else {
        settings.lose(member, "not known to this import, and left out");
      }
    }
  }

  private static boolean startsWithAny(String name, List<String> prefixes) {
    return prefixes.stream().anyMatch(name::startsWith);
  }
}
