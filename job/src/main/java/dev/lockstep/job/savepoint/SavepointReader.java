package dev.lockstep.job.savepoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.connector.launchdarkly.FlagKeys;
import dev.lockstep.connector.launchdarkly.LaunchDarklyFlagSetReader;
import dev.lockstep.customer.CustomerDirectory;
import dev.lockstep.flag.FlagDecisions;
import dev.lockstep.job.savepoint.SavepointSummary.Operator;
import dev.lockstep.job.savepoint.SavepointSummary.Update;
import dev.lockstep.job.state.ControlUpdate;
import dev.lockstep.job.state.States;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.CompletedCheckpointStorageLocation;
import org.apache.flink.runtime.state.DefaultOperatorStateBackend;
import org.apache.flink.runtime.state.DefaultOperatorStateBackendBuilder;
import org.apache.flink.runtime.state.IncrementalKeyedStateHandle;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.filesystem.AbstractFsCheckpointStorageAccess;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.shaded.guava31.com.google.common.hash.Hashing;
import org.jspecify.annotations.Nullable;

/**
 * Reads what lies in a savepoint or checkpoint, by its metadata and the heads of its files; only
 * what operators work under is read whole. Starts no job.
 */
public final class SavepointReader {

  /** Names of transactions, which lie in the state of each sink. */
  private static final Pattern TRANSACTION =
      Pattern.compile("lockstep-([a-z0-9][-a-z0-9]*?)-(alerts-live|alerts-shadow|dead-letters)");

  private static final int MOST_BYTES_SEARCHED = 1 << 20;
  private static final Comparator<Operator> KNOWN_FIRST =
      Comparator.comparing((Operator operator) -> operator.uid() == null);

  private final ClassLoader classes = SavepointReader.class.getClassLoader();
  private final List<SavepointContract.Operator> contract = SavepointContract.operators();
  private final Map<ControlUpdate.Kind, ControlUpdate> newest =
      new EnumMap<>(ControlUpdate.Kind.class);

  private SavepointReader() {}

  /**
   * Reads it.
   *
   * @param path folder or URI of the savepoint or checkpoint, or of its file {@code _metadata}
   * @param engine the engine that it is of; null to find it out
   * @throws IOException if it is none or cannot be read
   */
  public static SavepointSummary read(String path, @Nullable String engine) throws IOException {
    return new SavepointReader().summary(path, engine);
  }

  private SavepointSummary summary(String path, @Nullable String given) throws IOException {
    CompletedCheckpointStorageLocation location =
        AbstractFsCheckpointStorageAccess.resolveCheckpointPointer(path);
    CheckpointMetadata metadata;
    try (DataInputStream in = new DataInputStream(location.getMetadataHandle().openInputStream())) {
      metadata = Checkpoints.loadCheckpointMetadata(in, classes, location.getExternalPointer());
    }
    Collection<OperatorState> states = metadata.getOperatorStates();
    String engine = given == null ? engine(states) : given;
    Map<String, SavepointContract.Operator> known = known(engine);
    Map<SavepointContract.Operator, Operator> found = new HashMap<>();
    List<Operator> operators = new ArrayList<>();
    for (OperatorState state : states) {
      String id = state.getOperatorID().toHexString();
      SavepointContract.Operator ours = known.get(id);
      Operator operator = operator(id, uid(ours, engine), state);
      if (!operator.states().isEmpty()) {
        operators.add(operator);
        if (ours != null) {
          found.put(ours, operator);
        }
      }
      readUpdates(state);
    }
    List<Operator> order = contract.stream().map(found::get).filter(each -> each != null).toList();
    operators.sort(KNOWN_FIRST.thenComparingInt(order::indexOf));
    return new SavepointSummary(
        location.getExternalPointer(),
        metadata.getCheckpointId(),
        metadata.getCheckpointProperties() != null
            && metadata.getCheckpointProperties().isSavepoint(),
        found.keySet().stream().map(SavepointContract.Operator::job).findFirst().orElse(null),
        engine,
        operators,
        updates());
  }

  private static @Nullable String uid(
      SavepointContract.@Nullable Operator operator, @Nullable String engine) {
    return operator == null ? null : operator.uidIn(engine == null ? "" : engine);
  }

  /** The operators of the contract by what Flink makes of their uids. */
  private Map<String, SavepointContract.Operator> known(@Nullable String engine) {
    Map<String, SavepointContract.Operator> known = new HashMap<>();
    for (SavepointContract.Operator operator : contract) {
      if (engine != null || !operator.isNamedAfterEngine()) {
        String uid = operator.uidIn(engine == null ? "" : engine);
        known.put(hash(uid), operator);
      }
    }
    return known;
  }

