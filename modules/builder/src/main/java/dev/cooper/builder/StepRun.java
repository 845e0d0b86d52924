package dev.cooper.builder;

import dev.cooper.builder.copy.ModeChange;
import dev.cooper.dockerfile.CommandLine;
import dev.cooper.dockerfile.DockerfileException;
import dev.cooper.dockerfile.Instruction;
import dev.cooper.dockerfile.Stage;
import dev.cooper.dockerfile.StageVariables;
import dev.cooper.dockerfile.Word;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.Digest;
import dev.cooper.image.Healthcheck;
import dev.cooper.image.ImageConfig;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Carries out single instructions, each upon what the one before left. */
final class StepRun {
  private static final List<String> DEFAULT_SHELL = List.of("/bin/sh", "-c");

  private final Build build;
  private final Stage stage;
  private final StageVariables variables;
  private final FileSteps fileSteps;
  private final RunSteps runSteps;
  private StageState state;
  private boolean commandSet;

  StepRun(Build build, Stage stage, StageVariables variables, StageState state) {
    this.build = build;
    this.variables = variables;
    this.state = state;
    this.fileSteps = new FileSteps(build, stage);
    this.stage = stage;
    this.runSteps = new RunSteps(build, stage);
  }

  StageState state() {
    return state;
  }

  /** The image's id as Docker shows it after a step; null for one without any content. */
  @Nullable Digest imageIdOrNull() {
    return state.isEmpty() ? null : state.imageId();
  }

  /** Forgets the triggers of the base image: they are for the image built on it, once. */
  void clearTriggers() {
    state =
        new StageState(
            state.config().withConfig(config().withOnBuild(List.of())),
            state.layers(),
            state.keyAfter("triggers"));
  }

  /** Carries out one instruction. */
  Void run(BuildEvent.Step step, Instruction instruction) throws IOException, InterruptedException {
    if (instruction instanceof Instruction.Arg arg) {
      argument(step, arg);
      return null;
    }
    switch (variables.next(instruction)) {
      case Instruction.From from -> throw new IllegalStateException("FROM within a stage: " + from);
      case Instruction.Arg arg -> throw new IllegalStateException("done above: " + arg);
      case Instruction.Env env -> env(step, env);
      case Instruction.Label label -> label(step, label);
      case Instruction.Maintainer maintainer -> maintainer(step, maintainer.author());
      case Instruction.Run run -> state = runSteps.run(step, state, run, shell(), variables);
      case Instruction.Cmd cmd -> command(step, cmd.command());
      case Instruction.Entrypoint entrypoint -> entrypoint(step, entrypoint.command());
      case Instruction.Copy copy -> copy(step, copy);
      case Instruction.Add add -> add(step, add);
      case Instruction.Expose expose -> expose(step, expose, (Instruction.Expose) instruction);
      case Instruction.Volume volume -> volume(step, volume);
      case Instruction.User user -> {
        String name = user.user().text();
        change(step, config().withUser(name), "USER " + name);
      }
      case Instruction.Workdir workdir -> workdir(step, workdir.path().text());
      case Instruction.OnBuild onBuild -> onBuild(step, onBuild.trigger());
      case Instruction.StopSignal signal -> {
        String name = signal.signal().text();
        change(step, config().withStopSignal(name), "STOPSIGNAL " + name);
      }
      case Instruction.Healthcheck check -> healthcheck(step, check);
      case Instruction.Shell shell -> {
        String text = "SHELL [" + String.join(" ", shell.command()) + "]";
        change(step, config().withShell(shell.command()), text);
      }
    }
    return null;
  }

  /** A label that was given with the build. */
  Void addLabel(BuildEvent.Step step, String name, String value) throws IOException {
    Map<String, String> all = new TreeMap<>(config().labels());
    all.put(name, value);
    change(step, config().withLabels(all), "LABEL " + name + "=" + value);
    return null;
  }

  private ContainerConfig config() {
    return state.config().config();
  }

  private List<String> shell() {
    return config().shell().isEmpty() ? DEFAULT_SHELL : config().shell();
  }

  /** History tells the default, whatever was given: as Docker has it. */
  private void argument(BuildEvent.Step step, Instruction.Arg arg) throws IOException {
    StringBuilder text = new StringBuilder("ARG");
    for (Instruction.Arg.Declaration each : arg.declarations()) {
      text.append(' ').append(each.name());
      if (each.value() != null) {
        text.append('=').append(fallback(each.name(), each.value()));
      }
      variables.next(new Instruction.Arg(arg.origin(), List.of(each)));
      build.declare(each.name());
    }
    change(step, config(), text.toString());
  }

