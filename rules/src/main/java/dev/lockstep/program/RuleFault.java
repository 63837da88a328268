package dev.lockstep.program;

import dev.lockstep.sigma.SigmaRule;

/** A rule that could not judge an event, and why; the event's other rules are not touched by it. */
public record RuleFault(SigmaRule rule, RuntimeException cause) {}
