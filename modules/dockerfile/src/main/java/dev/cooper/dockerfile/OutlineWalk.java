package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Goes through the stages that a target needs and collects what they take. */
final class OutlineWalk {
  private final Dockerfile dockerfile;
  private final Map<String, String> buildArguments;
  private final GlobalVariables globals;

  /** The global arguments, and which others each default names. */
  private final Map<String, Outline.Argument> global = new LinkedHashMap<>();

  private final Map<String, Set<String>> dependencies = new HashMap<>();
  private final Map<Integer, StageVariables> finished = new HashMap<>();
  private final Map<String, Outline.Argument> arguments = new LinkedHashMap<>();
  private final Map<String, Outline.Secret> secrets = new LinkedHashMap<>();
  private final Map<String, Outline.Secret> ssh = new LinkedHashMap<>();
  private final Set<Integer> visited = new HashSet<>();

  OutlineWalk(
      Dockerfile dockerfile,
      Map<String, String> buildArguments,
      Map<String, String> platformArguments) {
    this.dockerfile = dockerfile;
    this.buildArguments = buildArguments;
    this.globals =
        GlobalVariables.of(dockerfile.globalArguments(), buildArguments, platformArguments);
    for (Instruction.Arg arg : dockerfile.globalArguments()) {
      for (Instruction.Arg.Declaration declaration : arg.declarations()) {
        declare(arg, declaration);
      }
    }
  }

  private void declare(Instruction.Arg arg, Instruction.Arg.Declaration declaration) {
    String name = declaration.name();
    String value = globals.get(name);
    global.put(
        name,
        new Outline.Argument(name, value == null ? "" : value, declaration.comment(), arg.range()));
    Uses uses = new Uses(globals);
    if (declaration.value() != null && !buildArguments.containsKey(name)) {
      declaration.value().resolve(uses);
    }
    dependencies.computeIfAbsent(name, key -> new LinkedHashSet<>()).addAll(uses.found);
  }

  Outline of(Stage target) {
    visit(target);
    List<Outline.Argument> found = new ArrayList<>(arguments.values());
    found.sort((one, other) -> Integer.compare(one.range().startLine(), other.range().startLine()));
    return new Outline(
        target.name(),
        target.name() == null ? "" : target.from().origin().commentOn(target.name()),
        found,
        inOrder(secrets),
        inOrder(ssh));
  }

  private static List<Outline.Secret> inOrder(Map<String, Outline.Secret> secrets) {
    List<Outline.Secret> found = new ArrayList<>(secrets.values());
    found.sort((one, other) -> Integer.compare(one.range().startLine(), other.range().startLine()));
    return found;
  }

  private StageVariables visit(Stage stage) {
    if (!visited.add(stage.index())) {
      StageVariables known = finished.get(stage.index());
      // A stage that needs itself is the builder's to refuse.
      return known == null ? StageVariables.onImage(globals, Map.of()) : known;
    }
    Uses uses = new Uses(globals);
    Instruction.From from = stage.from().resolve(uses);
    for (String name : uses.found) {
      useGlobal(name, new HashSet<>());
    }
    Stage base = Stages.named(dockerfile.stages(), from.image().text(), stage.index());
    StageVariables variables =
        base == null ? StageVariables.onImage(globals, Map.of()) : visit(base).inherit();
    for (Instruction instruction : stage.instructions()) {
      take(instruction, variables);
      variables.next(instruction);
    }
    finished.put(stage.index(), variables);
    return variables;
  }

  private void useGlobal(String name, Set<String> seen) {
    Outline.Argument argument = global.get(name);
    if (argument == null || !seen.add(name)) {
      return;
    }
    arguments.putIfAbsent(name, argument);
    for (String dependency : dependencies.getOrDefault(name, Set.of())) {
      useGlobal(dependency, seen);
    }
  }

  private void take(Instruction instruction, StageVariables variables) {
    switch (instruction) {
      case Instruction.Arg arg -> {
        for (Instruction.Arg.Declaration declaration : arg.declarations()) {
          argument(arg, declaration, variables);
        }
      }
      case Instruction.Run run -> {
        for (Mount mount : run.mounts(variables)) {
          mount(mount, run.range());
        }
      }
      case Instruction.Copy copy -> {
        if (copy.from() != null) {
          stage(copy.from());
        }
      }
      default -> {}
    }
  }

  private void argument(
      Instruction.Arg arg, Instruction.Arg.Declaration declaration, StageVariables variables) {
    String name = declaration.name();
    if (declaration.value() == null
        && !buildArguments.containsKey(name)
        && globals.get(name) != null) {
      useGlobal(name, new HashSet<>());
      return;
    }
    String value = buildArguments.get(name);
    if (value == null && declaration.value() != null) {
      value = declaration.value().resolve(variables);
    }
    arguments.put(
        name,
        new Outline.Argument(name, value == null ? "" : value, declaration.comment(), arg.range()));
  }

  private void mount(Mount mount, SourceRange range) {
    switch (mount.type()) {
      case SECRET -> {
        String id = mount.secretId();
        secrets.putIfAbsent(id, new Outline.Secret(id, mount.required(), range));
      }
      case SSH -> {
        String id = mount.id() == null ? "default" : mount.id();
        ssh.putIfAbsent(id, new Outline.Secret(id, mount.required(), range));
      }
      default -> {
        if (mount.from() != null) {
          stage(mount.from());
        }
      }
    }
  }

  private void stage(String name) {
    Stage stage = dockerfile.stage(name);
    if (stage != null) {
      visit(stage);
    }
  }
}
