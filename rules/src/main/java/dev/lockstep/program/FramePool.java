package dev.lockstep.program;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Keeps a few frames between events. A pool and not a {@link ThreadLocal}, so that the frames go
 * when the program does.
 */
final class FramePool {
  private static final int SLOTS = 16;

  private final AtomicReferenceArray<EventFrame> idle = new AtomicReferenceArray<>(SLOTS);
  private final Supplier<EventFrame> newFrame;

  FramePool(Supplier<EventFrame> newFrame) {
    this.newFrame = newFrame;
  }

  EventFrame take() {
    EventFrame frame = idle.getAndSet(slot(), null);
    return frame == null ? newFrame.get() : frame;
  }

  void giveBack(EventFrame frame) {
    frame.forget();
    idle.set(slot(), frame);
  }

  private static int slot() {
    return (int) (Thread.currentThread().getId() % SLOTS);
  }
}
