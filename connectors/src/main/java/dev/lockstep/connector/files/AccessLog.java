package dev.lockstep.connector.files;

import static dev.lockstep.connector.files.AccessLogField.Kind.ENDPOINT;
import static dev.lockstep.connector.files.AccessLogField.Kind.NUMBER;
import static dev.lockstep.connector.files.AccessLogField.Kind.QUOTED;
import static dev.lockstep.connector.files.AccessLogField.Kind.TEXT;
import static dev.lockstep.connector.files.AccessLogField.Kind.TIME;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Access logs of the load balancers of AWS: lines of columns in an order that AWS documents. */
final class AccessLog extends LineFormat {
  private static final long serialVersionUID = 1L;

  private final List<AccessLogField> fields;

  /** How many columns the oldest lines have; newer ones were added at the end. */
  private final int required;

  private AccessLog(String name, List<AccessLogField> fields, int required) {
    super(name);
    this.fields = fields;
    this.required = required;
  }

  /** Classic Load Balancers. Lines of 2014 and before end with the request. */
  static AccessLog classic() {
    return new AccessLog(
        "elb",
        Stream.of(
                of(TIME, "time"),
                of(TEXT, "elb"),
                of(ENDPOINT, "client:port", "backend:port"),
                of(
                    NUMBER,
                    "request_processing_time",
                    "backend_processing_time",
                    "response_processing_time",
                    "elb_status_code",
                    "backend_status_code",
                    "received_bytes",
                    "sent_bytes"),
                of(QUOTED, "request", "user_agent"),
                of(TEXT, "ssl_cipher", "ssl_protocol"))
            .flatMap(List::stream)
            .toList(),
        12);
  }

  /** Application Load Balancers. The first lines that AWS documented end with the trace id. */
  static AccessLog application() {
    return new AccessLog(
        "alb",
        Stream.of(
                of(TEXT, "type"),
                of(TIME, "time"),
                of(TEXT, "elb"),
                of(ENDPOINT, "client:port", "target:port"),
                of(
                    NUMBER,
                    "request_processing_time",
                    "target_processing_time",
                    "response_processing_time",
                    "elb_status_code",
                    "target_status_code",
                    "received_bytes",
                    "sent_bytes"),
                of(QUOTED, "request", "user_agent"),
                of(TEXT, "ssl_cipher", "ssl_protocol", "target_group_arn"),
                of(QUOTED, "trace_id", "domain_name", "chosen_cert_arn"),
                of(NUMBER, "matched_rule_priority"),
                of(TIME, "request_creation_time"),
                of(QUOTED, "actions_executed", "redirect_url", "error_reason"),
                of(TEXT, "target:port_list", "target_status_code_list"),
                of(QUOTED, "classification", "classification_reason"),
                of(TEXT, "conn_trace_id"),
                of(QUOTED, "transformed_host", "transformed_uri", "request_transform_status"))
            .flatMap(List::stream)
            .toList(),
        18);
  }

  @Override
  LineParser parser(FileHead head) {
    return new AccessLogParser(fields, required);
  }

  private static List<AccessLogField> of(AccessLogField.Kind kind, String... names) {
    return Arrays.stream(names).map(name -> new AccessLogField(name, kind)).toList();
  }
}
