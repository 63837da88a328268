package dev.lockstep.program;

import java.util.ArrayList;
import java.util.List;

/** Collects class sequences with the predicates that each may make true. */
final class LiteralAutomatonBuilder {

  /** Longer sequences are cut: their ends find nearly as well and the table stays small. */
  private static final int MAX_LENGTH = 16;

  private final List<byte[]> sequences = new ArrayList<>();
  private final IntList predicates = new IntList();

  /** An empty sequence would be found everywhere and is refused. */
  void add(byte[] sequence, int predicate) {
    if (sequence.length == 0) {
      throw new IllegalArgumentException("the sequence is empty");
    }
    sequences.add(sequence);
    predicates.add(predicate);
  }

  boolean isEmpty() {
    return sequences.isEmpty();
  }

  /** Cuts the sequences so far that the states can be numbered. */
  LiteralAutomaton build(int firstFind) {
    int length = MAX_LENGTH;
    LiteralTrie trie = trie(length);
    while (trie.isFull()) {
      length--;
      trie = trie(length);
    }
    return trie.automaton(firstFind);
  }

  private LiteralTrie trie(int length) {
    LiteralTrie trie = new LiteralTrie();
    for (int i = 0; i < sequences.size() && !trie.isFull(); i++) {
      trie.add(sequences.get(i), length, predicates.get(i));
    }
    return trie;
  }
}
