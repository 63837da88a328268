package dev.lockstep.chaos;

import java.io.IOException;

/** Signals that stop a process where it is, and let it go on. */
enum Signal {
  STOP,
  CONT;

  void to(long pid) throws IOException, InterruptedException {
    int code = new ProcessBuilder("kill", "-" + name(), Long.toString(pid)).start().waitFor();
    if (code != 0) {
      throw new IOException("kill -" + name() + " " + pid + " failed with code " + code);
    }
  }
}
