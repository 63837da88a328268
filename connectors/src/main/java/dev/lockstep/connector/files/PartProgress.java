package dev.lockstep.connector.files;

/** How far the records of a part have been put out. For the task's thread. */
final class PartProgress {

  private final FilePart part;
  private long position;
  private boolean failed;

  PartProgress(FilePart part) {
    this.part = part;
    this.position = part.position();
  }

  void putOut(ReadRecord record) {
    position = record.position();
    failed |= record.failed();
  }

  boolean isFailed() {
    return failed;
  }

  FilePart now() {
    return part.at(position);
  }
}
