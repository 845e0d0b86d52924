package dev.cooper.cli.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cooper.linux.LinuxException;
import dev.cooper.linux.PseudoTerminal;
import dev.cooper.linux.Terminal;
import dev.cooper.linux.TerminalSize;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code layers IMAGE} as somebody at a terminal has it: a real pseudo-terminal, real keys. */
class ExplorerTerminalTest {
  private static final int SECONDS = 30;

  @TempDir static Path folder;

  @BeforeAll
  static void image() throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "SKIPPED: needs Linux");
    Path context = Files.createDirectories(folder.resolve("context/files/sub"));
    Files.writeString(context.resolveSibling("app.txt"), "hello from the file\n");
    Files.write(context.resolve("large"), new byte[200_000]);
    Files.writeString(context.resolve("evil\u202e\u001b[2J"), "x");
    Files.writeString(
        folder.resolve("context/Dockerfile"),
        """
        FROM scratch
        COPY files /first/
        COPY files/app.txt /second/
        """);
    Process build = command("build", "-q", "-t", "made", folder.resolve("context").toString());
    String said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(build.waitFor()).as(said).isZero();
  }

  private static Process command(String... words) throws IOException {
    return new ProcessBuilder(line(words)).redirectErrorStream(true).start();
  }

  private static List<String> line(String... words) {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.cooper.cli.Main",
                "--root",
                folder.resolve("root").toString()));
    line.addAll(List.of(words));
    return line;
  }

  /** A session on a terminal. */
  private static final class Session implements AutoCloseable {
    private final PseudoTerminal terminal;
    private final Process process;
    private final StringBuilder output = new StringBuilder();
    private TerminalSize size;

    Session(int rows, int columns) throws Exception {
      size = new TerminalSize(rows, columns);
      terminal = PseudoTerminal.create(size);
      File device = terminal.terminal().location().toFile();
      ProcessBuilder builder = new ProcessBuilder(line("layers", "made"));
      builder.environment().put("TERM", "xterm");
      process =
          builder
              .redirectInput(ProcessBuilder.Redirect.from(device))
              .redirectOutput(ProcessBuilder.Redirect.to(device))
              .redirectError(ProcessBuilder.Redirect.to(device))
              .start();
    }

    Screen screen() {
      Screen screen = new Screen(size.rows(), size.columns());
      // What was drawn before the last resize was for another screen.
      String all = output.toString();
      int home = all.lastIndexOf("\u001b[H");
      screen.write(home < 0 ? all : "\u001b[?1049h" + all.substring(home));
      return screen;
    }

    /** Reads until the screen shows this. */
    Screen await(String text) throws Exception {
      byte[] bytes = new byte[8192];
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      while (!screen().text().contains(text)) {
        assertThat(System.nanoTime()).as("%s in %s", text, screen().text()).isLessThan(end);
        if (terminal.controller().awaitReadable(100)) {
          int count = terminal.controller().read(bytes, 0, bytes.length);
          output.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
        }
      }
      return screen();
    }

    Session type(String keys) throws LinuxException {
      byte[] bytes = keys.getBytes(StandardCharsets.UTF_8);
      terminal.controller().write(bytes, 0, bytes.length);
      return this;
    }

    Session resize(int rows, int columns) throws Exception {
      size = new TerminalSize(rows, columns);
      Terminal.resize(terminal.controller().number(), size);
      // The kernel signals the terminal's foreground group; nobody made this one a session leader.
      new ProcessBuilder("sh", "-c", "kill -WINCH " + process.pid()).start().waitFor();
      return this;
    }

    int leave() throws Exception {
      assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
      byte[] bytes = new byte[8192];
      while (terminal.controller().awaitReadable(100)) {
        int count = terminal.controller().read(bytes, 0, bytes.length);
        output.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
      }
      return process.exitValue();
    }

    @Override
    public void close() {
      process.destroyForcibly();
      terminal.close();
    }
  }

  @Test
  void twoPanesByKeys() throws Exception {
    try (Session session = new Session(20, 100)) {
      Screen screen = session.await("q quit");
      assertThat(screen.text())
          .contains("Layers 200 kB", "COPY files /first/", "COPY files/app.txt", "▾ first/");
      assertThat(screen.isAlternate()).isTrue();
      session.type("\u001b[B").await("▾ second/");
      assertThat(session.await("▸ first/").mistakes()).isEmpty();
      // Into the files, open a folder, read a file, back.
      session.type("\t\u001b[B ").await("▸ second/");
      session.type(" ").await("   app.txt");
      session.type("\u001b[B").await("/second/app.txt");
      screen = session.type("\r").await("Esc back");
      assertThat(screen.lines()).startsWith("/second/app.txt", "hello from the file");
      session.type("\u001b").await("/second/app.txt  |");
      // Filter, in closed folders too; names that would move the cursor are escaped.
      screen = session.type("\u0006evil").await("Filter: evil_");
      assertThat(screen.text()).contains("evil\\u202e\\x1b[2J").doesNotContain("   app.txt");
      assertThat(screen.mistakes()).isEmpty();
      session.type("\u001b").await("   app.txt");
      session.type("q");
      assertThat(session.leave()).isZero();
      assertThat(session.output).endsWith("\u001b[?25h\u001b[?1049l");
    }
  }

  @Test
  void aNarrowTerminalShowsOnePaneAndAResizeBoth() throws Exception {
    try (Session session = new Session(6, 20)) {
      Screen screen = session.await("q quit");
      assertThat(screen.mistakes()).isEmpty();
      assertThat(screen.lines()).allMatch(line -> line.length() <= 20);
      screen = session.type("\t").await("/first");
      assertThat(screen.mistakes()).isEmpty();
      assertThat(screen.text()).doesNotContain("COPY");
      screen = session.resize(10, 90).await("/first  | Enter contents");
      assertThat(screen.text()).contains("Layers 200 kB", "Files, ", "first/");
      assertThat(screen.mistakes()).isEmpty();
      session.type("\u0003");
      assertThat(session.leave()).isZero();
    }
  }

  @Test
  void withoutATerminalThereAreTables() throws Exception {
    Process process = command("layers", "made");
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(said).contains("COPY files /first/").doesNotContain("\u001b");
  }
}
