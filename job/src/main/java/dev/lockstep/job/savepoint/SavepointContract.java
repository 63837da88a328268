package dev.lockstep.job.savepoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The uids of all operators that keep state, and the names of their states. It is a contract with
 * every savepoint that was ever taken: lines are added to {@code contract.txt}, and none is changed
 * or taken away.
 */
public final class SavepointContract {

  private static final String FILE = "contract.txt";
  private static final String ENGINE = "ENGINE";

  /** An operator of one job; its uid may hold {@code ENGINE} in place of the engine's name. */
  public record Operator(String job, String uid, List<String> states) {

    public Operator {
      states = List.copyOf(states);
    }

    /** The uid in an engine of this name. */
    public String uidIn(String engine) {
      return uid.replace(ENGINE, engine);
    }

    /** Whether the uid depends on the engine's name. */
    public boolean isNamedAfterEngine() {
      return uid.contains(ENGINE);
    }
  }

  private SavepointContract() {}

  /** Returns all operators, in the order in which events pass them. */
  public static List<Operator> operators() {
    List<Operator> operators = new ArrayList<>();
    try (InputStream file =
        requireNonNull(SavepointContract.class.getResourceAsStream(FILE), FILE)) {
      for (String line : new String(file.readAllBytes(), UTF_8).lines().toList()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] parts = line.split("\\|", -1);
          operators.add(
              new Operator(
                  parts[0].strip(),
                  parts[1].strip(),
                  List.of(parts[2].strip().split(",\\s*", -1))));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return operators;
  }
}
