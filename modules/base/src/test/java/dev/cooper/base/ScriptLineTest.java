package dev.cooper.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptLineTest {
  @ParameterizedTest
  @CsvSource({
    "/usr/bin/env python3, python3",
    "/usr/bin/env -S python3 -u, python3",
    "/usr/bin/env -Spython3 -u, python3",
    "/usr/bin/env -S FOO=1 python3, python3",
    "/usr/bin/env -vS -u HOME -i A=b C= sh -e, sh",
    "/usr/bin/env -i sh, sh",
    "/usr/bin/env --split-string=perl -w, perl",
    "/usr/bin/env -S A=1,",
    "/bin/sh -e,"
  })
  void envsOptionsAreNoPrograms(String line, String program) {
    byte[] head = ("#!" + line + "\nrest\n").getBytes(StandardCharsets.UTF_8);
    assertThat(ScriptLine.of("script", head).named().orElse(null)).isEqualTo(program);
  }
}
