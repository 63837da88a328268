package dev.lockstep.elastalert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.event.MalformedEventException;
import dev.lockstep.program.RuleProgram;
import dev.lockstep.sigma.ParsedDocuments;
import dev.lockstep.sigma.SigmaParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Imported rules find the events that the query of Elasticsearch would find. */
final class FilterJudgementTest {

  /** Filter, event, and whether Elasticsearch would find it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "{term: {a: x}} → {'a':'x'} → true",
        "{term: {a: x}} → {'a':'xy'} → false",
        "{term: {a: x}} → {'a':['y','x']} → true",
        "{term: {a.b: x}} → {'a':{'b':'x'}} → true",
        "{term: {a.keyword: X}} → {'a':'X'} → true",
        "{term: {a.keyword: X}} → {'a':'x'} → false",
        "{term: {a: 'x*'}} → {'a':'xy'} → false",
        "{term: {a: 'x*'}} → {'a':'x*'} → true",
        "{term: {a: 404}} → {'a':404} → true",
        "{term: {a: '404'}} → {'a':404} → true",
        "{term: {a: 404}} → {'a':'404'} → true",
        "{term: {a: yes}} → {'a':true} → true",
        "{term: {a: 'C:\\temp\\x'}} → {'a':'C:\\\\temp\\\\x'} → true",
        "{terms: {a: [x, y]}} → {'a':'y'} → true",
        "{terms: {a: [x, y]}} → {'a':'z'} → false",
        "{range: {a: {gte: 5, lt: 10}}} → {'a':5} → true",
        "{range: {a: {gte: 5, lt: 10}}} → {'a':10} → false",
        "{range: {a: {from: 5, to: 10, include_lower: false}}} → {'a':5} → false",
        "{range: {a: {from: 5, to: 10, include_lower: false}}} → {'a':10} → true",
        "{exists: {field: a}} → {'a':'x'} → true",
        "{exists: {field: a}} → {'a':null} → false",
        "{exists: {field: a}} → {'b':1} → false",
        "{missing: {field: a}} → {'b':1} → true",
        "{prefix: {a: ab}} → {'a':'abc'} → true",
        "{prefix: {a: 'a*'}} → {'a':'abc'} → false",
        "{wildcard: {a: 'x*y?'}} → {'a':'x--yz'} → true",
        "{wildcard: {a: 'x*y?'}} → {'a':'x--y'} → false",
        "{wildcard: {a: 'x\\*'}} → {'a':'xy'} → false",
        "{wildcard: {a: 'x\\*'}} → {'a':'x*'} → true",
        "{wildcard: {a: 'C:\\\\*'}} → {'a':'C:\\\\x'} → true",
        "{regexp: {a: 'x[0-9]+'}} → {'a':'x12'} → true",
        "{regexp: {a: 'x[0-9]+'}} → {'a':'x12y'} → false",
        "{regexp: {a: 'x|y'}} → {'a':'xy'} → false",
        "{regexp: {a: '$x^'}} → {'a':'$x^'} → true",
        "{regexp: {a: 'x.y'}} → {'a':'x\\ny'} → true",
        "{match_phrase: {message: disk full}} → {'message':'the disk full'} → true",
        "{match: {message: disk full}} → {'message':'full of it'} → true",
        "{match: {message: {query: disk full, operator: and}}} → {'message':'full'} → false",
        "{match_all: {}} → {'@timestamp':1} → true",
        "{bool: {must: {term: {a: x}}, must_not: {term: {b: y}}}} → {'a':'x'} → true",
        "{bool: {must: {term: {a: x}}, must_not: {term: {b: y}}}} → {'a':'x','b':'y'} → false",
        "{bool: {should: [{term: {a: x}}, {term: {b: y}}]}} → {'b':'y'} → true",
        "{bool: {should: [{term: {a: x}}, {term: {b: y}}]}} → {'c':'y'} → false",
        "{bool: {filter: {term: {c: z}}, should: [{term: {a: x}}]}} → {'c':'z'} → true",
        "{bool: {must_not: [{exists: {field: a}}, {term: {b: y}}]}} → {'c':1} → true",
        "{bool: {must_not: [{exists: {field: a}}, {term: {b: y}}]}} → {'a':1} → false",
        "{not: {bool: {must: [{term: {a: x}}, {term: {b: y}}]}}} → {'a':'x'} → true",
        "{not: {bool: {must: [{term: {a: x}}, {term: {b: y}}]}}} → {'a':'x','b':'y'} → false",
        "{query_string: {query: 'a:x OR b:y AND c:z'}} → {'a':'x'} → false",
        "{query_string: {query: 'a:x OR b:y AND c:z'}} → {'b':'y','c':'z'} → true",
        "{query_string: {query: 'a:x OR NOT b:y'}} → {'c':1} → false",
        "{query_string: {query: 'a:x OR (NOT b:y)'}} → {'c':1} → true",
        "{query_string: {query: '(a:x OR b:y) AND NOT c:z'}} → {'b':'y'} → true",
        "{query_string: {query: '(a:x OR b:y) AND NOT c:z'}} → {'b':'y','c':'z'} → false",
        "{query_string: {query: 'failed AND \"log on\"'}} → {'x':'log on','y':'failed'} → true",
        "{query_string: {query: 'failed AND \"log on\"'}} → {'y':'failed'} → false",
        "{query_string: {query: 'a:\"10.0.0.0/8\"'}} → {'a':'10.1.2.3'} → true",
        "{query_string: {query: 'a:\"10.0.0.0/8\"'}} → {'a':'11.1.2.3'} → false",
        "{query_string: {query: 'a:[1 TO 5} AND NOT a:3'}} → {'a':4} → true",
        "{query_string: {query: 'a:[1 TO 5} AND NOT a:3'}} → {'a':3} → false",
        "{query_string: {query: 'a:>=5'}} → {'a':5} → true",
        "{query_string: {query: 'a:(x AND NOT y)'}} → {'a':['x','y']} → false",
        "{query_string: {query: 'a:/x.*/ AND _exists_:b'}} → {'a':'xyz','b':0} → true",
        "{query_string: {query: 'message:disk'}} → {'message':'the disk is full'} → true",
        "{query_string: {query: 'a:disk'}} → {'a':'the disk is full'} → false",
        "{query_string: {query: '-a:x -b:y'}} → {'c':1} → true",
        "{query_string: {query: '-a:x -b:y'}} → {'b':'y'} → false",
      })
  void findsWhatElasticsearchFinds(String filter, String event, boolean found)
      throws MalformedEventException {
    ImportedRule rule = ImportCases.of("name: n\ntype: any\nindex: i\nfilter: [" + filter + "]\n");

    assertThat(rule.count(Remark.Kind.REFUSED)).isZero();
    assertThat(matches(rule.text().orElseThrow(), event)).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "blacklist: [X, 'y*'] → {'a':'X'} → true",
        "blacklist: [X, 'y*'] → {'a':'x'} → false",
        "blacklist: [X, 'y*'] → {'a':'yz'} → false",
        "blacklist: [X, 'y*'] → {'b':'X'} → false",
        "whitelist: [x]|ignore_null: true → {'a':'y'} → true",
        "whitelist: [x]|ignore_null: true → {'a':'x'} → false",
        "whitelist: [x]|ignore_null: true → {'b':1} → false",
        "whitelist: [x]|ignore_null: true → {'a':null} → false",
        "whitelist: [x]|ignore_null: false → {'b':1} → true",
        "whitelist: [x]|ignore_null: false → {'a':null} → true",
      })
  void listsAreComparedAsElastAlertDoes(String settings, String event, boolean found)
      throws MalformedEventException {
    String type = settings.substring(0, settings.indexOf(':'));
    ImportedRule rule =
        ImportCases.of(
            "name: n\ntype: %s\nindex: i\ncompare_key: a\n%s\n"
                .formatted(type, settings.replace('|', '\n')));

    assertThat(matches(rule.text().orElseThrow(), event)).isEqualTo(found);
  }

  private static boolean matches(String rule, String event) throws MalformedEventException {
    ParsedDocuments parsed = SigmaParser.parse("rule.yml", rule);
    assertThat(parsed.issues()).isEmpty();
    // whatever Elasticsearch has, has a time
    String withTime =
        event.contains("@timestamp")
            ? event
            : event.replaceFirst("\\{", "{'@timestamp':'2026-01-01T00:00:00Z',");
    byte[] json = withTime.replace('\'', '"').getBytes(UTF_8);
    return !RuleProgram.compile(parsed.rules()).judge(json, "acme").matches().isEmpty();
  }
}
