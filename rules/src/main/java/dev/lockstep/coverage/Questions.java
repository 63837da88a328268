package dev.lockstep.coverage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.event.MalformedEventException;
import dev.lockstep.mapping.FieldMapping;
import dev.lockstep.program.MatchResult;
import dev.lockstep.program.RuleProgram;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Questions that are put to one event after the other, all by one program. */
final class Questions {
  private final List<SigmaRule> probes = new ArrayList<>();
  private final List<Answers> answers = new ArrayList<>();

  /** What the rules, which are for different events, say of one question. */
  static final class Answers {
    private boolean any;
    private Consumer<Boolean> reader = answer -> {};

    /** Whether any of the rules says yes to the present event. */
    boolean any() {
      return any;
    }

    /** Reads the answer to each event, after those to questions that were added before. */
    void then(Consumer<Boolean> reader) {
      this.reader = reader;
    }
  }

  /**
   * Adds a question.
   *
   * @param rules those on whose events it is asked
   * @param probe makes a rule that asks it, with the number as its id
   */
  Answers add(
      FieldMapping mapping,
      List<SigmaRule> rules,
      BiFunction<SigmaRule, Integer, SigmaRule> probe) {
    int number = answers.size();
    Answers added = new Answers();
    answers.add(added);
    probes.addAll(mapping.apply(rules.stream().map(rule -> probe.apply(rule, number)).toList()));
    return added;
  }

  /** No question can be added any more. */
  EventWatch compile() {
    RuleProgram program = RuleProgram.compile(probes);
    return (event, customer) -> {
      BitSet yes = new BitSet();
      try {
        MatchResult result = program.judge(event.getBytes(UTF_8), customer);
        result.matches().forEach(match -> yes.set(Integer.parseInt(match.rule().id())));
      } catch (MalformedEventException e) {
        return; // What is no event answers nothing; the case says so.
      }
      for (int i = 0; i < answers.size(); i++) {
        Answers answer = answers.get(i);
        answer.any = yes.get(i);
        answer.reader.accept(answer.any);
      }
    };
  }
}
