package dev.cooper.builder;

import dev.cooper.dockerfile.Dockerfile;
import dev.cooper.dockerfile.Instruction;
import dev.cooper.dockerfile.Stage;
import dev.cooper.image.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The steps of a build for one platform, as progress numbers and shows them. */
final class BuildSteps {
  private final Dockerfile dockerfile;
  private final BuildRequest request;
  private final Platform platform;
  private final StageGraph graph;

  BuildSteps(Dockerfile dockerfile, BuildRequest request, Platform platform, StageGraph graph) {
    this.dockerfile = dockerfile;
    this.request = request;
    this.platform = platform;
    this.graph = graph;
  }

  /** How many there are. */
  int count() {
    int count = request.labels().size();
    for (Stage stage : graph.needed()) {
      count += count(stage);
    }
    return count;
  }

  /** How many there are of a stage, without those of {@link #labels}. */
  static int count(Stage stage) {
    return 1 + stage.instructions().size();
  }

  /** How many RUN instructions there are, those of ONBUILD not counted. */
  int commands() {
    int commands = 0;
    for (Stage stage : graph.needed()) {
      for (Instruction instruction : stage.instructions()) {
        commands += instruction instanceof Instruction.Run ? 1 : 0;
      }
    }
    return commands;
  }

  /** The labels that the request adds at the end of a stage: of the target, none of others. */
  Map<String, String> labels(Stage stage) {
    return stage.index() == graph.target().index() ? new TreeMap<>(request.labels()) : Map.of();
  }

  /**
   * Those of a stage: one for FROM, one for each instruction, one for each of its {@link #labels}.
   *
   * @param first the number of the first one
   * @param total how many steps the build has
   */
  List<BuildEvent.Step> of(Stage stage, int first, int total) {
    List<BuildEvent.Step> steps = new ArrayList<>();
    int number = first;
    steps.add(step(number++, total, stage, stage.from()));
    for (Instruction instruction : stage.instructions()) {
      steps.add(step(number++, total, stage, instruction));
    }
    for (Map.Entry<String, String> label : labels(stage).entrySet()) {
      String text = shown("LABEL " + label.getKey() + "=" + label.getValue());
      steps.add(new BuildEvent.Step(number++, total, StageGraph.name(stage), 0, text));
    }
    return steps;
  }

  private BuildEvent.Step step(int number, int total, Stage stage, Instruction instruction) {
    return new BuildEvent.Step(
        number,
        total,
        StageGraph.name(stage),
        instruction.range().startLine(),
        shown(instruction.text()));
  }

  /** An instruction as progress shows it: of several platforms, with the one it is done for. */
  private String shown(String text) {
    return request.platforms().size() > 1 ? "[" + platform + "] " + text : text;
  }

  /** Whether a stage, from a step on, has a command that goes on the build's network. */
  boolean goOnTheNetwork(Stage stage, BuildEvent.Step from) {
    if (request.network() != BuildRequest.Network.DEFAULT) {
      return false;
    }
    for (Instruction instruction : stage.instructions()) {
      if (instruction.range().startLine() >= from.line()
          && instruction instanceof Instruction.Run run
          && run.network() == Instruction.Run.Network.DEFAULT) {
        return true;
      }
    }
    return false;
  }

  /** The lines of the Dockerfile around an instruction; empty for one that is not written there. */
  String excerpt(BuildEvent.Step step) {
    for (Stage stage : dockerfile.stages()) {
      if (stage.from().range().startLine() == step.line()) {
        return dockerfile.source().excerpt(stage.from().range());
      }
      for (Instruction instruction : stage.instructions()) {
        if (instruction.range().startLine() == step.line()) {
          return dockerfile.source().excerpt(instruction.range());
        }
      }
    }
    return "";
  }
}
