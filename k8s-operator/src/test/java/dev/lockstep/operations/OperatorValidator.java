package dev.lockstep.operations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;

/**
 * The check that the Flink Kubernetes Operator makes of each FlinkDeployment before it acts on it,
 * {@code DefaultValidator}. The operator is loaded apart (see the pom), and shares the classes of
 * Flink and of its API with the tests.
 */
final class OperatorValidator implements AutoCloseable {

  private static final String OPERATOR = "org.apache.flink.kubernetes.operator.";

  private final URLClassLoader loader;
  private final Object validator;
  private final Method validate;

  private OperatorValidator(URLClassLoader loader) throws ReflectiveOperationException {
    this.loader = loader;
    Class<?> configurations = loader.loadClass(OPERATOR + "config.FlinkConfigManager");
    Object configuration =
        configurations.getConstructor(Configuration.class).newInstance(new Configuration());
    Class<?> type = loader.loadClass(OPERATOR + "validation.DefaultValidator");
    this.validator = type.getConstructor(configurations).newInstance(configuration);
    this.validate = type.getMethod("validateDeployment", FlinkDeployment.class);
  }

  static OperatorValidator load() throws ReflectiveOperationException {
    return new OperatorValidator(loader());
  }

  /** Returns the class with the operator's own options. */
  static Class<?> options() {
    try {
      return loader().loadClass(OPERATOR + "config.KubernetesOperatorConfigOptions");
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static URLClassLoader loader() {
    List<Path> jars = RepositoryFiles.files(RepositoryFiles.at("k8s-operator/target/validator"));
    return new URLClassLoader(
        jars.stream().map(OperatorValidator::url).toArray(URL[]::new),
        OperatorValidator.class.getClassLoader());
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what the operator says against it, if anything. */
  Optional<?> objection(FlinkDeployment deployment) throws ReflectiveOperationException {
    return (Optional<?>) validate.invoke(validator, deployment);
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
