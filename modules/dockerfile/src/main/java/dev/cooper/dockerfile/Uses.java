package dev.cooper.dockerfile;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Variables that remember which of them were asked for. */
final class Uses implements Variables {
  final Set<String> found = new LinkedHashSet<>();
  final Set<String> missing = new LinkedHashSet<>();
  private final Variables variables;

  Uses(Variables variables) {
    this.variables = variables;
  }

  @Override
  public @Nullable String get(String name) {
    String value = variables.get(name);
    (value == null ? missing : found).add(name);
    return value;
  }
}
