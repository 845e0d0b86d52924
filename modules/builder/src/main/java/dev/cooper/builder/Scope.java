package dev.cooper.builder;

import dev.cooper.dockerfile.Instruction;
import dev.cooper.dockerfile.Variables;
import dev.cooper.dockerfile.Word;
import dev.cooper.image.Platform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The arguments and variables that instructions see: ARGs before the first FROM for FROM lines, and
 * for each stage its ENV, stronger than its ARGs.
 */
final class Scope implements Variables {
  /** May be given without an ARG, and leave no trace in history or cache. */
  private static final Set<String> PREDEFINED =
      Set.of(
          "HTTP_PROXY",
          "http_proxy",
          "HTTPS_PROXY",
          "https_proxy",
          "FTP_PROXY",
          "ftp_proxy",
          "NO_PROXY",
          "no_proxy",
          "ALL_PROXY",
          "all_proxy");

  private final Map<String, String> given;
  private final Map<String, String> globals;
  private final Map<String, @Nullable String> declared = new LinkedHashMap<>();
  private final Map<String, String> environment = new LinkedHashMap<>();

  private final Set<String> everDeclared;

  private Scope(Map<String, String> given, Map<String, String> globals, Set<String> everDeclared) {
    this.given = given;
    this.globals = globals;
    this.everDeclared = everDeclared;
  }

  /**
   * The scope of FROM lines.
   *
   * @param arguments the values given with the build
   * @param declarations the ARGs before the first FROM
   */
  static Scope global(
      Map<String, String> arguments,
      List<Instruction.Arg> declarations,
      Platform build,
      Platform target,
      String targetStage) {
    Map<String, String> automatic = new LinkedHashMap<>();
    platform(automatic, "BUILD", build);
    platform(automatic, "TARGET", target);
    automatic.put("TARGETSTAGE", targetStage);
    automatic.replaceAll((name, value) -> arguments.getOrDefault(name, value));
    Scope scope = new Scope(arguments, automatic, ConcurrentHashMap.newKeySet());
    scope.declared.putAll(automatic);
    for (Instruction.Arg argument : declarations) {
      scope.declare(argument);
    }
    return scope;
  }

  private static void platform(Map<String, String> values, String prefix, Platform platform) {
    values.put(prefix + "PLATFORM", platform.toString());
    values.put(prefix + "OS", platform.os());
    values.put(prefix + "ARCH", platform.architecture());
    values.put(prefix + "VARIANT", platform.variant() == null ? "" : platform.variant());
  }

  /**
   * A stage's scope, called on the global one.
   *
   * @param variables the base image's, {@code NAME=value}
   */
  Scope stage(List<String> variables) {
    Map<String, String> inherited = new LinkedHashMap<>(globals);
    declared.forEach(
        (name, value) -> {
          if (value != null) {
            inherited.put(name, value);
          }
        });
    Scope scope = new Scope(given, inherited, everDeclared);
    for (String variable : variables) {
      int equals = variable.indexOf('=');
      if (equals > 0) {
        scope.environment.put(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    return scope;
  }

  /**
   * Declares an ARG: its value is what was given with the build, else its default, else that of the
   * same name before the first FROM.
   *
   * @return how history tells of it
   */
  String declare(Instruction.Arg argument) {
    List<String> told = new ArrayList<>();
    for (Instruction.Arg.Declaration each : argument.declarations()) {
      String name = each.name();
      Word word = each.value();
      String fallback = word == null ? null : word.resolve(this);
      told.add(fallback == null ? name : name + "=" + fallback);
      String value = given.get(name);
      if (value == null) {
        value = fallback != null ? fallback : globals.get(name);
      }
      declared.put(name, value);
      everDeclared.add(name);
    }
    return "ARG " + String.join(" ", told);
  }

  void setVariable(String name, String value) {
    environment.put(name, value);
  }

  @Override
  public @Nullable String get(String name) {
    String value = environment.get(name);
    return value != null ? value : declared.get(name);
  }

  /** What a RUN sees of the declared arguments: {@code name=value}, sorted. */
  List<String> arguments() {
    Map<String, String> seen = new TreeMap<>();
    declared.forEach(
        (name, value) -> {
          if (value != null && !environment.containsKey(name)) {
            seen.put(name, value);
          }
        });
    return pairs(seen);
  }

  /** Proxy settings given without a declaration: RUN has them, history and cache do not. */
  List<String> silentArguments() {
    Map<String, String> seen = new TreeMap<>();
    given.forEach(
        (name, value) -> {
          if (PREDEFINED.contains(name)
              && !declared.containsKey(name)
              && !environment.containsKey(name)) {
            seen.put(name, value);
          }
        });
    return pairs(seen);
  }

  /** Given arguments that neither this scope nor a stage of it declared so far, sorted. */
  List<String> unused() {
    List<String> unused = new ArrayList<>();
    for (String name : new TreeSet<>(given.keySet())) {
      boolean known =
          everDeclared.contains(name)
              || globals.containsKey(name)
              || PREDEFINED.contains(name)
              || name.toUpperCase(Locale.ROOT).startsWith("BUILDKIT_")
              || name.equals("SOURCE_DATE_EPOCH");
      if (!known) {
        unused.add(name);
      }
    }
    return unused;
  }

  private static List<String> pairs(Map<String, String> values) {
    List<String> pairs = new ArrayList<>();
    values.forEach((name, value) -> pairs.add(name + "=" + value));
    return pairs;
  }
}
