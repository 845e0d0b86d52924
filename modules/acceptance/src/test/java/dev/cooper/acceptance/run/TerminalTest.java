package dev.cooper.acceptance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code run -it} on a real pseudo-terminal, which python3 plays. */
class TerminalTest {
  private static Path folder;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(
        System.getProperty("user.name").equals("root"), "SKIPPED: running containers needs root");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "SKIPPED: apt-get install python3");
    assumeTrue(Files.exists(RunImages.BUSYBOX), "SKIPPED: apt-get install busybox-static");
    folder = Files.createTempDirectory("cooper-terminal");
    RunImages.writeContexts(folder.resolve("contexts"));
    RunImages.build(folder.resolve("contexts"), RunImages.cooper(folder.resolve("root")));
  }

  @AfterAll
  static void stop() throws Exception {
    if (folder != null) {
      Process remove = new ProcessBuilder("rm", "-rf", folder.toString()).start();
      assertThat(remove.waitFor()).as("nothing is still mounted").isZero();
    }
  }

  /** Plays a session; see session.py for the steps. */
  private static String play(String command, String... steps) throws Exception {
    Path player = folder.resolve("session.py");
    try (InputStream in = TerminalTest.class.getResourceAsStream("session.py")) {
      Files.write(player, Objects.requireNonNull(in).readAllBytes());
    }
    List<String> words = new ArrayList<>(List.of("python3", player.toString()));
    words.add(
        command.replace(
            "cooper ", String.join(" ", RunImages.cooper(folder.resolve("root"))) + " "));
    words.addAll(List.of(steps));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String screen = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return screen.replace("\r", "");
  }

  @Test
  void aShellOnATerminal() throws Exception {
    String screen =
        play(
            "cooper run --rm -it --network none busybox sh; echo code=$?; stty -a",
            "expect:# ",
            "type:stty size\\n",
            "expect:31 97",
            "size:40x120",
            "type:stty size\\n",
            "expect:40 120",
            "type:sleep 100\\n",
            "pause:1.5",
            "type:\\x03",
            "pause:0.5",
            "type:echo $((6*7))\\n",
            "expect:42",
            "type:exit 7\\n",
            "expect:code=7",
            "expect: icanon");
    assertThat(screen).contains("code=7").doesNotContain("NOT SEEN").doesNotContain("-icanon");
  }

  @Test
  void ctrlCEndsTheLiveView() throws Exception {
    Path context = Files.createDirectory(folder.resolve("slow"));
    Files.writeString(
        context.resolve("Dockerfile"), "FROM busybox\nRUN echo begun; sleep 31415926\n");
    String screen =
        play(
            "trap : INT; cooper build --progress tty --network none "
                + context
                + "; echo code=$?; stty -a",
            "expect:# begun",
            "type:\\x03",
            "expect:code=130",
            "expect: icanon");
    assertThat(screen)
        .doesNotContain("NOT SEEN")
        .contains("=> CANCELED [2/2] RUN echo begun; sleep 31415926")
        .doesNotContain("FINISHED", "-icanon");
    assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(folder.toString());
    assertThat(
            ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(command -> command.contains("sleep 31415926")))
        .isEmpty();
    try (var files = Files.list(folder.resolve("root/tmp"))) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aShellWhereAStepFailed() throws Exception {
    Path context = Files.createDirectory(folder.resolve("failing"));
    Files.writeString(
        context.resolve("Dockerfile"),
        """
        FROM busybox
        ENV MOOD=bad
        RUN echo it is $MOOD > /made; exit 3
        """);
    String screen =
        play(
            "cooper build --debug --network none " + context + "; echo code=$?; stty -a",
            "expect:# ",
            "type:cat /made; echo $((6*7))\\n",
            "expect:it is bad",
            "expect:42",
            "type:exit\\n",
            "expect:code=3",
            "expect: icanon");
    assertThat(screen)
        .contains(
            "   3 | >>> RUN echo it is $MOOD > /made; exit 3",
            "The command '/bin/sh -c echo it is $MOOD > /made; exit 3' returned a non-zero code: 3")
        .doesNotContain("NOT SEEN")
        .doesNotContain("-icanon");
  }

  @Test
  void theDetachKeysLeaveTheContainerRunning() throws Exception {
    String screen =
        play(
            "cooper run -it --name detached --network none busybox sh; echo code=$?; stty -a",
            "expect:# ",
            "type:\\x10\\x11",
            "expect:code=0",
            "expect: icanon");
    assertThat(screen).contains("read escape sequence").doesNotContain("NOT SEEN");
    screen =
        play(
            "cooper attach detached; echo code=$?",
            "pause:2",
            "type:echo $((6*7))\\n",
            "expect:42",
            "type:exit 9\\n",
            "expect:code=9");
    assertThat(screen).doesNotContain("NOT SEEN");
    screen = play("cooper rm detached; echo code=$?", "expect:code=0");
    assertThat(screen).doesNotContain("NOT SEEN");
  }
}
