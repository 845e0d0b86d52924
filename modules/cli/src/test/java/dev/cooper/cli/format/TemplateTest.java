package dev.cooper.cli.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
  private static final Map<String, Object> DATA = data();

  private static Map<String, Object> data() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("Cmd", List.of("sh", "-c", "true"));
    config.put("Labels", Map.of("b", "2", "a", "1"));
    config.put("Entrypoint", null);
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("ID", "sha256:0123456789abcdef");
    data.put("Size", 1234L);
    data.put("Running", true);
    data.put("Name", "/web");
    data.put("Empty", "");
    data.put("Config", config);
    data.put("Mounts", List.of(Map.of("Source", "/a"), Map.of("Source", "/b")));
    data.put("Missing", new ArrayList<>(Arrays.asList((Object) null)));
    return data;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '~',
      textBlock =
          """
          {{.ID}} § sha256:0123456789abcdef
          x{{ .Size }}y § x1234y
          {{.Config.Cmd}} § [sh -c true]
          {{json .Config.Cmd}} § ["sh","-c","true"]
          {{.Config.Labels}} § map[a:1 b:2]
          {{index .Config.Labels "a"}} § 1
          {{index .Config.Labels "none"}}. § .
          {{index .Config.Cmd 1}} § -c
          {{(index .Mounts 1).Source}} § /b
          {{range .Mounts}}{{.Source}};{{end}} § /a;/b;
          {{range $i, $m := .Mounts}}{{$i}}={{$m.Source}} {{end}} § 0=/a 1=/b
          {{range $k, $v := .Config.Labels}}{{$k}}{{$v}}{{end}} § a1b2
          {{range .Empty}}x{{else}}none{{end}} § ERROR
          {{if .Running}}up{{else}}down{{end}} § up
          {{if not .Running}}up{{else if .Empty}}empty{{else}}down{{end}} § down
          {{if and .Running (eq .Size 1234)}}both{{end}} § both
          {{if or .Empty .Running}}one{{end}} § one
          {{with .Config}}{{len .Cmd}}{{end}} § 3
          {{with $x := .Name}}{{$x}}{{end}} § /web
          {{printf "%.12s" .ID}} § sha256:01234
          {{.ID | printf "%-25s|"}} § sha256:0123456789abcdef  |
          {{printf "%5d|%05d|%t|%q" .Size .Size .Running .Name}} § ' 1234|01234|true|"/web"'
          {{slice .ID 7 11}} § 0123
          {{join .Config.Cmd ","}} § sh,-c,true
          {{upper .Name}}{{lower "AB"}}{{title "ab cd"}} § /WEBabAb Cd
          {{split "a,b" ","}} § [a b]
          {{truncate .ID 6}} § sha256
          {{.Config.Entrypoint}} § <no value>
          {{$s := .Size}}{{$s}}-{{$.Name}} § 1234-/web
          a {{- .Size -}} b § a1234b
          {{/* nothing */}}x § x
          {{`a\\n`}} § a\\n
          {{print "a" 1 2 "b"}} § a1 2b
          {{println "a" 1}} § a 1
          {{if lt .Size 2000}}{{if ge .Size 1234}}ok{{end}}{{end}} § ok
          """)
  void rendersAsGoDoes(String template, String expected) {
    String wanted =
        expected.startsWith("'") ? expected.substring(1, expected.length() - 1) : expected;
    if (wanted.equals("ERROR")) {
      assertThatThrownBy(() -> Template.parse(template).render(DATA))
          .isInstanceOf(CooperException.InvalidInput.class);
    } else {
      assertThat(Template.parse(template).render(DATA).stripTrailing()).isEqualTo(wanted);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      textBlock =
          """
          {{.Nope}} § map has no entry for key "Nope"
          {{.ID.x}} § can't evaluate field x in type string
          {{foo .ID}} § function "foo" not defined
          {{.ID § unclosed action
          {{if .ID}}x § unexpected EOF
          {{end}} § unexpected {{end}}
          {{}} § missing
          {{index .Config.Cmd 9}} § index out of range
          {{$x}} § undefined variable
          {{len .Size}} § error calling len
          {{"abc}} § unterminated quoted string
          {{.ID .Size}} § can't give argument to non-function
          {{(.ID}} § unexpected end of action
          """)
  void refusesInOneLine(String template, String words) {
    if (words.equals("missing")) {
      assertThat(Template.parse(template).render(DATA)).isEmpty();
      return;
    }
    assertThatThrownBy(() -> Template.parse(template).render(DATA))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessageStartingWith("template parsing error: template: :1:")
        .hasMessageContaining(words)
        .hasMessageNotContaining("\n");
  }

  @Test
  void nestingIsBounded() {
    String deep = "(".repeat(5000) + ".ID" + ")".repeat(5000);
    assertThatThrownBy(() -> Template.parse("{{" + deep + "}}"))
        .isInstanceOf(CooperException.InvalidInput.class);
  }
}
