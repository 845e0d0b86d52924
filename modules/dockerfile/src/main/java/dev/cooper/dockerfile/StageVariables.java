package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a stage as its instructions go by: {@code next} settles an instruction against
 * those that stood before it, and then takes in what it sets. For one thread.
 *
 * <pre>{@code
 * StageVariables variables = StageVariables.onImage(globals, imageEnvironment);
 * for (Instruction instruction : stage.instructions()) {
 *   Instruction settled = variables.next(instruction);
 *   …
 * }
 * }</pre>
 */
public final class StageVariables implements Variables {
  private final GlobalVariables globals;

  /** Everything that is set, arguments included. */
  private final Map<String, String> values;

  /** The image's part of it. */
  private final Map<String, String> environment;

  /** Declared arguments; those without a value map to an empty text. */
  private final Map<String, String> arguments;

  private StageVariables(
      GlobalVariables globals,
      Map<String, String> values,
      Map<String, String> environment,
      Map<String, String> arguments) {
    this.globals = globals;
    this.values = new LinkedHashMap<>(values);
    this.environment = new LinkedHashMap<>(environment);
    this.arguments = new LinkedHashMap<>(arguments);
  }

  /** The variables of a stage on an image, whose environment they start with. */
  public static StageVariables onImage(
      GlobalVariables globals, Map<String, String> imageEnvironment) {
    return new StageVariables(globals, imageEnvironment, imageEnvironment, Map.of());
  }

  /** The variables of a stage on the stage that has come to here: arguments are inherited too. */
  public StageVariables inherit() {
    return new StageVariables(globals, values, environment, arguments);
  }

  @Override
  public @Nullable String get(String name) {
    return values.get(name);
  }

  /**
   * Settles the next instruction and takes in what ARG and ENV set. A resolved ARG has the values
   * that hold, none for arguments without one.
   *
   * @throws DockerfileException if it cannot be settled; what an ARG declared before is taken in
   */
  public Instruction next(Instruction instruction) {
    if (instruction instanceof Instruction.Arg arg) {
      return declare(arg);
    }
    Instruction settled = instruction.resolve(this);
    if (settled instanceof Instruction.Env env) {
      for (Instruction.KeyValue pair : env.variables()) {
        values.put(pair.key().text(), pair.value().text());
        environment.put(pair.key().text(), pair.value().text());
      }
    }
    return settled;
  }

  private Instruction declare(Instruction.Arg arg) {
    List<Instruction.Arg.Declaration> settled = new ArrayList<>();
    for (Instruction.Arg.Declaration declaration : arg.declarations()) {
      String name = declaration.name();
      String value = globals.buildArguments().get(name);
      if (value == null) {
        // Declarations of one ARG see each other, as if each were an ARG of its own.
        value = declaration.value() == null ? globals.get(name) : declaration.value().resolve(this);
      }
      if (value != null && !isAboutTheBuild(name)) {
        values.put(name, value);
      }
      arguments.put(name, value == null ? "" : value);
      settled.add(
          new Instruction.Arg.Declaration(
              name,
              value == null ? null : Word.literal(value, arg.range()),
              declaration.comment()));
    }
    return new Instruction.Arg(arg.origin(), settled);
  }

  /** Arguments that steer the builder and are never seen by what it runs. */
  private static boolean isAboutTheBuild(String name) {
    return name.equals("BUILDKIT_SBOM_SCAN_CONTEXT") || name.equals("BUILDKIT_SBOM_SCAN_STAGE");
  }

  /** What the image's configuration holds: its base's environment and ENV. */
  public Map<String, String> environment() {
    return Collections.unmodifiableMap(environment);
  }

  /** What a process of RUN sees: the environment and all arguments that have a value. */
  public Map<String, String> all() {
    return Collections.unmodifiableMap(values);
  }

  /**
   * What a process of RUN sees that the environment does not give it: arguments with a value that
   * no ENV of the same name behind them replaced; sorted by name.
   */
  public SortedMap<String, String> beyondEnvironment() {
    SortedMap<String, String> beyond = new TreeMap<>();
    values.forEach(
        (name, value) -> {
          if (!value.equals(environment.get(name))) {
            beyond.put(name, value);
          }
        });
    return beyond;
  }

  /**
   * The declared arguments in order, with the values that variables of their names have now, as the
   * history of RUN names them; empty for those without one.
   */
  public Map<String, String> arguments() {
    Map<String, String> now = new LinkedHashMap<>();
    arguments.forEach((name, value) -> now.put(name, values.getOrDefault(name, value)));
    return now;
  }
}
