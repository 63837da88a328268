package dev.lockstep.connector.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.files.FoundFile.Stamp;
import dev.lockstep.connector.files.KnownFiles.Judgement;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownFilesTest {

  private static final long NOW = 1_767_268_800_000L;
  private static final Duration WEEK = Duration.ofDays(7);
  private static final int MANY = 1000;

  private final KnownFiles known = new KnownFiles();

  @Test
  void takesAFileOnceAndNoticesThatItChanged() {
    assertThat(known.judge(key("a"), aged(0))).isEqualTo(Judgement.NEW);

    known.take(key("a"), aged(0));

    assertThat(known.judge(key("a"), aged(0))).isEqualTo(Judgement.TAKEN);
    assertThat(known.judge(key("a"), new Stamp(11, NOW))).isEqualTo(Judgement.CHANGED);
    assertThat(known.judge(key("b"), aged(0))).isEqualTo(Judgement.NEW);
  }

  @Test
  void remembersWhatLiesInItsFolderHoweverOldItIs() {
    known.take(key("old"), aged(100));

    known.forget(Set.of(key("old")), NOW, WEEK, MANY, Long.MAX_VALUE);

    assertThat(known.judge(key("old"), aged(100))).isEqualTo(Judgement.TAKEN);
    assertThat(known.judge(key("older"), aged(101))).isEqualTo(Judgement.NEW);
  }

  @Test
  void forgetsWhatIsGoneAndOldAndThenTakesNothingAsOldAsThat() {
    known.take(key("old"), aged(8));
    known.take(key("young"), aged(6));

    known.forget(Set.of(), NOW, WEEK, MANY, Long.MAX_VALUE);

    assertThat(known.size()).isEqualTo(1);
    assertThat(known.judge(key("old"), aged(8))).isEqualTo(Judgement.TOO_OLD);
    assertThat(known.judge(key("backfill"), aged(9))).isEqualTo(Judgement.TOO_OLD);
    assertThat(known.judge(key("backfill"), aged(7))).isEqualTo(Judgement.NEW);
    assertThat(known.judge(key("young"), aged(6))).isEqualTo(Judgement.TAKEN);
  }

  @Test
  void forgetsNothingForBeingGoneWhereAFolderCouldNotBeLookedAt() {
    known.take(key("old"), aged(8));

    known.forget(null, NOW, WEEK, MANY, Long.MAX_VALUE);

    assertThat(known.judge(key("old"), aged(8))).isEqualTo(Judgement.TAKEN);
  }

  @Test
  void forgetsTheOldestOfTooManyAndTakesThemForReadNotForNew() {
    for (int day = 1; day <= 5; day++) {
      known.take(key("day " + day), aged(day));
    }

    known.forget(null, NOW, WEEK, 3, Long.MAX_VALUE);

    assertThat(known.size()).isEqualTo(3);
    assertThat(known.judge(key("day 4"), aged(4))).isEqualTo(Judgement.TOO_OLD);
    assertThat(known.judge(key("day 3"), aged(3))).isEqualTo(Judgement.TAKEN);
  }

  @Test
  void forgetsNothingAsNewAsAFileThatWaits() {
    known.take(key("day 9"), aged(9));
    known.take(key("day 8"), aged(8));
    long waitingSince = aged(8).modifiedMillis();

    known.forget(Set.of(), NOW, WEEK, MANY, waitingSince);
    known.forget(Set.of(), NOW, WEEK, 0, waitingSince);

    assertThat(known.judge(key("day 8"), aged(8))).isEqualTo(Judgement.TAKEN);
    assertThat(known.judge(key("waits"), aged(8))).isEqualTo(Judgement.NEW);
    assertThat(known.judge(key("day 9"), aged(9))).isEqualTo(Judgement.TOO_OLD);
  }

  private static FileKey key(String path) {
    return FileKey.of(path);
  }

  private static Stamp aged(int days) {
    return new Stamp(10, NOW - Duration.ofDays(days).toMillis());
  }
}