  private static String hash(String uid) {
    return Hashing.murmur3_128(0).hashString(uid, UTF_8).toString();
  }

  private Operator operator(String id, @Nullable String uid, OperatorState state)
      throws IOException {
    Set<String> names = new TreeSet<>();
    for (OperatorSubtaskState subtask : state.getStates()) {
      for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
        names.addAll(handle.getStateNameToPartitionOffsets().keySet());
      }
      for (KeyedStateHandle handle : subtask.getManagedKeyedState()) {
        names.addAll(keyedNames(handle));
      }
    }
    return new Operator(
        id,
        uid,
        state.getParallelism(),
        state.getMaxParallelism(),
        state.getStateSize(),
        List.copyOf(names));
  }

  /** Each file of keyed state begins with what is in it. */
  private Set<String> keyedNames(KeyedStateHandle handle) throws IOException {
    StreamStateHandle head;
    if (handle instanceof IncrementalKeyedStateHandle incremental) {
      head = incremental.getMetaDataStateHandle();
    } else if (handle instanceof StreamStateHandle stream) {
      head = stream;
    } else {
      return Set.of();
    }
    Set<String> names = new TreeSet<>();
    try (InputStream in = head.openInputStream()) {
      KeyedBackendSerializationProxy<?> proxy = new KeyedBackendSerializationProxy<>(classes);
      proxy.read(new DataInputViewStreamWrapper(in));
      for (StateMetaInfoSnapshot state : proxy.getStateMetaInfoSnapshots()) {
        names.add(state.getName());
      }
    }
    return names;
  }

  /** The newest of each kind counts; operators that are behind will get it. */
  private void readUpdates(OperatorState state) throws IOException {
    List<OperatorStateHandle> handles = new ArrayList<>();
    for (OperatorSubtaskState subtask : state.getStates()) {
      for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
        if (handle.getStateNameToPartitionOffsets().containsKey(States.CONTROL.getName())) {
          handles.add(handle);
        }
      }
    }
    if (handles.isEmpty()) {
      return;
    }
    try (CloseableRegistry closeables = new CloseableRegistry();
        DefaultOperatorStateBackend backend =
            new DefaultOperatorStateBackendBuilder(
                    classes, new ExecutionConfig(), false, handles, closeables)
                .build()) {
      for (Map.Entry<String, ControlUpdate> entry :
          backend.getBroadcastState(States.CONTROL).entries()) {
        note(entry.getValue());
      }
      if (backend.getRegisteredStateNames().contains(States.CONTROL_RULES.getName())) {
        for (ControlUpdate rules : backend.getUnionListState(States.CONTROL_RULES).get()) {
          note(rules);
        }
      }
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("Rules and flags cannot be read: " + e.getMessage(), e);
    }
  }

  private void note(ControlUpdate update) {
    ControlUpdate known = newest.get(update.kind());
    if (known == null || known.sequence < update.sequence) {
      newest.put(update.kind(), update);
    }
  }

  private List<Update> updates() {
    return newest.values().stream()
        .map(
            update ->
                new Update(
                    update.kind.toLowerCase(Locale.ROOT),
                    update.sequence,
                    version(update),
                    update.payload.length))
        .toList();
  }

  /** Flags have the version that their content makes, as alerts name it. */
  private String version(ControlUpdate update) {
    if (update.kind() != ControlUpdate.Kind.FLAGS) {
      return update.version;
    }
    ControlUpdate customers = newest.get(ControlUpdate.Kind.CUSTOMERS);
    try (FlagDecisions flags =
        new LaunchDarklyFlagSetReader(FlagKeys.DEFAULT)
            .read(
                new String(update.payload, UTF_8),
                customers == null ? CustomerDirectory.EMPTY : customers.customers().directory())) {
      return flags.version();
    } catch (IllegalArgumentException e) {
      // The flags have other keys than the default ones.
      return update.version;
    }
  }

  private static @Nullable String engine(Collection<OperatorState> states) throws IOException {
    for (OperatorState state : states) {
      for (OperatorSubtaskState subtask : state.getStates()) {
        for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
          Matcher transaction = TRANSACTION.matcher(beginning(handle));
          if (transaction.find()) {
            return transaction.group(1);
          }
        }
      }
    }
    return null;
  }

  private static String beginning(OperatorStateHandle handle) throws IOException {
    try (InputStream in = handle.openInputStream()) {
      return new String(in.readNBytes(MOST_BYTES_SEARCHED), ISO_8859_1);
    }
  }
}
