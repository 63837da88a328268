package dev.lockstep.connector.files;

/** Makes events of lines. For one thread. */
interface LineParser {

  /** Whether this line is none of the records: blank, or a remark. */
  boolean skips(byte[] line);

  /** Returns the event, a JSON object; {@code line} itself if it is one. */
  byte[] event(byte[] line) throws RefusedRecordException;
}
