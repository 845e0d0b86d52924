package dev.cooper.builder;

import dev.cooper.dockerfile.Dockerfile;
import dev.cooper.dockerfile.DockerfileException;
import dev.cooper.dockerfile.Instruction;
import dev.cooper.dockerfile.Stage;
import dev.cooper.dockerfile.StageVariables;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Carries out one stage, instruction by instruction. */
final class StageRun {
  static final String DEFAULT_PATH =
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final Build build;
  private final Stage stage;
  private final List<BuildEvent.Step> steps;
  private final Map<String, String> labels;
  private @Nullable StageState base;
  private @Nullable StageVariables variables;

  /**
   * @param steps one for each instruction, FROM first, then one for each of {@code labels}
   * @param labels what is added at the end
   */
  StageRun(Build build, Stage stage, List<BuildEvent.Step> steps, Map<String, String> labels) {
    this.build = build;
    this.stage = stage;
    this.steps = steps;
    this.labels = labels;
  }

  Stage stage() {
    return stage;
  }

  /** What the stage began with. To be asked when it is over. */
  StageState base() {
    return Objects.requireNonNull(base);
  }

  /** The stage's variables. To be asked when it is over. */
  StageVariables variables() {
    return Objects.requireNonNull(variables);
  }

  StageState run() throws IOException, InterruptedException {
    BuildEvent.Step from = steps.getFirst();
    StageState state = at(from, () -> begin(from));
    base = state;
    StageVariables variables = start(state);
    this.variables = variables;
    StepRun run = new StepRun(build, stage, variables, state);
    List<String> triggers = state.config().config().onBuild();
    if (!triggers.isEmpty()) {
      at(from, () -> runTriggers(from, run, triggers));
    }
    build.report(new BuildEvent.Finished(from, run.imageIdOrNull()));
    int next = 1;
    for (Instruction instruction : stage.instructions()) {
      BuildEvent.Step step = steps.get(next++);
      build.report(new BuildEvent.Started(step));
      at(step, () -> run.run(step, instruction));
      build.report(new BuildEvent.Finished(step, run.imageIdOrNull()));
    }
    for (Map.Entry<String, String> label : labels.entrySet()) {
      BuildEvent.Step step = steps.get(next++);
      build.report(new BuildEvent.Started(step));
      at(step, () -> run.addLabel(step, label.getKey(), label.getValue()));
      build.report(new BuildEvent.Finished(step, run.imageIdOrNull()));
    }
    return run.state();
  }

  /** FROM: the state to begin with. */
  private StageState begin(BuildEvent.Step step) throws IOException, InterruptedException {
    build.report(new BuildEvent.Started(step));
    Instruction.From from = stage.from().resolve(build.globals());
    String name = from.image().text();
    Platform platform =
        from.platform() == null ? build.platform() : Platform.parse(from.platform().text());
    Stage earlier = build.graph().before(stage, name);
    StageState state;
    if (build.sources().isNamed(name)) {
      StageState given = build.sources().named(name, platform);
      state = new StageState(given.config(), given.layers(), key("context " + given.key()));
    } else if (earlier != null) {
      state = build.result(earlier);
    } else if (name.equals("scratch")) {
      state = new StageState(ImageConfig.scratch(platform), List.of(), key("scratch " + platform));
    } else {
      boolean asked = from.platform() != null || !build.request().platforms().isEmpty();
      Image image = build.sources().resolve(name, platform, asked);
      state = new StageState(image.config(), image.layers(), key("image " + image.configDigest()));
    }
    return withDefaultPath(state);
  }

  /** The variables that the first instruction sees: those of the stage below, or of the image. */
  private StageVariables start(StageState state) {
    String name = stage.from().resolve(build.globals()).image().text();
    Stage earlier = build.sources().isNamed(name) ? null : build.graph().before(stage, name);
    if (earlier != null) {
      return build.inherited(earlier);
    }
    return StageVariables.onImage(build.globals(), state.config().config().variables());
  }

  private Digest key(String base) {
    Instant fixed = build.request().sourceDateEpoch();
    String text = "base " + base + (fixed == null ? "" : " at " + fixed);
    return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  private static StageState withDefaultPath(StageState state) {
    ContainerConfig config = state.config().config();
    for (String variable : config.env()) {
      if (variable.startsWith("PATH=")) {
        return state;
      }
    }
    List<String> env = new ArrayList<>(config.env());
    env.add(DEFAULT_PATH);
    return new StageState(
        state.config().withConfig(config.withEnv(env)), state.layers(), state.key());
  }

  private Void runTriggers(BuildEvent.Step from, StepRun run, List<String> triggers)
      throws IOException, InterruptedException {
    build.report(new BuildEvent.Triggers(from, triggers.size()));
    run.clearTriggers();
    for (String trigger : triggers) {
      run.run(from, Dockerfile.parseTrigger(trigger, stage.from().range()));
    }
    return null;
  }

  /** Does something that may fail, and says where it was if it does. */
  private <T> T at(BuildEvent.Step step, Work<T> work) throws IOException, InterruptedException {
    try {
      return work.run();
    } catch (BuildFailure e) {
      // A stage that waits for another fails with it, and says nothing of its own.
      if (e.line() == step.line()) {
        build.report(new BuildEvent.Failed(step, e.getMessage()));
      }
      throw e;
    } catch (DockerfileException e) {
      throw e.in(build.source());
    } catch (CooperException | IOException e) {
      String why = e.getMessage() == null ? e.toString() : e.getMessage();
      build.report(new BuildEvent.Failed(step, why));
      throw BuildFailure.at(build.fileName(), step.line(), why, e, build.steps().excerpt(step));
    }
  }

  private interface Work<T> {
    T run() throws IOException, InterruptedException;
  }
}
