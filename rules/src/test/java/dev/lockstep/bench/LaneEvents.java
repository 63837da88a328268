package dev.lockstep.bench;

import dev.lockstep.program.Lanes;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The events of a lane, one after the other without end. */
@State(Scope.Thread)
public class LaneEvents {
  /** Coprime to the size of a lane; a measurement too short for all events sees all parts of it. */
  private static final int STRIDE = 6_181;

  @Param({"structured_windows", "raw_windows", "cisco_syslog", "sysmon_file_event"})
  public String lane = "";

  private List<byte[]> events = List.of();
  private int position;

  @Setup
  public void read() throws IOException {
    events = Lanes.events(lane);
  }

  byte[] next() {
    position = (position + STRIDE) % events.size();
    return events.get(position);
  }
}
