package dev.lockstep.connector.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadMetricsTest {

  private final ShownMetrics shown = new ShownMetrics();
  private final ReadMetrics metrics = new ReadMetrics(shown);

  @Test
  void bytesCountForTheirCustomerAndInAll() {
    metrics.of("acme").bytes().inc(10);
    metrics.of("globex").bytes().inc(5);
    metrics.of("acme").bytes().inc(1);

    assertThat(shown.of("customerFileBytesRead{customer=acme}")).isEqualTo(11);
    assertThat(shown.of("customerFileBytesRead{customer=globex}")).isEqualTo(5);
    assertThat(shown.of("fileBytesRead")).isEqualTo(16);
  }

  @Test
  void customersBeyondTheBoundShareOneCounter() {
    for (int i = 0; i < SearchMetrics.MAX_CUSTOMERS + 50; i++) {
      metrics.of("customer-" + i).events().inc();
    }

    assertThat(shown.of("customerFileEventsRead{customer=other}")).isEqualTo(50);
    assertThat(shown.number("customerFileEventsRead")).isEqualTo(SearchMetrics.MAX_CUSTOMERS + 1);
  }
}
