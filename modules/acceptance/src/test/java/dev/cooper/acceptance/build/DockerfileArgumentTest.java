package dev.cooper.acceptance.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.acceptance.run.CooperProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code -f}, {@code --target} and {@code --build-arg} may be given, as users mistake them.
 */
class DockerfileArgumentTest {
  @TempDir Path directory;
  private CooperProcess cooper;
  private Path context;

  @BeforeEach
  void prepare() throws Exception {
    cooper = new CooperProcess(directory.resolve("root"));
    context = Files.createDirectory(directory.resolve("context"));
  }

  private CooperProcess.Ended build(String... words) throws Exception {
    String[] all = new String[words.length + 2];
    all[0] = "build";
    System.arraycopy(words, 0, all, 1, words.length);
    all[all.length - 1] = context.toString();
    return cooper.run(all);
  }

  private void refuses(String message, String... words) throws Exception {
    CooperProcess.Ended build = build(words);
    assertThat(build.code()).isEqualTo(1);
    assertThat(build.error()).contains(message).doesNotContain("\tat ");
    assertThat(cooper.run("images", "-aq").out()).isEmpty();
  }

  @Test
  void whatIsNoDockerfileIsToldApart() throws Exception {
    refuses("no such file or directory");
    Files.writeString(context.resolve("Dockerfile"), "");
    refuses("the Dockerfile cannot be empty");
    Files.writeString(context.resolve("Dockerfile"), "# FROM scratch\n");
    refuses("file with no instructions");
    Files.write(context.resolve("Dockerfile"), new byte[] {'F', 'R', 'O', 'M', ' ', 0, 1, 2});
    refuses("it is no text: Dockerfile holds binary data");
    Files.createDirectory(context.resolve("folder"));
    refuses("folder is a directory", "-f", context.resolve("folder").toString());
  }

  @Test
  void noTargetIsTheLastStage() throws Exception {
    Files.writeString(
        context.resolve("Dockerfile"),
        "FROM scratch AS one\nLABEL stage=one\nFROM scratch\nLABEL stage=two\n");
    for (String target : new String[] {"--target=", "--target=1"}) {
      CooperProcess.Ended build = build(target, "-t", "x");
      assertThat(build.code()).as(build.error()).isZero();
      assertThat(cooper.run("inspect", "x").out()).contains("\"stage\": \"two\"");
    }
    refusesTarget("--target=2", "failed to reach build target 2 in Dockerfile");
  }

  private void refusesTarget(String target, String message) throws Exception {
    CooperProcess.Ended build = build(target);
    assertThat(build.code()).isEqualTo(1);
    assertThat(build.error()).contains(message).contains("stages: one, 1");
  }

  @Test
  void argumentsThatNobodyAskedForAreToldOf() throws Exception {
    Files.writeString(
        context.resolve("Dockerfile"), "ARG used\nFROM scratch\nLABEL a=${used:-none}\n");
    CooperProcess.Ended build = build("--build-arg", "used=1", "--build-arg", "unsued=1");
    assertThat(build.code()).isZero();
    assertThat(build.out() + build.error())
        .contains("One or more build-args [unsued] were not consumed");
  }
}