  /** A default; one that cannot be expanded as it is written, if another value was given. */
  private String fallback(String name, Word value) {
    try {
      return value.resolve(variables);
    } catch (DockerfileException e) {
      if (build.globals().buildArguments().containsKey(name)) {
        return value.text();
      }
      throw e;
    }
  }

  private void env(BuildEvent.Step step, Instruction.Env instruction) throws IOException {
    List<String> env = new ArrayList<>(config().env());
    StringBuilder text = new StringBuilder("ENV");
    for (Instruction.KeyValue pair : instruction.variables()) {
      String name = pair.key().text();
      String value = pair.value().text();
      String variable = name + "=" + value;
      int at = -1;
      for (int i = 0; i < env.size(); i++) {
        if (env.get(i).startsWith(name + "=") || env.get(i).equals(name)) {
          at = i;
        }
      }
      if (at < 0) {
        env.add(variable);
      } else {
        env.set(at, variable);
      }
      text.append(' ').append(variable);
    }
    change(step, config().withEnv(env), text.toString());
  }

  private void label(BuildEvent.Step step, Instruction.Label instruction) throws IOException {
    Map<String, String> labels = new TreeMap<>(config().labels());
    StringBuilder text = new StringBuilder("LABEL");
    for (Instruction.KeyValue pair : instruction.labels()) {
      labels.put(pair.key().text(), pair.value().text());
      text.append(' ').append(pair.key().text()).append('=').append(pair.value().text());
    }
    change(step, config().withLabels(labels), text.toString());
  }

  private void maintainer(BuildEvent.Step step, String author) throws IOException {
    change(step, state.config().withAuthor(author), "MAINTAINER " + author, "");
  }

  private void command(BuildEvent.Step step, CommandLine line) throws IOException {
    List<String> command = arguments(line);
    commandSet = true;
    change(step, config().withCmd(command), "CMD " + CreatedBy.quoted(command));
  }

  private void entrypoint(BuildEvent.Step step, CommandLine line) throws IOException {
    List<String> command = arguments(line);
    ContainerConfig changed = config().withEntrypoint(command);
    // The base image's CMD was meant for its own ENTRYPOINT.
    if (!commandSet) {
      changed = changed.withCmd(List.of());
    }
    change(step, changed, "ENTRYPOINT " + CreatedBy.quoted(command));
  }

  private List<String> arguments(CommandLine line) {
    return switch (line) {
      case CommandLine.ExecForm exec -> exec.arguments();
      case CommandLine.ShellForm script -> {
        List<String> command = new ArrayList<>(shell());
        command.add(script.script());
        yield command;
      }
    };
  }

  private void expose(BuildEvent.Step step, Instruction.Expose resolved, Instruction.Expose written)
      throws IOException {
    TreeSet<String> ports = new TreeSet<>(config().exposedPorts());
    resolved.ports().forEach(port -> ports.add(port.text()));
    List<String> words = new ArrayList<>();
    for (Word port : written.ports()) {
      words.add(port.resolve(variables));
    }
    words.sort(null);
    change(step, config().withExposedPorts(ports), "EXPOSE " + String.join(" ", words));
  }

  private void volume(BuildEvent.Step step, Instruction.Volume instruction) throws IOException {
    TreeSet<String> volumes = new TreeSet<>(config().volumes());
    List<String> paths = instruction.paths().stream().map(Word::text).toList();
    volumes.addAll(paths);
    change(step, config().withVolumes(volumes), "VOLUME [" + String.join(" ", paths) + "]");
  }

  private void copy(BuildEvent.Step step, Instruction.Copy copy)
      throws IOException, InterruptedException {
    CopyInstruction what =
        new CopyInstruction(
            "COPY",
            copy.sources().stream().map(Word::text).toList(),
            copy.destination().text(),
            Paths.destination(workingDirectory(), copy.destination().text()),
            copy.chown() == null ? null : copy.chown().text(),
            mode(copy.chmod()),
            copy.excludes(),
            CopyInstruction.Unpack.NONE,
            copy.from() != null && !build.sources().isFolder(copy.from()),
            copy.parents(),
            copy.link(),
            copy.text());
    String from = copy.from();
    if (from == null || build.sources().isFolder(from)) {
      Build.ContextFiles files = from == null ? build.files() : build.sources().folder(from);
      state = fileSteps.fromContext(step, state, what, files, copy.files(), null, shell());
    } else {
      StageState source = build.sources().source(stage, from);
      state = fileSteps.fromImage(step, state, what, source, from, shell());
    }
  }

