package dev.lockstep.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.DefaultPluginManager;
import org.apache.flink.core.plugin.DirectoryBasedPluginFinder;

/**
 * A server that speaks S3, as a child process on loopback, and Flink's own file system for it as
 * the plugin that it is in a deployment. It takes signed requests alone.
 */
final class S3Server implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);
  private static final String KEY = "lockstep";
  private static final String SECRET = "known to everybody";

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port = LoopbackPorts.free();
  private final Path layout;
  private final Path objects;
  private final ChildProcess process;

  private S3Server(Path directory, Path layout) throws IOException {
    this.layout = layout;
    objects = Files.createDirectories(directory.resolve("objects"));
    Path settings =
        Files.write(
            directory.resolve("s3proxy.conf"),
            List.of(
                "s3proxy.endpoint=" + endpoint(),
                "s3proxy.authorization=aws-v2-or-v4",
                "s3proxy.identity=" + KEY,
                "s3proxy.credential=" + SECRET,
                "jclouds.provider=filesystem-nio2",
                "jclouds.filesystem.basedir=" + objects));
    ProcessBuilder command =
        new ProcessBuilder(
            Executables.javaHome().resolve("bin").resolve("java").toString(),
            "-Xmx256m",
            "-jar",
            jar(layout).toString(),
            "--properties",
            settings.toString());
    process =
        ChildProcess.start(
            "S3Proxy", command.directory(directory.toFile()), directory.resolve("s3proxy.log"));
  }

  /** Starts a server that has one empty bucket. */
  static S3Server start(Path directory, String bucket) throws Exception {
    Path layout = Services.locate().kafkaLibraries().resolve("../../s3").normalize();
    S3Server server = new S3Server(Files.createDirectories(directory), layout);
    try {
      server.process.await("it accepts connections", START, server::accepts);
      server.put("/" + bucket, new byte[0]);
    } catch (Exception e) {
      server.close();
      throw e;
    }
    return server;
  }

  /** The last by name, so that after an upgrade in place the newer version wins. */
  private static Path jar(Path layout) throws IOException {
    Path folder = Files.createDirectories(layout.resolve("server"));
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .max(Path::compareTo)
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "S3Proxy is not in "
                          + folder
                          + ": lay it out with './mvnw -pl job/services generate-resources'"));
    }
  }

  private boolean accepts() {
    return LoopbackPorts.accepts(port);
  }

  private String endpoint() {
    return "http://" + LoopbackPorts.HOST + ":" + port;
  }

  /** The folder whose files are the objects of the bucket, once they are {@link #tagged}. */
  Path objects(String bucket) {
    return objects.resolve(bucket);
  }

  /**
   * Makes objects of files, with the tag that the server keeps beside each that is put there: what
   * has none, Flink's file system does not read.
   */
  static void tagged(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        MessageDigest digest = md5();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
          in.transferTo(OutputStream.nullOutputStream());
        }
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
            .write("user.content-md5", ByteBuffer.wrap(digest.digest()));
      }
    }
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has MD5", e);
    }
  }

  /** Has all {@code s3://} paths of this JVM go to this server. */
  void serveFlink() throws IOException {
    Map<String, String> options = new HashMap<>();
    options.put("s3.endpoint", endpoint());
    options.put("s3.path.style.access", "true");
    options.put("s3.access-key", KEY);
    options.put("s3.secret-key", SECRET);
    Configuration configuration = Configuration.fromMap(options);
    FileSystem.initialize(
        configuration,
        new DefaultPluginManager(
            new DirectoryBasedPluginFinder(layout.resolve("plugins")).findPlugins(),
            CoreOptions.getPluginParentFirstLoaderPatterns(configuration)));
  }

  /** Puts an object, or a bucket when there is no key. */
  void put(String path, byte[] content) throws IOException, InterruptedException {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoint() + path))
            .header("x-amz-date", date)
            .header(
                "Authorization",
                "AWS " + KEY + ":" + signed("PUT\n\n\n\nx-amz-date:" + date + "\n" + path))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(content))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(
          "PUT of " + path + " got " + response.statusCode() + ": " + response.body());
    }
  }

  /** By the old way of signing, which is enough for a server of ours. */
  private static String signed(String request) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(request.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has HmacSHA1", e);
    }
  }

  @Override
  public void close() {
    FileSystem.initialize(new Configuration(), null);
    process.close();
  }
}
