package dev.lockstep.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that Maven wrote into the jar of the rules, which every build has as a jar. */
final class LockstepVersion implements IVersionProvider {
  private static final String PROPERTIES =
      "/META-INF/maven/dev.lockstep/lockstep-rules/pom.properties";

  @Override
  public String[] getVersion() throws IOException {
    return new String[] {
      "lockstep " + version() + " (Java " + System.getProperty("java.version") + ")"
    };
  }

  private static String version() throws IOException {
    try (InputStream in = LockstepVersion.class.getResourceAsStream(PROPERTIES)) {
      if (in == null) {
        return "development build";
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "development build");
    }
  }
}
