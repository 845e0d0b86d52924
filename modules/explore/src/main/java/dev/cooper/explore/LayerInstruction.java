package dev.cooper.explore;

import dev.cooper.image.Descriptor;
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
  private static final int DIGEST = 64;
  private static final int SHORT_DIGEST = 12;

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
    for (int i = 0; i < layers; i++) {
      // History has a digest in the place of what was copied; Cooper's own layers say more.
      String written = image.layers().get(i).annotations().get(Descriptor.INSTRUCTION);
      if (written != null) {
        steps.set(i, new LayerInstruction(written, steps.get(i).created()));
      }
    }
    return List.copyOf(steps.subList(0, layers));
  }

  /**
   * The last step of an image that is this instruction, whether it made a layer or not.
   *
   * @param name such as {@code ENTRYPOINT}
   * @return empty when the history has none
   */
  public static Optional<LayerInstruction> last(List<History> history, String name) {
    for (History step : history.reversed()) {
      String text = readable(step.createdBy() == null ? "" : step.createdBy());
      if (text.startsWith(name + " ")) {
        return Optional.of(new LayerInstruction(text, Optional.ofNullable(step.created())));
      }
    }
    return Optional.empty();
  }

  /**
   * {@code /bin/sh -c #(nop) COPY …} is {@code COPY …}, and {@code /bin/sh -c x} is {@code RUN x}.
   * Of the digest that Docker writes in the place of what was copied, twelve digits are left.
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
          ? shortened(command.substring(NO_OPERATION.length()).strip())
          : "RUN " + command;
    }
    return text;
  }

  private static String shortened(String instruction) {
    int digest = digest(instruction, 0);
    return digest < 0
        ? instruction
        : instruction.substring(0, digest + SHORT_DIGEST) + instruction.substring(digest + DIGEST);
  }

  /** History's words for a step without the digest that stands there for what was copied. */
  public static String withoutDigest(String createdBy) {
    int mark = createdBy.indexOf(NO_OPERATION);
    int digest = mark < 0 ? -1 : digest(createdBy, mark);
    return digest < 0
        ? createdBy
        : createdBy.substring(0, digest) + createdBy.substring(digest + DIGEST);
  }

  /** Where the first digest after a colon begins, from a place on; -1 if there is none. */
  private static int digest(String text, int from) {
    for (int colon = text.indexOf(':', from); colon >= 0; colon = text.indexOf(':', colon + 1)) {
      int end = colon + 1;
      while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0) {
        end++;
      }
      if (end - colon - 1 == DIGEST) {
        return colon + 1;
      }
    }
    return -1;
  }
}
