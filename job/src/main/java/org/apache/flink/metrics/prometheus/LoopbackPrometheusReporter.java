package org.apache.flink.metrics.prometheus;

import io.prometheus.client.exporter.HTTPServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.apache.flink.metrics.MetricConfig;

/**
 * Serves metrics as Flink's Prometheus reporter does, but on 127.0.0.1 alone; Flink's own listens
 * on all addresses of the machine. It lives in that reporter's package because what is served is
 * visible only there. For the embedded cluster; it is no part of the jar that a cluster runs.
 */
public final class LoopbackPrometheusReporter extends AbstractPrometheusReporter {

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private HTTPServer server;

  LoopbackPrometheusReporter() {}

  @Override
  public void open(MetricConfig config) {
    super.open(config);
    int port = config.getInteger("port", 0);
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port);
      server = new HTTPServer(address, registry, /* daemon= */ true);
    } catch (IOException e) {
      throw new UncheckedIOException("Metrics cannot be served on 127.0.0.1:" + port, e);
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop();
    }
    super.close();
  }
}
