package dev.cooper.explore;

import dev.cooper.image.History;
import dev.cooper.image.Image;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The step that made a layer.
 *
 * @param text the instruction as in a Dockerfile where it can be told, else the command that was
 *     run; empty when the image does not say
 * @param created when the step ran
 */
public record LayerInstruction(String text, Optional<Instant> created) {
  private static final LayerInstruction UNKNOWN = new LayerInstruction("", Optional.empty());
  private static final String SHELL = "/bin/sh -c ";
  private static final String NO_OPERATION = "#(nop) ";
  private static final String BUILDKIT = " # buildkit";

  /**
   * The steps of an image's layers, one for each, bottom first. Layers that the history does not
   * tell of have an empty text.
   */
  public static List<LayerInstruction> of(Image image) {
    List<LayerInstruction> steps = new ArrayList<>();
    for (History step : image.config().history()) {
      if (!step.isEmptyLayer()) {
        steps.add(
            new LayerInstruction(
                readable(step.createdBy() == null ? "" : step.createdBy()),
                Optional.ofNullable(step.created())));
      }
    }
    int layers = image.layers().size();
    while (steps.size() < layers) {
      steps.add(UNKNOWN);
    }
    return List.copyOf(steps.subList(0, layers));
  }

  /**
   * {@code /bin/sh -c #(nop) COPY …} is {@code COPY …}, and {@code /bin/sh -c x} is {@code RUN x}.
   */
  static String readable(String createdBy) {
    String text = createdBy.strip();
    if (text.endsWith(BUILDKIT)) {
      text = text.substring(0, text.length() - BUILDKIT.length());
      return text.startsWith("RUN " + SHELL) ? "RUN " + text.substring(4 + SHELL.length()) : text;
    }
    if (text.startsWith(SHELL)) {
      String command = text.substring(SHELL.length()).strip();
      return command.startsWith(NO_OPERATION)
          ? command.substring(NO_OPERATION.length()).strip()
          : "RUN " + command;
    }
    return text;
  }
}
