package dev.lockstep.connector.files;

/** One JSON object on each line. Whether it is one is seen where its envelope is read. */
final class Ndjson extends LineFormat {
  private static final long serialVersionUID = 1L;

  Ndjson() {
    super("ndjson");
  }

  @Override
  LineParser parser(FileHead head) {
    return new LineParser() {
      @Override
      public boolean skips(byte[] line) {
        for (byte character : line) {
          if (character != ' ' && character != '\t' && character != '\r') {
            return false;
          }
        }
        return true;
      }

      @Override
      public byte[] event(byte[] line) {
        return line;
      }
    };
  }
}
