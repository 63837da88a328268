package dev.lockstep.local;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** Reads every log line of some packages, down to the finest, and keeps those with a secret. */
final class LogWatch extends AbstractAppender {

  private static final AtomicInteger WATCHES = new AtomicInteger();

  private final List<String> secrets;
  private final List<String> leaks = new CopyOnWriteArrayList<>();
  private final Set<String> loggers = ConcurrentHashMap.newKeySet();

  private LogWatch(List<String> secrets) {
    super("log-watch-" + WATCHES.incrementAndGet(), null, null, true, Property.EMPTY_ARRAY);
    this.secrets = secrets;
  }

  /** Watches the loggers below {@code names}, until the JVM ends. */
  static LogWatch of(List<String> names, List<String> secrets) {
    LogWatch watch = new LogWatch(secrets);
    watch.start();
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    Configuration configuration = context.getConfiguration();
    for (String name : names) {
      // Another test may watch the same one.
      LoggerConfig logger = configuration.getLoggers().get(name);
      if (logger == null) {
        logger = newLogger(name, configuration);
        configuration.addLogger(name, logger);
      }
      logger.addAppender(watch, Level.ALL, null);
    }
    context.updateLoggers();
    return watch;
  }

  private static LoggerConfig newLogger(String name, Configuration configuration) {
    LoggerConfig logger = new LoggerConfig(name, Level.ALL, /* additive= */ false);
    configuration
        .getRootLogger()
        .getAppenders()
        .values()
        .forEach(console -> logger.addAppender(console, Level.ERROR, null));
    return logger;
  }

  /** The lines that have a secret in them. */
  List<String> leaks() {
    return List.copyOf(leaks);
  }

  /** The loggers that have written a line. */
  Set<String> loggers() {
    return Set.copyOf(loggers);
  }

  @Override
  public void append(LogEvent event) {
    loggers.add(event.getLoggerName());
    StringWriter line = new StringWriter();
    line.append(event.getMessage().getFormattedMessage());
    if (event.getThrown() != null) {
      event.getThrown().printStackTrace(new PrintWriter(line));
    }
    String text = line.toString();
    if (secrets.stream().anyMatch(text::contains)) {
      leaks.add(event.getLoggerName() + ": " + text);
    }
  }
}
