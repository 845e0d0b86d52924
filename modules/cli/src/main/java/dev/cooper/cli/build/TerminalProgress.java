package dev.cooper.cli.build;

import dev.cooper.builder.BuildEvent;
import dev.cooper.builder.Reason;
import dev.cooper.linux.DelayedExit;
import dev.cooper.linux.TerminalSize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A build on a terminal: a line for each step that is done, and below them, live, the steps that
 * run, each with its time and the last lines of its output.
 */
final class TerminalProgress implements ShownProgress {
  private static final long MARGIN_MILLIS = 1000;
  private static final int TAIL = 6;
  private static final long TICK_MILLIS = 100;
  private static final String BLUE = "\u001b[34m";
  private static final String RED = "\u001b[31m";
  private static final String YELLOW = "\u001b[33m";
  private static final String PLAIN = "\u001b[0m";

  private final LiveView view;
  private final boolean colours;
  private final long began = System.nanoTime();
  private final Map<Integer, Current> running = new LinkedHashMap<>();
  private final List<String> lasting = new ArrayList<>();

  /** After a signal: the process does not go before the last picture is drawn. */
  private final DelayedExit exit = DelayedExit.waiting(MARGIN_MILLIS);

  private int done;
  private int total;
  private boolean over;
  private boolean paused;

  private TerminalProgress(LiveView view, boolean colours) {
    this.view = view;
    this.colours = colours;
  }

  /** A step that is being done. */
  private static final class Current {
    private final BuildEvent.Step step;
    private final long began = System.nanoTime();
    private final OutputTail tail = new OutputTail(TAIL);
    private List<Reason> reasons = List.of();
    private boolean cached;

    Current(BuildEvent.Step step) {
      this.step = step;
    }
  }

  /** Shows a build that begins now; the time goes on by itself. */
  static TerminalProgress start(LiveView view, boolean colours) {
    TerminalProgress progress = new TerminalProgress(view, colours);
    Thread.ofPlatform().daemon().name("progress").start(progress::tick);
    return progress;
  }

  private void tick() {
    try {
      while (true) {
        Thread.sleep(TICK_MILLIS);
        synchronized (this) {
          if (over) {
            return;
          }
          draw();
        }
      }
    } catch (InterruptedException e) {
      // Nobody interrupts it; if so, the view stands still until the next event.
    }
  }

  @Override
  public synchronized void report(BuildEvent event) {
    switch (event) {
      case BuildEvent.Started started -> {
        paused = false;
        total = started.step().total();
        running.put(started.step().number(), new Current(started.step()));
      }
      case BuildEvent.Cached cached -> current(cached.step()).cached = true;
      case BuildEvent.Missed missed -> current(missed.step()).reasons = missed.reasons();
      case BuildEvent.Output output -> {
        // Drawn by the next tick: programs write faster than anybody reads.
        current(output.step()).tail.add(output.bytes());
        return;
      }
      case BuildEvent.Finished finished -> finish(finished.step(), "");
      case BuildEvent.Failed failed -> finish(failed.step(), "ERROR ");
      case BuildEvent.Warned warned ->
          lasting.add(colour(YELLOW, "WARN: " + plain(warned.message())));
      case BuildEvent.Built built -> lasting.add(" => => writing image " + built.image());
      case BuildEvent.Tagged tagged -> lasting.add(" => => naming to " + tagged.name());
      default -> {
        return;
      }
    }
    if (!(event instanceof BuildEvent.Started)) {
      draw();
    }
  }

  private Current current(BuildEvent.Step step) {
    return running.computeIfAbsent(step.number(), number -> new Current(step));
  }

  private void finish(BuildEvent.Step step, String mark) {
    Current current = running.remove(step.number());
    if (current == null) {
      return;
    }
    done++;
    String text = " => " + (current.cached ? "CACHED " : mark) + title(step);
    lasting.add(colour(mark.isEmpty() ? BLUE : RED, timed(text, current.began)));
    for (String line : Explanation.lines(current.reasons)) {
      lasting.add(TextWidth.cut(" => => " + plain(line), view.size().columns()));
    }
  }

  private static String title(BuildEvent.Step step) {
    boolean named = !step.stage().isEmpty() && !Character.isDigit(step.stage().charAt(0));
    return "["
        + (named ? step.stage() + " " : "")
        + step.number()
        + "/"
        + step.total()
        + "] "
        + plain(step.text());
  }

  /** On one line, whatever is in it. */
  private static String plain(String text) {
    StringBuilder line = new StringBuilder();
    for (String part : text.split("\n", -1)) {
      String bare = part.strip();
      bare = bare.endsWith("\\") ? bare.substring(0, bare.length() - 1).stripTrailing() : bare;
      line.append(line.isEmpty() || bare.isEmpty() ? "" : " ").append(bare);
    }
    return TextWidth.plain(line.toString());
  }

  private void draw() {
    if (paused || over || total == 0) {
      return;
    }
    List<String> live = new ArrayList<>();
    for (Current current : running.values()) {
      live.add(timed(" => " + title(current.step), current.began));
      for (String line : current.tail.lines()) {
        live.add(TextWidth.cut(" => => # " + line, view.size().columns() - 1));
      }
    }
    live.addFirst(summary(""));
    view.draw(lasting, live);
    lasting.clear();
  }

  private String summary(String end) {
    return TextWidth.cut(
        "[+] Building " + seconds(began) + " (" + done + "/" + total + ")" + end,
        view.size().columns() - 1);
  }

  /** The text, and at the right edge for how long it has been going on. */
  private String timed(String text, long since) {
    TerminalSize size = view.size();
    String time = " " + seconds(since);
    int room = Math.max(0, size.columns() - 1 - time.length());
    String left = TextWidth.cut(text, room);
    return left + " ".repeat(Math.max(0, room - TextWidth.of(left))) + time;
  }

  private static String seconds(long since) {
    return String.format(Locale.ROOT, "%.1fs", (System.nanoTime() - since) / 1e9);
  }

  private String colour(String code, String text) {
    return colours ? code + text + PLAIN : text;
  }

  @Override
  public synchronized void pause() {
    view.draw(lasting, List.of());
    lasting.clear();
    paused = true;
  }

  @Override
  public synchronized void end(boolean success) {
    if (over) {
      return;
    }
    over = true;
    if (!paused) {
      for (Current current : running.values()) {
        lasting.add(timed(" => CANCELED " + title(current.step), current.began));
      }
      lasting.add(summary(success ? " FINISHED" : ""));
      view.draw(lasting, List.of());
    }
    exit.close();
  }

  @Override
  public boolean showsOutput() {
    return false;
  }
}
