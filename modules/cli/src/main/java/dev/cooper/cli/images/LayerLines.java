package dev.cooper.cli.images;

import dev.cooper.cli.format.HumanSize;
import dev.cooper.image.Digest;
import dev.cooper.linux.Terminal;
import dev.cooper.registry.LayerProgress;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How far the layers of an image are, in Docker's words: on a terminal a line a layer that changes
 * in its place, on anything else a line a change, without the bytes.
 */
final class LayerLines implements LayerProgress, AutoCloseable {
  private static final long INTERVAL = 100_000_000;
  private static final int WIDTH = 50;

  private static final Map<State, String> PULL =
      Map.of(
          State.WAITING, "Pulling fs layer",
          State.PRESENT, "Already exists",
          State.MOVING, "Downloading",
          State.VERIFYING, "Verifying Checksum",
          State.MOVED, "Download complete",
          State.UNPACKING, "Extracting",
          State.DONE, "Pull complete");
  private static final Map<State, String> PUSH =
      Map.of(
          State.WAITING, "Preparing",
          State.PRESENT, "Layer already exists",
          State.MOVING, "Pushing",
          State.MOVED, "Pushed",
          State.DONE, "Pushed");

  private final PrintStream out;
  private final Map<State, String> words;
  private final boolean moving;
  private final List<Digest> layers = new ArrayList<>();
  private String heading;
  private long last;

  private LayerLines(PrintStream out, Map<State, String> words, boolean moving, String heading) {
    this.out = out;
    this.words = words;
    this.moving = moving;
    this.heading = heading;
  }

  /**
   * Those of a pull.
   *
   * @param heading the line before the first of them: said once it is known that there is an image
   */
  static LayerLines ofPull(PrintStream out, String heading) {
    return new LayerLines(out, PULL, isTerminal(), heading);
  }

  static LayerLines ofPush(PrintStream out) {
    return new LayerLines(out, PUSH, isTerminal(), "");
  }

  /** Both have to be: a container's own output may go somewhere else than its image's progress. */
  private static boolean isTerminal() {
    return Terminal.is(Terminal.OUTPUT) && Terminal.is(Terminal.ERROR);
  }

  @Override
  public void layer(Digest layer, State state, long done, long total) {
    if (!heading.isEmpty()) {
      out.println(heading);
      heading = "";
    }
    if (state == State.MOVING) {
      long now = System.nanoTime();
      if (!moving || now - last < INTERVAL) {
        return;
      }
      last = now;
    }
    String text = layer.shortHex() + ": " + words.getOrDefault(state, state.toString());
    if (state == State.MOVING && total > 0) {
      text += " " + bar(done, total);
    }
    if (!moving) {
      out.println(text);
      out.flush();
      return;
    }
    int at = layers.indexOf(layer);
    if (at < 0) {
      layers.add(layer);
      out.print(text + "\n");
    } else {
      int up = layers.size() - at;
      out.print("\033[" + up + "A\r\033[K" + text + "\r\033[" + up + "B");
    }
    out.flush();
  }

  private static String bar(long done, long total) {
    int filled = (int) (WIDTH * Math.min(done, total) / total);
    return "["
        + "=".repeat(Math.max(0, filled - 1))
        + ">"
        + " ".repeat(WIDTH - Math.max(1, filled))
        + "] "
        + HumanSize.of(done)
        + "/"
        + HumanSize.of(total);
  }

  @Override
  public void close() {
    out.flush();
  }
}
