package dev.cooper.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** pflag's rules; the complaints are those that Docker 20.10 prints for the same mistakes. */
class CommandLineTest {
  private final Sample flags = new Sample();
  private final Sample.Command command = flags.command();

  private boolean read(boolean stops, String... words) {
    return CommandLine.read(flags, List.of(words), stops);
  }

  @Test
  void switchesGoTogetherAndTheLastMayTakeAValue() {
    read(false, "-dtv", "/a:/b", "-v/c:/d", "-v=/e:/f", "--volume=/g:/h", "--volume", "/i:/j");
    assertThat(command.detach).isTrue();
    assertThat(command.tty).isTrue();
    assertThat(command.volume).containsExactly("/a:/b", "/c:/d", "/e:/f", "/g:/h", "/i:/j");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "f", "F", "false", "FALSE", "False"})
  void aSwitchTakesAValueAfterEqualsOnly(String no) {
    read(false, "--sig-proxy=" + no, "-d=" + no, "--tty", "false");
    assertThat(command.proxy).isFalse();
    assertThat(command.detach).isFalse();
    assertThat(command.tty).isTrue();
    assertThat(command.words).containsExactly("false");
  }

  @Test
  void wordsMayStandBetweenFlags() {
    read(false, "a", "-d", "b", "-", "--", "-t", "--name");
    assertThat(command.detach).isTrue();
    assertThat(command.tty).isFalse();
    assertThat(command.words).containsExactly("a", "b", "-", "-t", "--name");
  }

  @Test
  void afterTheFirstWordEverythingBelongsToTheProgram() {
    read(true, "-d", "image", "sh", "-t", "--", "--help");
    assertThat(command.tty).isFalse();
    assertThat(command.words).containsExactly("image", "sh", "-t", "--", "--help");
  }

  @Test
  void theLastOfTwoCounts() {
    read(false, "--name", "a", "--name=b", "--name=", "--timeout", "5", "-T-1");
    assertThat(command.name).isEmpty();
    assertThat(command.time).isEqualTo(-1);
  }

  @Test
  void aFlagMayStandAloneOrHaveAValue() {
    read(false, "--progress", "plain");
    assertThat(command.progress).isEqualTo("auto");
    assertThat(command.words).containsExactly("plain");
    read(false, "--progress=plain");
    assertThat(command.progress).isEqualTo("plain");
  }

  @Test
  void listsMayBeSplit() {
    read(false, "--names", "a,b", "--names=c,");
    assertThat(command.names).containsExactly("a", "b", "c", "");
  }

  @Test
  void helpIsMetBeforeTheProgramOnly() {
    assertThat(read(true, "-d", "--help", "--nonsense")).isTrue();
    assertThat(read(true, "-h")).isTrue();
    assertThat(read(true, "image", "--help")).isFalse();
    assertThat(read(false, "--name", "--help")).isFalse();
    assertThat(command.name).isEqualTo("--help");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --nope            | unknown flag: --nope
          --nope=x          | unknown flag: --nope
          -x                | unknown shorthand flag: 'x' in -x
          -dxt              | unknown shorthand flag: 'x' in -xt
          --name            | flag needs an argument: --name
          -dv               | flag needs an argument: 'v' in -v
          --=x              | bad flag syntax: --=x
          --sig-proxy=maybe | invalid argument "maybe" for "--sig-proxy" flag: strconv.ParseBool: parsing "maybe": invalid syntax
          -T=soon           | invalid argument "soon" for "-T, --time" flag: strconv.ParseInt: parsing "soon": invalid syntax
          --time=9999999999 | invalid argument "9999999999" for "-T, --time" flag: strconv.ParseInt: parsing "9999999999": value out of range
          --time=           | invalid argument "" for "-T, --time" flag: strconv.ParseInt: parsing "": invalid syntax
          """)
  void complainsAsDockerDoes(String word, String complaint) {
    assertThatThrownBy(() -> read(false, word))
        .isInstanceOf(FlagException.class)
        .hasMessage(complaint);
  }
}
