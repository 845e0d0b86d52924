package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables that FROM lines see, and that stages take values from. */
public final class GlobalVariables implements Variables {
  private final Map<String, String> values;
  private final Map<String, String> buildArguments;

  private GlobalVariables(Map<String, String> values, Map<String, String> buildArguments) {
    this.values = values;
    this.buildArguments = buildArguments;
  }

  /**
   * @param declared the ARGs before the first FROM; a later default sees earlier arguments
   * @param buildArguments values given by the user, which replace defaults
   * @param platformArguments see {@link PlatformArguments}
   * @throws DockerfileException with every default that cannot be expanded
   */
  public static GlobalVariables of(
      List<Instruction.Arg> declared,
      Map<String, String> buildArguments,
      Map<String, String> platformArguments) {
    Map<String, String> values = new LinkedHashMap<>();
    platformArguments.forEach(
        (name, value) -> values.put(name, buildArguments.getOrDefault(name, value)));
    List<Problem> problems = new ArrayList<>();
    for (Instruction.Arg arg : declared) {
      for (Instruction.Arg.Declaration declaration : arg.declarations()) {
        String value = buildArguments.get(declaration.name());
        try {
          if (value == null && declaration.value() != null) {
            value = declaration.value().resolve(values::get);
          }
        } catch (DockerfileException e) {
          problems.addAll(e.problems());
        }
        if (value != null) {
          values.put(declaration.name(), value);
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new DockerfileException(problems);
    }
    return new GlobalVariables(values, Map.copyOf(buildArguments));
  }

  @Override
  public @Nullable String get(String name) {
    return values.get(name);
  }

  /** All that are set, platform arguments first, then in the order of declaration. */
  public Map<String, String> all() {
    return Collections.unmodifiableMap(values);
  }

  /** What the user gave, whether it is declared anywhere or not. */
  public Map<String, String> buildArguments() {
    return buildArguments;
  }
}
