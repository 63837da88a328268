package dev.lockstep.local;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Programs of the machine that the services are started with. */
final class Executables {

  private Executables() {}

  /** Returns the program of that name on the PATH. */
  static Optional<Path> find(String name) {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Returns the home of the JDK that runs this. */
  static Path javaHome() {
    return Path.of(System.getProperty("java.home"));
  }
}
