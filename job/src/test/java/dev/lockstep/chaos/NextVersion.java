package dev.lockstep.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A jar of Lockstep as the next release may be: with one more field in what lies in state. It is
 * made of the sources and classes of today.
 */
final class NextVersion {

  private static final String ADDED = "addedInTheNextVersion";

  private NextVersion() {}

  /**
   * Makes the jar.
   *
   * @param folder for the jar and what it is made of
   * @param states classes of ours that lie in state, by their names
   */
  static Path jar(Path folder, List<String> states) throws IOException {
    Path compiled = Files.createDirectories(folder.resolve("compiled"));
    Map<String, byte[]> classes = new TreeMap<>();
    for (String module : List.of("rules", "connectors", "job")) {
      read(Path.of("..", module, "target", "classes"), classes);
    }
    for (String state : states) {
      compile(state, folder, compiled);
    }
    read(compiled, classes);
    Path jar = folder.resolve("lockstep-next.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (Map.Entry<String, byte[]> each : classes.entrySet()) {
        out.putNextEntry(new JarEntry(each.getKey()));
        out.write(each.getValue());
        out.closeEntry();
      }
    }
    return jar;
  }

  private static void compile(String name, Path folder, Path compiled) throws IOException {
    String path = name.replace('.', '/') + ".java";
    String source = Files.readString(Path.of("src/main/java").resolve(path), UTF_8);
    String simple = name.substring(name.lastIndexOf('.') + 1);
    String declared = "public final class " + simple + " {\n";
    if (!source.contains(declared)) {
      throw new IllegalStateException(name + " is declared in another way: " + declared);
    }
    Path changed = folder.resolve("changed").resolve(path);
    Files.createDirectories(changed.getParent());
    Files.writeString(
        changed, source.replace(declared, declared + "  public long " + ADDED + " = 7;\n"), UTF_8);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int failures =
        compiler.run(
            null,
            null,
            null,
            "-nowarn",
            "-proc:none",
            "-d",
            compiled.toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            changed.toString());
    if (failures != 0) {
      throw new IllegalStateException(name + " cannot be compiled with one more field");
    }
  }

  private static void read(Path folder, Map<String, byte[]> classes) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        classes.put(
            folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
  }
}
