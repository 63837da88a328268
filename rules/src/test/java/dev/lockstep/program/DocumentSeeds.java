package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.mapping.ShippedMappings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** Good documents of every kind, to make broken ones of. */
final class DocumentSeeds {
  /** Every modifier, value and attribute once. */
  static final String EVERYTHING =
      """
      title: Everything
      id: 6a1c4c5e-0b1f-4b7e-9b0a-3d0f5a0c0001
      name: everything
      status: test
      level: high
      description: |
        Two lines,
        the second of them.
      references: [https://example.org/a]
      author: "someone, someone else"
      date: 2024-01-02
      tags: [attack.execution, attack.t1059.001]
      fields: [a, b]
      falsepositives: [none]
      logsource: {product: windows, category: process_creation, service: sysmon}
      lockstep: {stage: shadow, customers: {except: [umbrella]}}
      detection:
        sel_text:
          Image|endswith: ['\\cmd.exe', '\\power*shell.exe', '?:\\*']
          CommandLine|contains|all: [' -enc', ' -w']
          CommandLine|windash|contains: ' -a'
          Hashes|contains|cased: 'MD5=AB'
          User|neq: [root, null]
          Parent.Image|startswith: &img 'C:\\Win'
        sel_encoded:
          a|base64: x
          b|base64offset|contains: 'foo bar'
          c|wide|base64offset|contains: 'http://'
          d|utf16be|contains: x
          e|utf16|base64: x
        sel_re:
          a|re|i|m|s: '^(foo|ba[rz]){2,3}\\.exe$'
          b|re: '\\d{1,3}\\.(?:a|b)+?'
          c|re|startswith: 'x+'
        sel_number:
          EventID: [1, 4688, '7']
          n|gt: 1.5
          m|lte: 1e3
          t|hour|gte: 22
          u|month: [1, 12]
          w|week: 53
          y|year|lt: 2000
          x|minute: 0
          z|day: 31
        sel_other:
          ip|cidr: [10.0.0.0/8, 'fe80::/10']
          gone|exists: false
          p|fieldref: q
          r|fieldref|endswith: s
          empty: ''
          nothing: null
          yes: true
          who|expand: ['%Admins%', 'x%Servers%']
          how|re|expand: '^%Admins%$'
        sel_list:
          - a: 1
            b: *img
          - {c: 2}
        keywords: [evil, 'very * evil', 17]
        strict: {'|all': [one, two], '|re': 'thr[e]{2}'}
        condition: (1 of sel_* or keywords) and not (strict and all of sel_*)
      """;

  private static final String FILTER =
      """
      title: Filter
      id: 6a1c4c5e-0b1f-4b7e-9b0a-3d0f5a0c0002
      logsource: {product: windows}
      filter:
        rules: [everything, any]
        selection:
          User|startswith: 'adm_'
          a|expand: '%Admins%'
        condition: not selection
      lockstep: {customers: {only: [acme, globex]}}
      """;

  /** With the rule that they refer to, so that what is planned of them is reached, too. */
  private static final String CORRELATIONS =
      """
      title: Failed logon
      name: failed
      logsource: {product: windows}
      detection: {s: {EventID: 4625}, condition: s}
      ---
      title: Many
      id: many
      level: high
      correlation:
        type: value_percentile
        rules: [failed]
        group-by: [User, who]
        aliases: {who: {failed: TargetUserName}}
        timespan: 15m
        generate: true
        condition: {field: n, percentile: 95, gt: 1.5, lte: 1e3, neq: 7}
      lockstep: {suppress: {by: [User], for: 1h, max: 2, realert: exponential}}
      ---
      title: Upon
      correlation:
        type: temporal
        timespan: 2w
        group-by: User
        condition: many and not failed
      ---
      title: Less
      generate: true
      correlation:
        type: drop
        rules: failed
        windows: 6
        timespan: 1d
        condition: {ratio: 3, min-reference: 0.5, field: n}
      """;

  static final String VALUES =
      """
      placeholders:
        Admins: [root, 'adm*', 7]
        Servers:
          - srv1
          - 'srv?'
        Nets: [10.0.0.0/8]
      """;

  private static final String MAPPING =
      """
      use: windows-flat
      fields:
        Image: proc.path
        User: [user.name, user.domain]
      default: data.{field}
      logsources:
        - logsource: { product: windows, category: process_creation }
          when: { kind: process, n|gt: 3, 'x y|contains': [a, b] }
          fields: { Hashes: proc.hashes }
          aliases: { ParentImage: Creator }
      stated: { product: vendor }
      unmapped: judge
      customers:
        acme:
          use: windows-winlogbeat
        globex: { fields: { Image: other }, default: ['{field}', 'x.{field}'] }
      """;

  private DocumentSeeds() {}

  /**
   * Rules, correlations, filters and values files: our own, and those of SigmaHQ where they are.
   */
  static List<String> content() throws IOException {
    List<String> documents = new ArrayList<>(yamlIn(Path.of("content")));
    documents.addAll(List.of(FILTER, VALUES, CORRELATIONS));
    int ours = documents.size();
    for (int i = 0; i < ours; i++) {
      documents.add(EVERYTHING);
    }
    Optional<Path> sigmaHq = corpus("sigmahq");
    if (sigmaHq.isPresent()) {
      documents.addAll(Lanes.every(yamlIn(sigmaHq.get()), 1000));
    }
    return documents;
  }

  static List<String> mappings() {
    List<String> documents = new ArrayList<>(List.of(MAPPING, MAPPING, MAPPING));
    for (String name : ShippedMappings.names()) {
      documents.add(ShippedMappings.named(name).orElseThrow().text());
    }
    return documents;
  }

  /** Where the corpus is, if it is. */
  static Optional<Path> corpus(String name) {
    try {
      return Optional.of(Corpus.path(name));
    } catch (TestAbortedException e) {
      return Optional.empty();
    }
  }

  private static List<String> yamlIn(Path folder) throws IOException {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(DocumentSeeds::isYaml).sorted().toList()) {
        texts.add(Files.readString(file, UTF_8));
      }
    }
    return texts;
  }

  private static boolean isYaml(Path file) {
    String name = file.toString();
    return name.endsWith(".yml") && !name.endsWith(".test.yml");
  }
}
