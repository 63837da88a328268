package dev.lockstep.job.backtest;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes each record on a line of a file, one file for each subtask. For jobs on this machine that
 * end with their first failure: nothing is written twice, and nothing is taken back.
 */
final class LineFiles implements Sink<byte[]> {

  private static final long serialVersionUID = 1L;

  private final String folder;

  /**
   * @param folder that is there
   */
  LineFiles(String folder) {
    this.folder = folder;
  }

  @Override
  public SinkWriter<byte[]> createWriter(WriterInitContext context) throws IOException {
    int subtask = context.getTaskInfo().getIndexOfThisSubtask();
    return new Writer(Files.newOutputStream(Path.of(folder, "part-" + subtask)));
  }

  /** Flink's former way to ask, which it does not take where there is the one above. */
  @Deprecated
  @Override
  public SinkWriter<byte[]> createWriter(InitContext context) {
    throw new UnsupportedOperationException("Flink asks with a WriterInitContext");
  }

  private static final class Writer implements SinkWriter<byte[]> {
    private final OutputStream out;

    Writer(OutputStream file) {
      this.out = new BufferedOutputStream(file, 64 * 1024);
    }

    @Override
    public void write(byte[] line, Context context) throws IOException {
      out.write(line);
      out.write('\n');
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
