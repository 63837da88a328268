package dev.lockstep.connector.files;

import java.util.List;

/**
 * What a look at the folders found.
 *
 * @param files all files that are meant and at rest
 * @param problems of folders that could not be looked at
 * @param atMillis when it was, in milliseconds since the epoch
 */
record Listing(List<FoundFile> files, List<String> problems, long atMillis) {

  Listing {
    files = List.copyOf(files);
    problems = List.copyOf(problems);
  }
}
