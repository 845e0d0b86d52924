package dev.cooper.acceptance.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cooper.acceptance.DockerEngine;
import dev.cooper.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Whatever a Docker engine makes of a context, Cooper makes of it too. The system property {@code
 * builds} is a regular expression that chooses cases by name, such as {@code -Dbuilds=ignore-.*}.
 */
class DifferentialBuildTest {
  private static final List<String> FILES =
      List.of(
          "copy.txt",
          "ignore.txt",
          "add.txt",
          "config.txt",
          "arguments.txt",
          "stages.txt",
          "layers.txt",
          "run.txt");

  private static Path directory;
  private static DockerEngine engine;
  private static Store store;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(
        DockerEngine.isAvailable(), "no Docker engine to compare with: install docker.io, be root");
    directory = Files.createTempDirectory("cooper-builds");
    engine = DockerEngine.startWithBridge(directory.resolve("engine"));
    store = Store.open(directory.resolve("store"));
    for (BuildCase base : BuildCase.parse(Sides.resource("bases.txt"))) {
      Path context = directory.resolve("base-" + base.name());
      base.create(context);
      assertThat(Sides.docker(engine, base, context, base.name()).said()).isEmpty();
      assertThat(Sides.cooper(store, base, context, base.name()).said()).isEmpty();
    }
  }

  @AfterAll
  static void stop() throws Exception {
    if (store != null) {
      store.close();
    }
    if (engine != null) {
      engine.close();
    }
    if (directory != null) {
      new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor();
    }
  }

  @TestFactory
  List<DynamicTest> builds() throws Exception {
    Pattern chosen = Pattern.compile(System.getProperty("builds", ".*"));
    List<DynamicTest> tests = new ArrayList<>();
    for (String file : FILES) {
      for (BuildCase build : BuildCase.parse(Sides.resource(file))) {
        if (chosen.matcher(build.name()).matches()) {
          tests.add(DynamicTest.dynamicTest(file + " " + build, () -> compare(build)));
        }
      }
    }
    return tests;
  }

  private static void compare(BuildCase build) throws Exception {
    Path context = directory.resolve("context-" + build.name());
    build.create(context);
    FutureTask<Sides.Built> judge =
        new FutureTask<>(() -> Sides.docker(engine, build, context, "judged"));
    Thread.ofVirtual().start(judge);
    Sides.Built ours = Sides.cooper(store, build, context, "judged");
    Sides.Built docker = judge.get();
    if (build.failureOnly()) {
      assertThat(docker.exitCode()).as(docker.said()).isNotZero();
      assertThat(ours.exitCode()).as(ours.said()).isNotZero();
      return;
    }
    assertThat(ours.exitCode())
        .as("exit code; docker: %s; cooper: %s", docker.said(), ours.said())
        .isEqualTo(docker.exitCode());
    assertThat(ours.config()).isEqualTo(docker.config());
    assertThat(ours.tree()).isEqualTo(docker.tree());
    if (!build.buildKit()) {
      assertThat(ours.history()).isEqualTo(docker.history());
    }
  }
}
