package dev.lockstep.local.bench;

/** One rule more than the user's, and the events that it and nothing else is for. */
final class ProbeRule {

  static final String ID = "6f0f4e5e-7a3b-4d1c-9a57-0c2b1f5d8e11";

  static final String EVENT =
      "{\"product\":\"lockstep\",\"category\":\"bench\",\"lockstep_bench\":\"probe\"}";

  static final String TEXT =
      """
      title: Probe of lockstep bench
      id: %s
      logsource: {product: lockstep, category: bench}
      detection:
        selection: {lockstep_bench: probe}
        condition: selection
      level: informational
      """
          .formatted(ID);

  private ProbeRule() {}
}
