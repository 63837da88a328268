package dev.lockstep.event;

import dev.lockstep.event.EventText.Source;
import java.util.ArrayList;
import java.util.List;

/** The texts of one event, used again for the next. Belongs to one thread. */
final class EventTexts {
  private static final int KEPT_TEXTS = 2048;

  private final Source source = new Source();
  private List<EventText> texts = new ArrayList<>();
  private int used;

  void begin(byte[] json) {
    forget();
    source.set(json);
  }

  /** Returns a text that is no other's until the next event. */
  EventText next() {
    if (used == texts.size()) {
      texts.add(new EventText(source));
    }
    return texts.get(used++);
  }

  /** Lets go of the event, and of what many texts took. */
  void forget() {
    source.clear();
    if (used > KEPT_TEXTS) {
      texts = new ArrayList<>();
    } else {
      for (int i = 0; i < used; i++) {
        texts.get(i).forget();
      }
    }
    used = 0;
  }
}
