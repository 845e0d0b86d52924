package dev.cooper.flags.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.flags.CommandFlags;
import dev.cooper.flags.CommandLine;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the processor writes compiles and sets the fields; what it cannot write it refuses. */
class FlagProcessorTest {
  @TempDir Path classes;

  private static final String COMMAND =
      """
      package sample;
      import dev.cooper.flags.*;
      import java.nio.file.Path;
      import java.util.*;
      @Usage(name = "go", synopsis = {"one \\"quoted\\"", "two"}, description = "Goes\\\\")
      public class GoCommand extends Base {
        public enum Speed { SLOW, VERY_FAST }
        @Option(names = {"-b", "--bool"}, description = "A switch") boolean bool;
        @Option(names = "--int", hidden = true) int number;
        @Option(names = "--boxed", paramLabel = "n") Integer boxed;
        @Option(names = "--long") Long big = 1L;
        @Option(names = "--double") double fraction;
        @Option(names = "--path") Path path;
        @Option(names = "--speed", fallbackValue = "slow") Speed speed;
        @Option(names = "--list", split = ",") final List<String> list = new ArrayList<>();
        @Mixin Shared shared = new Shared();
        @Override public String toString() {
          return bool + " " + number + " " + boxed + " " + big + " " + fraction + " " + path + " "
              + speed + " " + list + " " + shared.text + " " + words;
        }
      }
      class Base { @Parameters List<String> words = new ArrayList<>(); }
      class Shared { @Option(names = "--text") String text; }
      """;

  @Test
  void whatItWritesSetsTheFields() throws Exception {
    assertThat(compile(COMMAND)).isEmpty();
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {classes.toUri().toURL()}, FlagProcessorTest.class.getClassLoader())) {
      CommandFlags<?> flags =
          (CommandFlags<?>)
              loader.loadClass("sample.GoCommandFlags").getConstructor().newInstance();
      assertThat(flags.name()).isEqualTo("go");
      assertThat(flags.synopsis()).isEqualTo("one \"quoted\"\n\ttwo");
      assertThat(flags.description()).isEqualTo("Goes\\");
      assertThat(flags.flags()).hasSize(9);
      assertThat(flags.flags()[1].hidden()).isTrue();
      assertThat(flags.flags()[2].label()).isEqualTo("n");
      CommandLine.read(
          flags,
          List.of(
              "-b --int=1 --boxed 2 --long 3 --double 0.5 --path /p --speed=very-fast --list a,b"
                  .concat(" --text t w")
                  .split(" ")),
          false);
      assertThat(flags.command()).hasToString("true 1 2 3 0.5 /p VERY_FAST [a, b] t [w]");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          @Option(names = "--a") private String a; | a flag's field cannot be private
          @Option(names = "--a") final String a = ""; | a flag's field cannot be final
          @Option(names = "--a") char a; | no flag can set a char
          @Option(names = "--a") List<Integer> a; | a flag's list is a List<String>
          @Option(names = "-ab") String a; | no flag's name: -ab
          @Option(names = "--a", split = ",") String a; | only a list's value can be split
          @Option(names = "--a") String a; @Option(names = "--a") String b; | two flags are called --a
          @Parameters String a; | operands go to one List<String>
          """)
  void whatItCannotWriteItRefuses(String field, String complaint) throws IOException {
    String source =
        "package sample; import dev.cooper.flags.*; import java.util.*;"
            + "@Usage(name = \"x\", description = \"x\") class X { "
            + field
            + " }";
    assertThat(compile(source)).contains(complaint);
  }

  /** Compiles with the processor; what the compiler prints. */
  private String compile(String source) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null);
    Path file = Files.writeString(classes.resolve("GoCommand.java"), source);
    StringWriter output = new StringWriter();
    JavaCompiler.CompilationTask task =
        compiler.getTask(
            output,
            files,
            null,
            List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path")),
            null,
            files.getJavaFileObjects(file));
    task.setProcessors(List.of(new FlagProcessor()));
    task.call();
    return output.toString();
  }
}
