package dev.cooper.cli.containers;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.OutputClosedException;
import dev.cooper.cli.format.When;
import dev.cooper.engine.Containers;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.runtime.ContainerLog;
import dev.cooper.runtime.OutputKind;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code cooper logs}. */
@Usage(
    name = "logs",
    synopsis = "cooper logs [OPTIONS] CONTAINER",
    description = "Fetch the logs of a container")
public final class LogsCommand implements Command {
  private static final long PAUSE_MILLIS = 50;
  private static final DateTimeFormatter NANOSECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  @Option(
      names = {"-f", "--follow"},
      description = "Follow log output")
  boolean follow;

  @Option(
      names = "--since",
      paramLabel = "string",
      description = "Show logs since timestamp (e.g. 2026-01-02T13:23:37Z) or relative (e.g. 42m)")
  @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "string",
      description = "Show logs before a timestamp or relative time")
  @Nullable String until;

  @Option(
      names = {"-n", "--tail"},
      paramLabel = "string",
      description = "Number of lines to show from the end of the logs (default \"all\")")
  String tail = "all";

  @Option(
      names = {"-t", "--timestamps"},
      description = "Show timestamps")
  boolean timestamps;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.exactly(1, operands);
    Instant now = Instant.now();
    Instant from = since == null ? Instant.MIN : When.parse(since, now);
    Instant to = until == null ? Instant.MAX : When.parse(until, now);
    long lines = lines();
    try (Cooper cooper = Cooper.open(invocation.root())) {
      Containers containers = cooper.containers();
      String id = containers.require(operands.getFirst()).container().id();
      try (ContainerLog log = containers.log(id)) {
        tail(log, lines, from, to, invocation);
        boolean running = follow;
        while (running) {
          // Asked before reading: what was written until the end is still read then.
          running = containers.find(id).map(status -> status.state().running()).orElse(false);
          boolean any = copy(log, from, to, invocation);
          if (running && !any) {
            Thread.sleep(PAUSE_MILLIS);
          }
        }
      }
    }
    return 0;
  }

  private long lines() {
    if (tail.equals("all")) {
      return Long.MAX_VALUE;
    }
    try {
      long lines = Long.parseLong(tail);
      return lines < 0 ? Long.MAX_VALUE : lines;
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE; // Docker takes any other word for "all"
    }
  }

  /** Prints what is there, its last lines only if so wanted. */
  private void tail(ContainerLog log, long lines, Instant from, Instant to, Invocation invocation)
      throws IOException {
    if (lines == Long.MAX_VALUE) {
      copy(log, from, to, invocation);
      return;
    }
    Deque<ContainerLog.Entry> last = new ArrayDeque<>();
    long whole = 0;
    for (ContainerLog.Entry entry; (entry = log.next()) != null; ) {
      if (outside(entry, from, to)) {
        continue;
      }
      last.addLast(entry);
      whole += endsLine(entry) ? 1 : 0;
      while (whole > lines) {
        whole -= endsLine(last.removeFirst()) ? 1 : 0;
      }
    }
    if (lines > 0) {
      for (ContainerLog.Entry entry : last) {
        print(entry, invocation);
      }
    }
    invocation.console().out().flush();
  }

  private static boolean endsLine(ContainerLog.Entry entry) {
    return entry.text().length > 0 && entry.text()[entry.text().length - 1] == '\n';
  }

  private boolean copy(ContainerLog log, Instant from, Instant to, Invocation invocation)
      throws IOException {
    boolean any = false;
    for (ContainerLog.Entry entry; (entry = log.next()) != null; ) {
      any = true;
      if (!outside(entry, from, to)) {
        print(entry, invocation);
      }
    }
    invocation.console().out().flush();
    return any;
  }

  private static boolean outside(ContainerLog.Entry entry, Instant from, Instant to) {
    return entry.time().isBefore(from) || !entry.time().isBefore(to);
  }

  private boolean atLineStart = true;

  private void print(ContainerLog.Entry entry, Invocation invocation) throws IOException {
    PrintStream out;
    if (entry.kind() == OutputKind.STANDARD_ERROR) {
      invocation.console().out().flush();
      out = invocation.console().error();
    } else {
      out = invocation.console().out();
    }
    if (timestamps && atLineStart) {
      out.print(NANOSECONDS.format(entry.time()) + " ");
    }
    out.write(entry.text());
    if (out.checkError()) {
      throw new OutputClosedException();
    }
    atLineStart = endsLine(entry);
  }
}
