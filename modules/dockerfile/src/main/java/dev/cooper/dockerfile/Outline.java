package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a target takes: its build arguments, secrets and ssh agents, those of the stages that it is
 * built from included.
 *
 * @param name the target's name; null if it has none
 * @param description what the comment above its FROM says; empty if nothing
 */
public record Outline(
    @Nullable String name,
    String description,
    List<Argument> arguments,
    List<Secret> secrets,
    List<Secret> ssh) {

  /**
   * A build argument that makes a difference.
   *
   * @param value the value it has now; empty if none
   * @param description what the comment above its ARG says; empty if nothing
   * @param range the lines of its ARG
   */
  public record Argument(String name, String value, String description, SourceRange range) {}

  /** A secret or an ssh agent that a RUN mounts. */
  public record Secret(String name, boolean required, SourceRange range) {}

  public Outline {
    arguments = List.copyOf(arguments);
    secrets = List.copyOf(secrets);
    ssh = List.copyOf(ssh);
  }

  /**
   * The outline of a target.
   *
   * @param target a stage's name or index; null for the last stage
   * @param buildArguments values given by the user
   * @param platformArguments see {@link PlatformArguments}
   * @throws DockerfileException if there is no such target, or a value cannot be expanded
   */
  public static Outline of(
      Dockerfile dockerfile,
      @Nullable String target,
      Map<String, String> buildArguments,
      Map<String, String> platformArguments) {
    Stage stage = dockerfile.target(target);
    return new OutlineWalk(dockerfile, buildArguments, platformArguments).of(stage);
  }

  /** The outline as tables for people. */
  public String render() {
    StringBuilder out = new StringBuilder();
    if (name != null || !description.isEmpty()) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("TARGET:", name == null ? "(default)" : name));
      if (!description.isEmpty()) {
        rows.add(List.of("DESCRIPTION:", description));
      }
      out.append(Columns.render(rows, 1)).append('\n');
    }
    if (!arguments.isEmpty()) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("BUILD ARG", "VALUE", "DESCRIPTION"));
      for (Argument argument : arguments) {
        rows.add(List.of(argument.name, argument.value, argument.description));
      }
      out.append(Columns.render(rows, 3)).append('\n');
    }
    secrets(out, "SECRET", secrets);
    secrets(out, "SSH", ssh);
    return out.toString();
  }

  private static void secrets(StringBuilder out, String title, List<Secret> secrets) {
    if (secrets.isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of(title, "REQUIRED"));
    for (Secret secret : secrets) {
      rows.add(List.of(secret.name, secret.required ? "true" : ""));
    }
    out.append(Columns.render(rows, 3)).append('\n');
  }
}
