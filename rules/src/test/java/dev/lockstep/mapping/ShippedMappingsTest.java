package dev.lockstep.mapping;

import static dev.lockstep.mapping.Mapped.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sigma.SigmaRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedMappingsTest {
  private static final Path FOLDER = Path.of("src/main/resources/dev/lockstep/mapping");
  private static final String CREATION = "{product: windows, category: process_creation}";

  static Stream<String> names() {
    return ShippedMappings.names().stream();
  }

  @Test
  void namesEveryFileThatIsThere() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".yml", "")))
          .containsExactlyInAnyOrderElementsOf(ShippedMappings.names());
    }
    assertThat(ShippedMappings.named("windows")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void hasNoIssues(String name) {
    assertThat(FieldMapping.parse(List.of(ShippedMappings.named(name).orElseThrow())).issues())
        .isEmpty();
  }

  /** The examples in the comment of each file, and what they are examples of. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "aws-cloudtrail     | 0 | {product: aws, service: cloudtrail}",
        "linux-auditd       | 0 | {product: linux, service: auditd}",
        "linux-auditd       | 1 | {product: linux, service: auditd}",
        "linux-sysmon       | 0 | {product: linux, category: process_creation}",
        "linux-sysmon       | 1 | {product: linux, category: process_creation}",
        "stated             | 0 | {product: windows, category: process_creation}",
        "web                | 0 | {category: webserver}",
        "web                | 1 | {category: proxy}",
        "web                | 2 | {category: webserver}",
        "windows-evtx       | 0 | {product: windows, category: process_creation}",
        "windows-flat       | 0 | {product: windows, category: process_creation}",
        "windows-winlogbeat | 0 | {product: windows, category: process_creation}",
        "zeek               | 0 | {product: zeek, service: conn}",
        "zeek               | 1 | {product: zeek, service: dns}",
      })
  void showsWhatItIsAboutByExample(String name, int example, String logsource) {
    String event = examples(name).get(example);
    List<String> sources =
        List.of(
            "{product: aws, service: cloudtrail}",
            "{product: linux, service: auditd}",
            "{product: linux, category: process_creation}",
            "{product: linux, category: file_event}",
            "{category: proxy}",
            "{category: webserver}",
            CREATION,
            "{product: windows, category: registry_set}",
            "{product: windows, service: security}",
            "{product: zeek, service: conn}",
            "{product: zeek, service: dns}");
    assertThat(sources)
        .filteredOn(source -> Mapped.byShipped(name).matches(rule(source, "{'|re': '.'}"), event))
        .containsExactly(logsource);
  }

  /** Events of every shape; all rules are of the logsource of their event. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // evtx_dump
        "windows-evtx; {product: windows, service: system}; {EventID: 7045, ImagePath|contains: evil,"
            + " Provider_Name: Service Control Manager};"
            + " {'Event':{'System':{'Provider':{'#attributes':{'Name':'Service Control Manager'}},"
            + "'EventID':{'#attributes':{'Qualifiers':16384},'#text':7045},'Channel':'System'},"
            + "'EventData':{'ServiceName':'x','ImagePath':'c:/evil.exe'}}}",
        "windows-evtx; {product: windows, category: process_creation};"
            + " {Image|endswith: cmd.exe, ParentImage|endswith: w3wp.exe, User|contains: SYSTEM};"
            + " {'Event':{'System':{'EventID':4688,'Channel':'Security'},'EventData':"
            + "{'NewProcessName':'c:/cmd.exe','ParentProcessName':'c:/w3wp.exe',"
            + "'SubjectUserName':'SYSTEM'}}}",
        "windows-evtx; {product: windows, service: application}; {Data|contains: fault};"
            + " {'Event':{'System':{'EventID':1000,'Channel':'Application'},"
            + "'EventData':{'Data':{'#text':['a','a fault']}}}}",
        "windows-evtx; {product: windows, service: wmi}; {Operation|contains: ExecMethod};"
            + " {'Event':{'System':{'EventID':5858,"
            + "'Channel':'Microsoft-Windows-WMI-Activity/Operational'},'UserData':"
            + "{'Operation_ClientFailure':{'Operation':'Start IWbemServices::ExecMethod'}}}}",
        "windows-evtx; {product: windows, service: system}; {EventID: 104, Channel: Security};"
            + " {'Event':{'System':{'EventID':104,'Channel':'System'},'UserData':"
            + "{'LogFileCleared':{'Channel':'Security','SubjectUserName':'eve'}}}}",
        "windows-evtx; {category: antivirus}; {Signature|contains: Mimikatz, Filename|endswith: x};"
            + " {'Event':{'System':{'EventID':1116,'Channel':"
            + "'Microsoft-Windows-Windows Defender/Operational'},'EventData':"
            + "{'Threat Name':'HackTool:Win32/Mimikatz','Path':'c:/x'}}}",
        "windows-evtx; {product: windows}; {Execution_ProcessID: 4, Computer: ws1};"
            + " {'Event':{'System':{'EventID':9,'Channel':'Some/Channel','Computer':'ws1',"
            + "'Execution':{'#attributes':{'ProcessID':4}}}}}",
        // Winlogbeat, raw and through its modules
        "windows-winlogbeat; {product: windows, category: process_creation};"
            + " {Image|endswith: cmd.exe, IntegrityLevel: High, OriginalFileName: Cmd.Exe,"
            + " User|contains: AUTHORI};"
            + " {'event':{'code':'1'},'winlog':{'channel':'Microsoft-Windows-Sysmon/Operational',"
            + "'event_id':'1','event_data':{'IntegrityLevel':'High'}},'user':{'domain':"
            + "'NT AUTHORITY','name':'SYSTEM'},'process':{'executable':'c:/cmd.exe',"
            + "'pe':{'original_file_name':'Cmd.Exe'}}}",
        "windows-winlogbeat; {product: windows, category: process_creation};"
            + " {Image|endswith: cmd.exe};"
            + " {'winlog':{'channel':'Microsoft-Windows-Sysmon/Operational','event_id':1,"
            + "'event_data':{'Image':'c:/cmd.exe'}}}",
        "windows-winlogbeat; {product: windows, category: process_creation};"
            + " {Image|endswith: cmd.exe};"
            + " {'winlog':{'channel':'Security','event_id':4688,'event_data':"
            + "{'NewProcessName':'c:/cmd.exe'}}}",
        "windows-winlogbeat; {product: windows, category: registry_set};"
            + " {TargetObject|contains: Run, Details|endswith: .exe};"
            + " {'event':{'code':'13'},'winlog':{'channel':"
            + "'Microsoft-Windows-Sysmon/Operational','event_data':{'TargetObject':'HKU/Run/a',"
            + "'Details':'a.exe'}},'registry':{'path':'HKU/Run/a'}}",
        "windows-winlogbeat; {product: windows, category: ps_script}; {ScriptBlockText|contains: iex};"
            + " {'event':{'code':'4104'},'winlog':{'channel':"
            + "'Microsoft-Windows-PowerShell/Operational'},"
            + "'powershell':{'file':{'script_block_text':'iex $x'}}}",
        "windows-winlogbeat; {product: windows, service: wmi}; {Operation|contains: Exec};"
            + " {'winlog':{'channel':'Microsoft-Windows-WMI-Activity/Operational','event_id':5858,"
            + "'user_data':{'Operation':'ExecQuery'}}}",
        // flat
        "windows-flat; {product: windows, category: file_event}; {TargetFilename|endswith: .lnk};"
            + " {'EventID':'11','Channel':'Microsoft-Windows-Sysmon/Operational',"
            + "'TargetFilename':'a.lnk'}",
        "windows-flat; {product: windows, category: pipe_created}; {PipeName|contains: evil};"
            + " {'EventID':18,'Channel':'Microsoft-Windows-Sysmon/Operational','PipeName':'evil'}",
        "windows-flat; {product: windows, service: dns-client}; {QueryName: a.example};"
            + " {'EventID':3008,'Channel':'Microsoft-Windows-DNS-Client/Operational',"
            + "'QueryName':'a.example'}",
        // Linux
        "linux-auditd; {product: linux, service: auditd}; {type: SYSCALL, SYSCALL: execve,"
            + " exe|endswith: /nc};"
            + " {'type':'SYSCALL','SYSCALL':'execve','exe':'/usr/bin/nc','comm':'nc'}",
        "linux-auditd; {product: linux, service: auditd}; {type: PATH, name|startswith: /etc/};"
            + " {'auditd':{'log':{'record_type':'PATH','name':'/etc/shadow'}}}",
        "linux-sysmon; {product: linux, category: file_event}; {TargetFilename|startswith: /etc/};"
            + " {'Channel':'Linux-Sysmon/Operational','EventID':11,'TargetFilename':'/etc/x'}",
        "linux-sysmon; {product: linux, category: network_connection}; {DestinationPort: 4444};"
            + " {'Event':{'System':{'EventID':3,'Channel':'Linux-Sysmon/Operational'},"
            + "'EventData':{'DestinationPort':4444}}}",
        // AWS
        "aws-cloudtrail; {product: aws, service: cloudtrail}; {eventName: StopLogging,"
            + " userIdentity.type: Root};"
            + " {'eventVersion':'1.08','eventSource':'cloudtrail.amazonaws.com',"
            + "'eventName':'StopLogging','userIdentity':{'type':'Root'}}",
        // Web
        "web; {category: webserver}; {cs-uri-query|contains: /etc/passwd, sc-status: 200,"
            + " cs-user-agent|contains: curl};"
            + " {'cs-method':'GET','cs-uri-stem':'/a/../../etc/passwd','cs-uri-query':'-',"
            + "'sc-status':200,'cs(User-Agent)':'curl/8'}",
        "web; {category: proxy}; {c-uri|endswith: .exe, c-useragent: curl};"
            + " {'cs-method':'GET','cs-uri':'http://a.example/x.exe','s-action':'TCP_MISS',"
            + "'c-useragent':'curl'}",
        "web; {category: webserver}; {cs-uri-query|contains: select, cs-method: GET};"
            + " {'event':{'dataset':'aws.elb_logs'},'http':{'request':{'method':'GET'}},"
            + "'url':{'original':'https://a.example/?q=select','query':'q=select'}}",
        "web; {category: proxy}; {c-uri|contains: x.exe, cs-host: a.example};"
            + " {'event':{'dataset':'squid.log'},'url':{'original':'http://a.example/x.exe',"
            + "'domain':'a.example'}}",
        // A line of an Application Load Balancer, as it is read from a file
        "web; {category: webserver}; {cs-uri-query|contains: /etc/passwd, c-ip: '2001:db8::7',"
            + " sc-status: 200, cs-host: a.example, cs-user-agent|contains: curl};"
            + " {'type':'https','elb':'app/lb/1','client:port':'2001:db8::7:51234',"
            + "'c-ip':'2001:db8::7','elb_status_code':200,'sc-status':200,"
            + "'request':'GET https://a.example:443/../etc/passwd HTTP/1.1','cs-method':'GET',"
            + "'cs-host':'a.example','cs-uri':'/../etc/passwd','cs-uri-stem':'/../etc/passwd',"
            + "'cs-user-agent':'curl/8'}",
        // Zeek
        "zeek; {product: zeek, service: smb_files}; {path|contains: ADMIN, id.orig_h: 10.0.0.5};"
            + " {'_path':'smb_files','id.orig_h':'10.0.0.5','path':'x/ADMIN$'}",
        "zeek; {product: zeek, service: x509}; {certificate.serial: 8BB00EE};"
            + " {'_path':'x509','certificate':{'serial':'8BB00EE'}}",
        // stated
        "stated; {product: cisco, service: aaa}; ['executed: ping'];"
            + " {'product':'cisco','service':'aaa','message':'User x executed: ping'}",
      })
  void findsFieldsInEventsOfItsShape(String name, String logsource, String search, String event) {
    assertThat(Mapped.byShipped(name).matches(rule(logsource, search), event.replace('\'', '"')))
        .isTrue();
  }

  @Test
  void aRuleOfProcessesDoesNotFireOnTheRegistry() {
    Mapped evtx = Mapped.byShipped("windows-evtx");
    SigmaRule rule = rule(CREATION, "{Image|endswith: reg.exe}");
    String event =
        """
        {"Event":{"System":{"EventID":%d,"Channel":"Microsoft-Windows-Sysmon/Operational"},
                  "EventData":{"Image":"C:\\\\reg.exe","TargetObject":"HKLM\\\\x"}}}""";
    assertThat(evtx.matches(rule, event.formatted(1))).isTrue();
    assertThat(evtx.matches(rule, event.formatted(13))).isFalse();
    assertThat(evtx.matches(rule, event.formatted(1).replace("Microsoft-Windows-Sysmon", "Other")))
        .isFalse();
  }

  @Test
  void aRuleOfTheWholeProductSeesEveryEventOfWindowsAndNoOther() {
    Mapped evtx = Mapped.byShipped("windows-evtx");
    SigmaRule rule = rule("{product: windows}", "[mimikatz]");
    assertThat(
            evtx.matches(
                rule,
                """
                {"Event":{"System":{"EventID":4242,"Channel":"Any"},
                          "EventData":{"x":"mimikatz"}}}"""))
        .isTrue();
    assertThat(evtx.matches(rule, "{\"message\":\"mimikatz\"}")).isFalse();
  }

  @Test
  void mappingsOfDifferentEventsGoTogether() {
    Mapped both = Mapped.byShipped("windows-evtx", "linux-auditd");
    assertThat(
            both.matches(
                rule("{product: linux, service: auditd}", "{a0: chattr}"),
                "{\"type\":\"EXECVE\",\"a0\":\"chattr\"}"))
        .isTrue();
    assertThat(
            both.mapping()
                .uncovered(
                    List.of(
                        rule(CREATION, "{a: 1}"),
                        rule("{product: linux, service: auditd}", "{a: 1}"))))
        .isEmpty();
  }

  private static List<String> examples(String name) {
    List<String> examples = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    for (String line : ShippedMappings.named(name).orElseThrow().text().lines().toList()) {
      String comment = line.startsWith("# ") ? line.substring(2) : "";
      if (!open.isEmpty() || comment.startsWith("{")) {
        open.append(comment);
      }
      if (!open.isEmpty() && count(open, '{') == count(open, '}')) {
        examples.add(open.toString());
        open.setLength(0);
      }
    }
    return examples;
  }

  private static long count(CharSequence text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }
}
