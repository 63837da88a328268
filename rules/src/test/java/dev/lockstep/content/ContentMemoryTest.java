package dev.lockstep.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sigma.Placeholders;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ContentMemoryTest {

  private static final RuleDocument PLAIN = document("plain", "{a: b}");
  private static final RuleDocument EXPANDING = document("expanding", "{'a|expand': '%admins%'}");

  private int read;
  private final ContentMemory memory =
      new ContentMemory(
          files -> {
            read += files.size();
            return files;
          });

  @Test
  void readsAFileOnceWhileItsTextIsTheSame() {
    Content first = Content.read(List.of(PLAIN), memory);
    memory.nextDelivery();
    RuleDocument same = new RuleDocument(PLAIN.path(), new String(PLAIN.text().toCharArray()));
    Content second = Content.read(List.of(same), memory);
    assertThat(read).isEqualTo(1);
    assertThat(second.rules()).isEqualTo(first.rules());

    Content.read(List.of(document("plain", "{a: c}")), memory);
    assertThat(read).isEqualTo(2);
  }

  @Test
  void forgetsWhatTwoDeliveriesDidNotAskFor() {
    Content.read(List.of(PLAIN), memory);
    memory.nextDelivery();
    memory.nextDelivery();
    Content.read(List.of(PLAIN), memory);
    assertThat(read).isEqualTo(2);
  }

  @Test
  void readsAgainWhatHasPlaceholdersWhenTheirValuesChange() {
    memory.ruleFile(EXPANDING, admins("root"));
    memory.ruleFile(PLAIN, admins("root"));
    RuleFile changed = memory.ruleFile(EXPANDING, admins("toor"));
    memory.ruleFile(PLAIN, admins("toor"));
    assertThat(read).isEqualTo(3);
    assertThat(changed).isEqualTo(RuleFile.parse(EXPANDING, admins("toor")));
  }

  @Test
  void keepsARuleThatCannotBeCompiledOutOfForceAndTheOthersIn() {
    ContentMemory failing =
        new ContentMemory(
            files ->
                RuleFile.compiledBy(
                    rules -> {
                      if (rules.stream().anyMatch(rule -> rule.id().equals("plain"))) {
                        throw new StackOverflowError();
                      }
                    },
                    files));
    RuleBundle nothing = new RuleBundle(List.of());
    RuleBundle delivered = new RuleBundle(List.of(PLAIN, document("other", "{a: b}")));
    ContentReview review = ContentReview.of(delivered, nothing, nothing, failing);
    assertThat(review.effective().documents()).extracting(RuleDocument::path).containsOnly("other");
    assertThat(review.verdicts())
        .filteredOn(verdict -> verdict.status() == RuleVerdict.Status.REJECTED)
        .singleElement()
        .satisfies(
            verdict ->
                assertThat(verdict.issues())
                    .containsExactly(
                        "plain:1:1: the rule 'plain' cannot be compiled:"
                            + " java.lang.StackOverflowError"));
  }

  @Test
  void reviewsAsOneThatRemembersNothing() {
    Random random = new Random(11);
    List<String> texts =
        List.of(
            PLAIN.text(),
            EXPANDING.text(),
            document("plain", "{a: c}").text(),
            document("other", "{a: b}").text(),
            document("other", "[").text(),
            "placeholders: {admins: [root]}",
            "placeholders: {admins: [toor], more: [x]}",
            "placeholders: [",
            "title: [");
    ContentMemory known = ContentMemory.ofReview();
    RuleBundle before = new RuleBundle(List.of());
    RuleBundle inForce = before;
    Map<String, RuleDocument> documents = new TreeMap<>();
    for (int round = 0; round < 500; round++) {
      String path = "abcde".charAt(random.nextInt(5)) + ".yml";
      if (random.nextInt(4) == 0) {
        documents.remove(path);
      } else {
        String text = texts.get(random.nextInt(texts.size()));
        documents.put(path, new RuleDocument(path, text));
      }
      RuleBundle delivered = new RuleBundle(List.copyOf(documents.values()));
      ContentReview expected = ContentReview.of(delivered, before, inForce);
      ContentReview review = ContentReview.of(delivered, before, inForce, known);
      assertThat(review.effective()).as("round %d", round).isEqualTo(expected.effective());
      assertThat(review.verdicts()).as("round %d", round).isEqualTo(expected.verdicts());
      assertThat(review.rulesBefore()).isEqualTo(expected.rulesBefore());
      assertThat(review.rulesRemoved()).isEqualTo(expected.rulesRemoved());
      boolean refused = random.nextInt(8) == 0;
      if (!refused) {
        before = delivered;
        inForce = review.effective();
      }
    }
  }

  private static Placeholders admins(String name) {
    return PlaceholderFile.parse(
            new RuleDocument("values.yml", "placeholders: {admins: [%s]}".formatted(name)))
        .placeholders();
  }

  private static RuleDocument document(String id, String search) {
    String text =
        """
        title: %s
        id: %s
        logsource: {product: test}
        detection:
          s: %s
          condition: s
        """
            .formatted(id, id, search);
    return new RuleDocument(id, text);
  }
}
