package dev.lockstep.chaos;

import dev.lockstep.alert.Lane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what is stored with what must be; each difference is a line. */
final class Verdict {

  private final StoredAlerts stored;
  private final List<String> inputTwice = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();
  private final List<String> duplicated = new ArrayList<>();
  private final List<String> wrongLane = new ArrayList<>();
  private final List<String> unexpected = new ArrayList<>();
  private int expected;

  private Verdict(StoredAlerts stored) {
    this.stored = stored;
  }

  /**
   * Judges a run.
   *
   * @param events how many events were sent
   */
  static Verdict of(StoredAlerts stored, int events) {
    Verdict verdict = new Verdict(stored);
    Map<String, String> known = new HashMap<>();
    for (int event = 0; event < events; event++) {
      verdict.checkInput(event);
      for (ChaosContent.Finding finding : ChaosContent.findings(event)) {
        String name = ChaosContent.id(event) + " of " + ChaosContent.customer(event);
        known.put(finding.alertId(), name);
        verdict.checkKafka(finding, name);
        verdict.checkElasticsearch(
            finding, name, ChaosContent.customer(event).equals(ChaosContent.REFUSED));
      }
    }
    verdict.checkNothingElse(known.keySet());
    return verdict;
  }

  private void checkInput(int event) {
    String record = ChaosContent.record(event);
    int times = stored.events().getOrDefault(record, 0);
    if (times != 1) {
      inputTwice.add("event " + event + " is " + times + " times in the topic of events");
    }
    if (ChaosContent.isBroken(event)) {
      count(
          stored.malformed().getOrDefault(record, 0),
          "dead letter of record '" + record + "' in Kafka");
    }
  }

  private void count(int times, String what) {
    if (times == 0) {
      lost.add(what);
    } else if (times > 1) {
      duplicated.add(times + " times " + what);
    }
  }

  private void checkKafka(ChaosContent.Finding finding, String name) {
    int times = 0;
    for (Lane lane : Lane.values()) {
      int inLane = timesIn(stored.kafka(), lane, finding);
      times += inLane;
      if (inLane > 0 && !finding.place().allows(lane)) {
        wrongLane.add(name + " in " + lane.wireName() + " of Kafka");
      }
    }
    if (finding.place() != ChaosContent.Place.PERHAPS) {
      expected++;
    }
    if (times > 0 || finding.place() != ChaosContent.Place.PERHAPS) {
      count(times, "alert of " + name + " in Kafka");
    }
  }

  private void checkElasticsearch(ChaosContent.Finding finding, String name, boolean refused) {
    for (Lane lane : Lane.values()) {
      int committed = timesIn(stored.kafka(), lane, finding);
      int documents = timesIn(stored.elasticsearch(), lane, finding);
      String what = "alert of " + name + " in " + lane.wireName() + " of Elasticsearch";
      if (documents > 0 && (committed == 0 || (refused && lane == Lane.LIVE))) {
        unexpected.add(what);
      } else if (refused && committed > 0) {
        if (!stored.refused().containsKey(finding.alertId())) {
          lost.add("dead letter of refused " + what);
        }
      } else if (committed > 0) {
        count(documents, what);
      }
    }
  }

  private void checkNothingElse(Set<String> known) {
    for (Lane lane : Lane.values()) {
      Set<String> others = new HashSet<>(stored.kafka().getOrDefault(lane, Map.of()).keySet());
      others.addAll(stored.elasticsearch().getOrDefault(lane, Map.of()).keySet());
      others.removeAll(known);
      others.forEach(id -> unexpected.add("alert " + id + " in " + lane.wireName()));
    }
  }

  private static int timesIn(
      Map<Lane, Map<String, Integer>> lanes, Lane lane, ChaosContent.Finding finding) {
    return lanes.getOrDefault(lane, Map.of()).getOrDefault(finding.alertId(), 0);
  }

  /** All that is wrong; empty if nothing is. */
  List<String> differences() {
    List<String> all = new ArrayList<>();
    inputTwice.forEach(each -> all.add("input: " + each));
    lost.forEach(each -> all.add("lost: " + each));
    duplicated.forEach(each -> all.add("duplicated: " + each));
    wrongLane.forEach(each -> all.add("wrong lane: " + each));
    unexpected.forEach(each -> all.add("unexpected: " + each));
    return all;
  }

  /** One line of counts. */
  String summary() {
    return "%d events, %d alerts that must be, %d in Kafka, %d in Elasticsearch, %d refused there;"
            .formatted(
                stored.events().size(),
                expected,
                size(stored.kafka()),
                size(stored.elasticsearch()),
                stored.refused().size())
        + " %d lost, %d duplicated, %d in the wrong lane, %d unexpected"
            .formatted(lost.size(), duplicated.size(), wrongLane.size(), unexpected.size());
  }

  private static int size(Map<Lane, Map<String, Integer>> lanes) {
    return lanes.values().stream().mapToInt(Map::size).sum();
  }
}
