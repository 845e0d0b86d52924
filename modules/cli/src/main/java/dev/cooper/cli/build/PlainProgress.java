package dev.cooper.cli.build;

import dev.cooper.builder.BuildEvent;
import dev.cooper.image.Digest;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tells of a build line by line, in the words of Docker's classic builder. Stages that run side by
 * side are told one after the other, in the order of the Dockerfile: what is ahead of its turn is
 * kept until then.
 */
final class PlainProgress implements ShownProgress {
  private final PrintStream out;
  private final PrintStream error;
  private final SortedMap<Integer, List<BuildEvent>> early = new TreeMap<>();
  private int turn = 1;

  PlainProgress(PrintStream out, PrintStream error) {
    this.out = out;
    this.error = error;
  }

  @Override
  public void report(BuildEvent event) {
    int number = number(event);
    if (number > turn) {
      early.computeIfAbsent(number, key -> new ArrayList<>()).add(event);
      return;
    }
    print(event);
    boolean turnOver = number == turn && event instanceof BuildEvent.Finished;
    while (turnOver) {
      turn++;
      turnOver = false;
      for (BuildEvent kept :
          Objects.requireNonNullElse(early.remove(turn), List.<BuildEvent>of())) {
        print(kept);
        turnOver |= kept instanceof BuildEvent.Finished;
      }
    }
    out.flush();
  }

  /** What was kept back of steps that never got their turn, since an earlier one failed. */
  @Override
  public void end(boolean success) {
    early.values().forEach(events -> events.forEach(this::print));
    early.clear();
    out.flush();
  }

  @Override
  public PrintStream pullOutput() {
    return out;
  }

  private static int number(BuildEvent event) {
    return switch (event) {
      case BuildEvent.Started started -> started.step().number();
      case BuildEvent.Cached cached -> cached.step().number();
      case BuildEvent.Missed missed -> missed.step().number();
      case BuildEvent.Failed failed -> failed.step().number();
      case BuildEvent.Running running -> running.step().number();
      case BuildEvent.Output output -> output.step().number();
      case BuildEvent.Removed removed -> removed.step().number();
      case BuildEvent.Finished finished -> finished.step().number();
      case BuildEvent.Triggers triggers -> triggers.step().number();
      case BuildEvent.Warned warned -> 0;
      case BuildEvent.Built built -> 0;
      case BuildEvent.Tagged tagged -> 0;
      case BuildEvent.Exported exported -> 0;
    };
  }

  private void print(BuildEvent event) {
    switch (event) {
      case BuildEvent.Started started -> {
        BuildEvent.Step step = started.step();
        out.println("Step " + step.number() + "/" + step.total() + " : " + step.text());
      }
      case BuildEvent.Cached cached -> out.println(" ---> Using cache");
      case BuildEvent.Missed missed ->
          Explanation.lines(missed.reasons()).forEach(line -> out.println(" ---> " + line));
      case BuildEvent.Failed failed -> {
        // The command's last words say it.
      }
      case BuildEvent.Running running -> out.println(" ---> Running in " + running.container());
      case BuildEvent.Output output -> {
        PrintStream to = output.error() ? error : out;
        out.flush();
        to.write(output.bytes(), 0, output.bytes().length);
        to.flush();
      }
      case BuildEvent.Removed removed ->
          out.println("Removing intermediate container " + removed.container());
      case BuildEvent.Finished finished -> {
        Digest image = finished.image();
        out.println(" ---> " + (image == null ? "" : image.shortHex()));
      }
      case BuildEvent.Triggers triggers ->
          out.println(
              "# Executing "
                  + triggers.count()
                  + " build trigger"
                  + (triggers.count() == 1 ? "" : "s"));
      case BuildEvent.Warned warned -> error.println("[Warning] " + warned.message());
      case BuildEvent.Built built -> out.println("Successfully built " + built.image().shortHex());
      case BuildEvent.Exported exported -> out.println("Exported to " + exported.where());
      case BuildEvent.Tagged tagged ->
          out.println("Successfully tagged " + tagged.name().familiar());
    }
  }
}