  private void add(BuildEvent.Step step, Instruction.Add add)
      throws IOException, InterruptedException {
    Fetched fetched = Fetched.of(add, build.lease(), build.downloadNotes());
    List<String> sources =
        fetched == null ? add.sources().stream().map(Word::text).toList() : fetched.sources();
    CopyInstruction.Unpack unpack =
        switch (add.unpack()) {
          case null -> CopyInstruction.Unpack.OF_CONTEXT;
          case Boolean wanted -> wanted ? CopyInstruction.Unpack.ALL : CopyInstruction.Unpack.NONE;
        };
    CopyInstruction what =
        new CopyInstruction(
            "ADD",
            sources,
            add.destination().text(),
            Paths.destination(workingDirectory(), add.destination().text()),
            add.chown() == null ? null : add.chown().text(),
            mode(add.chmod()),
            add.excludes(),
            unpack,
            false,
            false,
            add.link(),
            add.text());
    state = fileSteps.fromContext(step, state, what, build.files(), add.files(), fetched, shell());
  }

  private static @Nullable ModeChange mode(@Nullable Word chmod) {
    return chmod == null ? null : ModeChange.parse(chmod.text());
  }

  private String workingDirectory() {
    return Paths.absolute("/", config().workingDir());
  }

  private void workdir(BuildEvent.Step step, String path) throws IOException {
    // An absolute path is kept letter by letter, as Docker keeps it.
    String directory = path.startsWith("/") ? path : Paths.absolute(workingDirectory(), path);
    state = fileSteps.workdir(step, state, directory, shell());
  }

  private void onBuild(BuildEvent.Step step, String trigger) throws IOException {
    List<String> triggers = new ArrayList<>(config().onBuild());
    triggers.add(trigger);
    change(step, config().withOnBuild(triggers), "ONBUILD " + trigger);
  }

  private void healthcheck(BuildEvent.Step step, Instruction.Healthcheck check) throws IOException {
    List<String> test =
        switch (check.command()) {
          case null -> List.of("NONE");
          case CommandLine.ShellForm script -> List.of("CMD-SHELL", script.script());
          case CommandLine.ExecForm exec -> {
            List<String> words = new ArrayList<>(List.of("CMD"));
            words.addAll(exec.arguments());
            yield words;
          }
        };
    Healthcheck healthcheck =
        new Healthcheck(
            test,
            orZero(check.interval()),
            orZero(check.timeout()),
            orZero(check.startPeriod()),
            orZero(check.startInterval()),
            check.retries() == null ? 0 : check.retries());
    change(
        step,
        state.config().withConfig(config().withHealthcheck(healthcheck)),
        CreatedBy.healthcheck(check, test),
        "start interval " + CreatedBy.duration(check.startInterval()));
  }

  private static Duration orZero(@Nullable Duration duration) {
    return duration == null ? Duration.ZERO : duration;
  }

  private void change(BuildEvent.Step step, ContainerConfig changed, String text)
      throws IOException {
    change(step, state.config().withConfig(changed), text, "");
  }

  /** A step without a layer. Its cache record holds the time, so that the same image comes out. */
  private void change(BuildEvent.Step step, ImageConfig changed, String text, String unsaid)
      throws IOException {
    ContainerConfig container = changed.config();
    List<String> shell = container.shell().isEmpty() ? DEFAULT_SHELL : container.shell();
    String createdBy = CreatedBy.config(shell, text);
    Digest key = state.keyAfter(unsaid.isEmpty() ? createdBy : createdBy + "\n" + unsaid);
    Optional<StepCache.Outcome> cached =
        build.recall(
            step, stage, key, StepInputs.of(state, unsaid.isEmpty() ? text : text + " " + unsaid));
    Instant created;
    if (cached.isPresent()) {
      created = cached.get().created();
    } else {
      created = build.now();
      build.cache().put(key, new StepCache.Outcome(created, null));
    }
    state = state.after(key, changed, createdBy, created, null);
  }
}
