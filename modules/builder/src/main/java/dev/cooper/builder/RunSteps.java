package dev.cooper.builder;

import dev.cooper.builder.run.CommandRun;
import dev.cooper.builder.run.RunMounts;
import dev.cooper.dockerfile.CommandLine;
import dev.cooper.dockerfile.Instruction;
import dev.cooper.dockerfile.Mount;
import dev.cooper.dockerfile.ProxyArguments;
import dev.cooper.dockerfile.Stage;
import dev.cooper.dockerfile.StageVariables;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.Digest;
import dev.cooper.image.layer.Layer;
import dev.cooper.runtime.ForeignPrograms;
import dev.cooper.runtime.Privileges;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** RUN: a process in a container of its own, and the layer of what it changed. */
final class RunSteps {
  private static final String DEBUG = "cooper build --debug … opens a shell where it failed";

  private final Build build;
  private final Stage stage;
  private final MountSources sources;

  RunSteps(Build build, Stage stage) {
    this.build = build;
    this.stage = stage;
    this.sources = new MountSources(build, stage);
  }

  StageState run(
      BuildEvent.Step step,
      StageState state,
      Instruction.Run run,
      List<String> shell,
      StageVariables variables)
      throws IOException, InterruptedException {
    List<Mount> mounts = run.mounts(variables);
    Map<String, String> scripts = new HashMap<>();
    List<String> command = command(run.command(), shell, scripts);
    List<String> arguments = pairs(variables.beyondEnvironment());
    String createdBy = CreatedBy.run(arguments, command);
    BuildRequest.Network network = network(run);
    String read = sources.key(mounts);
    List<String> flags = build.request().running().flags();
    List<String> told = new ArrayList<>(arguments);
    told.addAll(flags);
    Digest key =
        state.keyAfter(
            "RUN " + network + "\n" + createdBy + "\n" + scripts + read + String.join("\n", flags));
    StepInputs inputs =
        StepInputs.of(state, "RUN " + String.join(" ", command) + scripts(scripts))
            .withArguments(told)
            .reading(read, "what --mount binds", List::of);
    Optional<StepCache.Outcome> cached = build.recall(step, stage, key, inputs);
    StepCache.Outcome record;
    if (cached.isPresent()) {
      record = cached.get();
      build.network().done();
    } else {
      List<String> environment = new ArrayList<>(state.config().config().env());
      environment.addAll(arguments);
      Map<String, String> proxies =
          new LinkedHashMap<>(ProxyArguments.environment(build.globals().buildArguments()));
      proxies.keySet().removeAll(variables.all().keySet());
      environment.addAll(pairs(proxies));
      record = execute(step, state, command, environment, network, mounts, scripts, shell);
      build.cache().put(key, record);
    }
    return state.after(key, state.config(), createdBy, record.created(), record.layer());
  }

  private static List<String> pairs(Map<String, String> variables) {
    List<String> pairs = new ArrayList<>(variables.size());
    variables.forEach((name, value) -> pairs.add(name + "=" + value));
    return pairs;
  }

  private static String scripts(Map<String, String> scripts) {
    return scripts.isEmpty() ? "" : " " + String.join("\n", scripts.values());
  }

  private static List<String> command(
      CommandLine line, List<String> shell, Map<String, String> scripts) {
    return switch (line) {
      case CommandLine.ExecForm exec -> exec.arguments();
      case CommandLine.ShellForm script -> {
        List<String> command = new ArrayList<>(shell);
        switch (script.program()) {
          case CommandLine.Program.Script text -> command.add(text.text());
          case CommandLine.Program.File file -> {
            scripts.put(file.path(), file.content());
            command.add(file.path());
          }
        }
        yield command;
      }
    };
  }

  private BuildRequest.Network network(Instruction.Run run) {
    return switch (run.network()) {
      case DEFAULT -> build.request().network();
      case NONE -> BuildRequest.Network.NONE;
      case HOST -> BuildRequest.Network.HOST;
    };
  }

  private CommandRun.Reach reach(BuildRequest.Network network) throws IOException {
    return switch (network) {
      case DEFAULT -> new CommandRun.Reach.Bridge(build.network());
      case NONE -> new CommandRun.Reach.None();
      case HOST -> new CommandRun.Reach.Host();
    };
  }

  private StepCache.Outcome execute(
      BuildEvent.Step step,
      StageState state,
      List<String> command,
      List<String> environment,
      BuildRequest.Network network,
      List<Mount> mounts,
      Map<String, String> scripts,
      List<String> shell)
      throws IOException, InterruptedException {
    Privileges.requireRoot("RUN");
    ForeignPrograms.ofThisMachine().require(state.config().platform());
    ContainerConfig config = state.config().config();
    String directory = Paths.absolute("/", config.workingDir());
    try (RunMounts mounted =
            RunMounts.prepare(
                build.store(), build.lease(), build.cacheMounts(), mounts, directory, sources);
        CommandRun run =
            CommandRun.prepare(
                build.store(),
                build.lease(),
                new CommandRun.Request(
                    state.layers(),
                    state.diffIds(),
                    command,
                    environment,
                    directory,
                    config.user(),
                    reach(network),
                    mounted,
                    scripts,
                    build.request().running(),
                    build.request().sourceDateEpoch()))) {
      build.report(new BuildEvent.Running(step, run.shortId()));
      LastOutput last = new LastOutput();
      int code =
          run.run(
              (error, bytes) -> {
                last.add(bytes);
                build.report(new BuildEvent.Output(step, error, bytes));
              });
      if (code != 0) {
        Debugger debugger = build.request().debugger();
        BuildFailure failure =
            BuildFailure.ofCommand(
                build.fileName(),
                step,
                String.join(" ", command),
                code,
                build.steps().excerpt(step),
                last,
                debugger == Debugger.NONE ? DEBUG : null);
        debugger.failed(failure, run.inspection(shell.getFirst()));
        throw failure;
      }
      build.network().done();
      Instant created = build.now();
      Layer layer = run.takeLayer();
      StageState.Added added = layer == null ? null : StageState.Added.of(layer);
      build.report(new BuildEvent.Removed(step, run.shortId()));
      return new StepCache.Outcome(created, added);
    }
  }
}
