package dev.lockstep.index;

import dev.lockstep.local.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The sink against the oldest Elasticsearch that it promises to work with. */
class OldestElasticsearchIT extends AlertIndexSinkIT {

  @Override
  Services services() throws IOException {
    Services current = super.services();
    Path layout = current.kafkaLibraries().resolve("../../elasticsearch-7").normalize();
    try (Stream<Path> homes = Files.list(layout)) {
      return new Services(current.kafkaLibraries(), homes.findFirst().orElseThrow());
    }
  }
}
