package dev.cooper.cli.containers;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Console;
import dev.cooper.engine.Attachment;
import dev.cooper.engine.Container;
import dev.cooper.engine.Containers;
import dev.cooper.engine.PendingStart;
import dev.cooper.image.CooperException;
import dev.cooper.runtime.AttachedSession;
import dev.cooper.runtime.DetachKeys;
import dev.cooper.runtime.Monitor;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts a container, and stays with it if wanted: for {@code run} and {@code start}. */
final class Launch {
  private final Containers containers;
  private final Console console;
  private final Container container;
  private final @Nullable String detachKeys;
  private final boolean signalProxy;

  Launch(
      Cooper cooper,
      Console console,
      Container container,
      @Nullable String detachKeys,
      boolean signalProxy) {
    this.containers = cooper.containers();
    this.console = console;
    this.container = container;
    this.detachKeys = detachKeys;
    this.signalProxy = signalProxy;
  }

  /**
   * Starts it.
   *
   * @param detached whether to print the id and leave
   * @return the container's exit code; 0 when detached
   */
  int run(Attachment streams, boolean detached) throws IOException, InterruptedException {
    DetachKeys keys = detachKeys == null ? DetachKeys.standard() : DetachKeys.parse(detachKeys);
    boolean attended = !detached;
    try (Session session = new Session(console, container.terminal(), streams)) {
      PendingStart pending;
      try {
        pending = containers.prepare(container.id(), Session.size(container.terminal()), attended);
      } catch (IOException | RuntimeException e) {
        containers.cleanUpFailedStart(container.id());
        throw e;
      }
      Monitor monitor = pending.monitor();
      dev.cooper.runtime.Attachment attachment = null;
      try {
        if (attended && streams.any()) {
          attachment = pending.attach();
          session.begin(monitor, signalProxy ? this::forward : null);
        }
        pending.start();
      } catch (IOException | RuntimeException e) {
        pending.close();
        session.close();
        containers.cleanUpFailedStart(container.id());
        throw e;
      }
      if (!attended) {
        console.out().println(container.id());
        return 0;
      }
      if (attachment == null) {
        console.out().println(container.id());
        console.out().flush();
      } else if (session.run(attachment, keys) == AttachedSession.End.DETACHED) {
        session.close();
        console.error().println("read escape sequence");
        return 0;
      }
      int code = monitor.await();
      session.close();
      console.out().flush();
      explain(code, console.error());
      containers.cleanUp(container.id());
      return code;
    }
  }

  private void explain(int code, PrintStream error) throws IOException {
    Optional<String> hint = containers.explainExit(container.id(), code);
    if (hint.isPresent()) {
      error.println("Hint: " + hint.get());
    }
  }

  private void forward(String signal) {
    try {
      containers.kill(container.id(), signal);
    } catch (IOException | CooperException e) {
      // It ended at the same moment.
    }
  }
}
