package dev.cooper.builder;

import dev.cooper.dockerfile.Dockerfile;
import dev.cooper.dockerfile.Instruction;
import dev.cooper.dockerfile.Mount;
import dev.cooper.dockerfile.Stage;
import dev.cooper.dockerfile.Variables;
import dev.cooper.image.CooperException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which stages a build needs, and how they are found by name. */
final class StageGraph {
  private final List<Stage> stages;
  private final Stage target;
  private final List<Stage> needed;

  private StageGraph(List<Stage> stages, Stage target, List<Stage> needed) {
    this.stages = stages;
    this.target = target;
    this.needed = needed;
  }

  /**
   * The graph of a Dockerfile.
   *
   * @param targetName a stage's name or number; null for the last
   * @param variables what FROM lines see
   * @param named which names mean contexts that were given with the build
   * @throws CooperException.InvalidInput in Docker's words, if there is no such stage
   */
  static StageGraph of(
      Dockerfile dockerfile,
      @Nullable String targetName,
      Variables variables,
      Predicate<String> named) {
    List<Stage> stages = dockerfile.stages();
    Stage target = targetName == null ? stages.getLast() : find(stages, targetName, stages.size());
    if (target == null) {
      throw new CooperException.InvalidInput(
          "failed to reach build target " + targetName + " in Dockerfile",
          "stages: " + names(stages));
    }
    TreeSet<Integer> wanted = new TreeSet<>();
    List<Stage> open = new ArrayList<>(List.of(target));
    while (!open.isEmpty()) {
      Stage stage = open.removeLast();
      if (wanted.add(stage.index())) {
        for (String name : sources(stage, variables)) {
          Stage source = named.test(name) ? null : find(stages, name, stage.index());
          if (source != null) {
            open.add(source);
          }
        }
      }
    }
    return new StageGraph(stages, target, wanted.stream().map(stages::get).toList());
  }

  /** The stage that the build ends with. */
  Stage target() {
    return target;
  }

  /** The target and all that it builds on, in the Dockerfile's order. */
  List<Stage> needed() {
    return needed;
  }

  /** The last stage before another one that has this name or number; null if there is none. */
  @Nullable Stage before(Stage stage, String name) {
    return find(stages, name, stage.index());
  }

  /** What a stage calls itself in messages. */
  static String name(Stage stage) {
    return stage.name() == null ? Integer.toString(stage.index()) : stage.name();
  }

  private static List<String> sources(Stage stage, Variables variables) {
    List<String> names = new ArrayList<>();
    names.add(stage.from().resolve(variables).image().text());
    for (Instruction instruction : stage.instructions()) {
      if (instruction instanceof Instruction.Copy copy && copy.from() != null) {
        names.add(copy.from());
      } else if (instruction instanceof Instruction.Run run) {
        for (Mount mount : run.mounts(variables)) {
          if (mount.from() != null) {
            names.add(mount.from());
          }
        }
      }
    }
    return names;
  }

  private static @Nullable Stage find(List<Stage> stages, String name, int before) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (int i = before - 1; i >= 0; i--) {
      if (lower.equals(stages.get(i).name())) {
        return stages.get(i);
      }
    }
    try {
      int index = Integer.parseInt(name);
      return index >= 0 && index < before ? stages.get(index) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static String names(List<Stage> stages) {
    return String.join(", ", stages.stream().map(StageGraph::name).toList());
  }
}
