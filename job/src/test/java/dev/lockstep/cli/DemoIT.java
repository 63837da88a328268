package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo itself checks that nothing is lost or doubled; here it must find that so. */
class DemoIT {

  @Test
  void aCustomerWhoseLogsAreFilesGetsExactlyItsAlertsThoughATaskManagerIsKilled(
      @TempDir Path folder) {
    CommandRun run =
        CommandRun.of(
            "demo",
            "--no-elasticsearch",
            "--duration=16s",
            "--kill-task-after=5s",
            "--ui-port=0",
            "--directory=" + folder);

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.GOOD);
    assertThat(run.out())
        .contains("LIVE    hooli     medium        Login of a web site tried by brute force")
        .containsPattern("Files delivered +[1-9]")
        .containsPattern("Lines read that are events +[1-9]")
        .containsPattern("Alerts that must come of them +[1-9]")
        .containsPattern("Of these missing +0\n")
        .containsPattern("Unexpected, or come twice +0\n");
  }
}
