package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stage that can be built.
 *
 * @param name null if it has none; it can then be named by its index
 * @param isDefault whether it is built if no target is named
 * @param description what the comment above its FROM says about its name; empty if nothing
 * @param base what it starts from, as written
 * @param platform the platform as written; null if none is
 * @param range the lines of its FROM
 */
public record Target(
    @Nullable String name,
    boolean isDefault,
    String description,
    String base,
    @Nullable String platform,
    SourceRange range) {

  /** All stages, in order. */
  public static List<Target> of(Dockerfile dockerfile) {
    List<Target> targets = new ArrayList<>();
    for (Stage stage : dockerfile.stages()) {
      Instruction.From from = stage.from();
      targets.add(
          new Target(
              stage.name(),
              stage.index() == dockerfile.stages().size() - 1,
              stage.name() == null ? "" : from.origin().commentOn(stage.name()),
              from.image().text(),
              from.platform() == null ? null : from.platform().text(),
              from.range()));
    }
    return targets;
  }

  /** The targets as a table for people. */
  public static String render(List<Target> targets) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("TARGET", "DESCRIPTION"));
    for (Target target : targets) {
      String name = target.name == null ? "" : target.name;
      String mark = target.isDefault ? "(default)" : "";
      rows.add(
          List.of(
              name.isEmpty() || mark.isEmpty() ? name + mark : name + " " + mark,
              target.description));
    }
    return Columns.render(rows, 1);
  }
}
