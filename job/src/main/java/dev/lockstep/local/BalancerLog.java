package dev.lockstep.local;

import dev.lockstep.local.BalancerTraffic.Request;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Names and lines of the access log of an Application Load Balancer, as AWS delivers it. */
final class BalancerLog {

  private static final String ACCOUNT = "111122223333";
  private static final String REGION = "eu-central-1";
  private static final String BALANCER = "app/shop/50dc6c495c0c9188";
  private static final String HOST = "shop.hooli.example";
  private static final DateTimeFormatter FOLDER = utc("yyyy/MM/dd");
  private static final DateTimeFormatter END = utc("yyyyMMdd'T'HHmm'Z'");
  private static final DateTimeFormatter MICROSECONDS = utc("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

  private BalancerLog() {}

  private static DateTimeFormatter utc(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  /**
   * Returns which files the logs of all customers are, below a folder, as our options name them.
   */
  static String pattern() {
    return "{customer}/AWSLogs/{account}/elasticloadbalancing/{region}/{yyyy}/{MM}/{dd}/*.log.gz";
  }

  /** Returns where a file lies below the same folder. */
  static String path(String customer, Instant end, int number) {
    return "%s/AWSLogs/%s/elasticloadbalancing/%s/%s/%s_elasticloadbalancing_%s_%s_%s_192.0.2.30_%08x.log.gz"
        .formatted(
            customer,
            ACCOUNT,
            REGION,
            FOLDER.format(end),
            ACCOUNT,
            REGION,
            BALANCER.replace('/', '.'),
            END.format(end),
            number);
  }

  /**
   * Returns a line, without its end.
   *
   * @param number tells it from all others
   */
  static String line(Request request, Instant at, long number) {
    String client =
        request.client().contains(":") ? "[" + request.client() + "]" : request.client();
    int port = 32768 + (int) (number % 28000);
    String target = "10.0.1." + (10 + number % 3) + ":8080";
    return String.join(
        " ",
        "h2",
        MICROSECONDS.format(at),
        BALANCER,
        client + ":" + port,
        target,
        "0.000 0.012 0.000",
        request.status() + " " + request.status(),
        "312 " + request.bytes(),
        "\"%s https://%s:443%s HTTP/2.0\"".formatted(request.method(), HOST, request.uri()),
        "\"" + request.agent() + "\"",
        "TLS_AES_128_GCM_SHA256 TLSv1.3",
        "arn:aws:elasticloadbalancing:%s:%s:targetgroup/shop/73e2d6bc24d8a067"
            .formatted(REGION, ACCOUNT),
        "\"Root=1-%08x-%024x\"".formatted(at.getEpochSecond(), number),
        "\"" + HOST + "\"",
        "\"arn:aws:acm:%s:%s:certificate/12345678-1234-1234-1234-123456789012\""
            .formatted(REGION, ACCOUNT),
        "1",
        MICROSECONDS.format(at.minusMillis(12)),
        "\"forward\" \"-\" \"-\"",
        "\"" + target + "\"",
        "\"" + request.status() + "\"",
        "\"-\" \"-\"",
        "TID_%032x".formatted(number));
  }
}
