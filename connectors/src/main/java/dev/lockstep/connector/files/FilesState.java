package dev.lockstep.connector.files;

import dev.lockstep.connector.files.FoundFile.Stamp;
import java.util.List;
import java.util.Map;

/**
 * What a checkpoint keeps of the search for files. Files that wait are not in it: they are found
 * again.
 *
 * @param known the files that have been taken
 * @param forgottenUntilMillis how new the newest file is that was forgotten
 * @param begun files of which some parts are with readers, and where the next part begins
 * @param ready parts that came back, and notes, for the next readers that ask
 */
record FilesState(
    Map<FileKey, Stamp> known,
    long forgottenUntilMillis,
    List<BegunFile> begun,
    List<FilePart> ready) {

  FilesState {
    known = Map.copyOf(known);
    begun = List.copyOf(begun);
    ready = List.copyOf(ready);
  }

  /** A file and where its next part begins. */
  record BegunFile(FoundFile file, long next) {}
}
