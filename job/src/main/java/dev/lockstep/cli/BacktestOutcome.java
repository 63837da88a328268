package dev.lockstep.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;

/**
 * A backtest that is over.
 *
 * @param rules where the candidate content lies
 * @param ruleCount how many rules it has
 * @param version of it
 * @param from alerts that occurred then or later
 * @param to and before then
 * @param warmUp how much earlier events were read, for windows that began before
 * @param events how many were judged, those of the warm-up among them
 * @param took how long that was
 * @param faults on how many events each rule failed
 * @param firstFault of any rule, in words; empty without faults
 */
record BacktestOutcome(
    String rules,
    int ruleCount,
    String version,
    Instant from,
    Instant to,
    Duration warmUp,
    long events,
    Duration took,
    SortedMap<String, Long> faults,
    String firstFault,
    BacktestResult result) {}
