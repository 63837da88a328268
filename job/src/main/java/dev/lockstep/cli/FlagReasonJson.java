package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.flag.FlagReason;
import dev.lockstep.flag.FlagReason.Rollout;
import dev.lockstep.flag.FlagReason.Share;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Writes the reason of a flag's answer as an object whose {@code kind} says what else it has.
 *
 * @param open whether the event is not known and would matter: where it falls is left out
 */
record FlagReasonJson(JsonGenerator json, boolean open) {

  private static final int DECIMALS = 3;

  void write(FlagReason reason) throws IOException {
    json.writeStartObject();
    if (reason instanceof FlagReason.Off) {
      kind("off");
    } else if (reason instanceof FlagReason.Fixed) {
      kind("fixed");
    } else if (reason instanceof FlagReason.TargetMatch target) {
      kind("target");
      json.writeStringField("contextKind", target.contextKind());
      json.writeStringField("key", target.key());
      json.writeNumberField("listed", target.listed());
    } else if (reason instanceof FlagReason.RuleMatch match) {
      writeMatch(match);
    } else if (reason instanceof FlagReason.Fallthrough fallthrough) {
      kind("fallthrough");
      write(fallthrough.rollout());
    } else if (reason instanceof FlagReason.PrerequisiteFailed failed) {
      writePrerequisite(failed);
    } else if (reason instanceof FlagReason.Failed failed) {
      kind("error");
      json.writeStringField("problem", failed.problem());
    }
    json.writeEndObject();
  }

  private void kind(String kind) throws IOException {
    json.writeStringField("kind", kind);
  }

  private void writeMatch(FlagReason.RuleMatch match) throws IOException {
    kind("rule");
    json.writeNumberField("index", match.index());
    if (match.id() != null) {
      json.writeStringField("id", match.id());
    }
    json.writeArrayFieldStart("clauses");
    for (String clause : match.clauses()) {
      json.writeString(clause);
    }
    json.writeEndArray();
    write(match.rollout());
  }

  private void writePrerequisite(FlagReason.PrerequisiteFailed failed) throws IOException {
    kind("prerequisite");
    json.writeStringField("flag", failed.flag());
    json.writeFieldName("wanted");
    json.writeRawValue(failed.wanted());
    if (failed.given() != null) {
      json.writeFieldName("given");
      json.writeRawValue(failed.given());
    }
    json.writeFieldName("why");
    write(failed.reason());
  }

  private void write(@Nullable Rollout rollout) throws IOException {
    if (rollout == null) {
      return;
    }
    boolean anyEvent = open && rollout.contextKind().equals("event");
    json.writeObjectFieldStart("rollout");
    json.writeStringField("contextKind", rollout.contextKind());
    json.writeStringField("attribute", rollout.attribute());
    if (rollout.value() != null && rollout.position() != null && !anyEvent) {
      json.writeStringField("value", rollout.value());
      json.writeNumberField("position", rounded(rollout.position()));
    }
    json.writeArrayFieldStart("shares");
    for (int i = 0; i < rollout.shares().size(); i++) {
      write(rollout.shares().get(i), !anyEvent && i == rollout.chosen());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void write(Share share, boolean chosen) throws IOException {
    json.writeStartObject();
    json.writeFieldName("given");
    json.writeRawValue(share.given());
    json.writeNumberField("from", rounded(share.from()));
    json.writeNumberField("to", rounded(share.to()));
    json.writeBooleanField("chosen", chosen);
    json.writeEndObject();
  }

  private static BigDecimal rounded(double percent) {
    return BigDecimal.valueOf(percent).setScale(DECIMALS, RoundingMode.HALF_UP);
  }
}
