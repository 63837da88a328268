package dev.lockstep.connector.launchdarkly;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.launchdarkly.sdk.LDValue;
import dev.lockstep.flag.FlagReason.Rollout;
import dev.lockstep.flag.FlagReason.Share;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shares of one rollout, as LaunchDarkly's documentation says how keys are divided. */
final class RolloutShares {

  private static final double WEIGHTS_OF_A_PERCENT = 1000;
  private static final int DIGITS_OF_A_POSITION = 15;
  private static final double POSITIONS = 0xFFF_FFFF_FFFF_FFFFL;

  private final String flagKey;
  private final LDValue flag;
  private final LDValue rollout;

  RolloutShares(String flagKey, LDValue flag, LDValue rollout) {
    this.flagKey = flagKey;
    this.flag = flag;
    this.rollout = rollout;
  }

  /**
   * Describes the rollout for the value at {@code place}.
   *
   * @param variation what the evaluator has chosen
   */
  Rollout at(RolloutPlace place, int variation) {
    Double position = place.value() == null ? null : percent(place.value());
    List<Share> shares = shares();
    return new Rollout(
        place.contextKind(),
        place.attribute(),
        place.value(),
        position,
        shares,
        chosen(shares, position, variation));
  }

  /** The last one takes what the weights leave, as it does in the SDK. */
  private List<Share> shares() {
    List<Share> shares = new ArrayList<>();
    double from = 0;
    int left = rollout.get("variations").size();
    for (LDValue part : rollout.get("variations").values()) {
      left--;
      double to =
          left == 0
              ? Math.max(from, 100)
              : from + part.get("weight").intValue() / WEIGHTS_OF_A_PERCENT;
      LDValue given = flag.get("variations").get(part.get("variation").intValue());
      shares.add(new Share(given.toJsonString(), from, to));
      from = to;
    }
    return shares;
  }

  private int chosen(List<Share> shares, @Nullable Double position, int variation) {
    int first = -1;
    for (int i = 0; i < shares.size(); i++) {
      if (rollout.get("variations").get(i).get("variation").intValue() == variation) {
        Share share = shares.get(i);
        if (position != null && position >= share.from() && position < share.to()) {
          return i;
        }
        first = first < 0 ? i : first;
      }
    }
    return Math.max(first, 0);
  }

  private double percent(String value) {
    LDValue seed = rollout.get("seed");
    String prefix =
        seed.isNull()
            ? flagKey + "." + flag.get("salt").stringValue()
            : String.valueOf(seed.intValue());
    String digits = HexFormat.of().formatHex(sha1(prefix + "." + value));
    return 100 * (Long.parseLong(digits.substring(0, DIGITS_OF_A_POSITION), 16) / POSITIONS);
  }

  private static byte[] sha1(String text) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
