package dev.cooper.cli.containers;

import dev.cooper.cli.Console;
import dev.cooper.engine.Attachment;
import dev.cooper.linux.LinuxException;
import dev.cooper.linux.Signals;
import dev.cooper.linux.Terminal;
import dev.cooper.linux.TerminalSize;
import dev.cooper.runtime.AttachedSession;
import dev.cooper.runtime.DetachKeys;
import dev.cooper.runtime.Monitor;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * This terminal, or these pipes, joined to a container's process: raw mode, window size, signals.
 * However it ends, the terminal is as it was before.
 */
public final class Session implements Closeable {
  private static final List<String> FORWARDED =
      List.of("HUP", "INT", "QUIT", "TERM", "USR1", "USR2");

  private final Console console;
  private final boolean terminal;
  private final Attachment streams;
  private final List<Signals.Handling> handlings = new ArrayList<>();
  private Terminal.@Nullable RawMode raw;

  /**
   * @param terminal whether the process has a pseudo-terminal
   * @param streams what to join
   */
  public Session(Console console, boolean terminal, Attachment streams) {
    this.console = console;
    this.terminal = terminal;
    this.streams = streams;
  }

  /** The size of the terminal that the process is to have. */
  public static Optional<TerminalSize> size(boolean terminal) {
    return terminal ? Terminal.size(Terminal.OUTPUT) : Optional.empty();
  }

  /** Whether standard input is a terminal. */
  public static boolean inputIsTerminal() {
    return Terminal.is(Terminal.INPUT);
  }

  /**
   * Takes hold of terminal and signals, before the process begins.
   *
   * @param signals what to do with a signal for this process; null to let it end this process
   */
  public void begin(Monitor monitor, @Nullable SignalTarget signals) throws LinuxException {
    if (terminal) {
      if (streams.input() && inputIsTerminal()) {
        Terminal.RawMode mode = Terminal.enterRawMode(Terminal.INPUT);
        raw = mode;
        // SIGTERM and SIGHUP end the virtual machine through its hooks.
        Runtime.getRuntime().addShutdownHook(new Thread(mode::close));
      }
      handlings.add(
          Signals.handle(
              "WINCH",
              name -> {
                try {
                  Optional<TerminalSize> now = Terminal.size(Terminal.OUTPUT);
                  if (now.isPresent()) {
                    monitor.resize(now.get());
                  }
                } catch (IOException e) {
                  // The process has ended meanwhile.
                }
              }));
    } else if (signals != null) {
      for (String name : FORWARDED) {
        try {
          handlings.add(Signals.handle(name, signals::send));
        } catch (IllegalArgumentException e) {
          // The virtual machine keeps this one for itself.
        }
      }
    }
  }

  /** Who gets the signals sent to this process. */
  public interface SignalTarget {
    /** A signal came, named without SIG. */
    void send(String name);
  }

  /** Copies in both directions until the process ends or the user detaches. */
  public AttachedSession.End run(dev.cooper.runtime.Attachment attachment, DetachKeys keys)
      throws IOException {
    InputStream input = streams.input() ? console.in() : null;
    OutputStream output = streams.output() ? console.out() : OutputStream.nullOutputStream();
    OutputStream error = streams.error() ? console.error() : OutputStream.nullOutputStream();
    return AttachedSession.run(attachment, input, output, error, keys);
  }

  @Override
  public void close() {
    if (raw != null) {
      raw.close();
    }
    for (Signals.Handling handling : handlings) {
      handling.close();
    }
    handlings.clear();
  }
}
