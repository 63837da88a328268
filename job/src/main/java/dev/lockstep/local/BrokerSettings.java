package dev.lockstep.local;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings of a single broker on loopback that is its own controller. */
final class BrokerSettings {

  /** Log4j configuration of the broker: warnings and its own life cycle, to standard output. */
  static final String LOGGING =
      """
      rootLogger.level = warn
      rootLogger.appenderRef.out.ref = out
      appender.out.type = Console
      appender.out.name = out
      appender.out.layout.type = PatternLayout
      appender.out.layout.pattern = %d{ISO8601} %-5p %c{1}: %m%n
      logger.server.name = kafka.server
      logger.server.level = info
      """;

  /** Internal topics of one partition each would serialise coordinators; the default is 50. */
  private static final String FEW = "4";

  private static final String ONE = "1";

  private BrokerSettings() {}

  static Map<String, String> of(Path data, int port, int controllerPort) {
    String broker = LoopbackPorts.HOST + ":" + port;
    String controller = LoopbackPorts.HOST + ":" + controllerPort;
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", ONE);
    settings.put("controller.quorum.voters", "1@" + controller);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("listeners", "PLAINTEXT://" + broker + ",CONTROLLER://" + controller);
    settings.put("advertised.listeners", "PLAINTEXT://" + broker);
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("log.dirs", data.toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("default.replication.factor", ONE);
    settings.put("offsets.topic.replication.factor", ONE);
    settings.put("offsets.topic.num.partitions", FEW);
    settings.put("transaction.state.log.replication.factor", ONE);
    settings.put("transaction.state.log.min.isr", ONE);
    settings.put("transaction.state.log.num.partitions", FEW);
    settings.put("share.coordinator.state.topic.replication.factor", ONE);
    settings.put("share.coordinator.state.topic.min.isr", ONE);
    settings.put("share.coordinator.state.topic.num.partitions", FEW);
    settings.put("group.initial.rebalance.delay.ms", "0");
    return settings;
  }
}
