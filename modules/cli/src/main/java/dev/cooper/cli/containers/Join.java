package dev.cooper.cli.containers;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Console;
import dev.cooper.engine.Attachment;
import dev.cooper.engine.Container;
import dev.cooper.engine.Containers;
import dev.cooper.image.CooperException;
import dev.cooper.linux.TerminalSize;
import dev.cooper.runtime.AttachedSession;
import dev.cooper.runtime.DetachKeys;
import dev.cooper.runtime.Monitor;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Joins a container that runs already. */
final class Join {
  private final Containers containers;
  private final Console console;
  private final @Nullable String detachKeys;
  private final boolean signalProxy;

  Join(Cooper cooper, Console console, @Nullable String detachKeys, boolean signalProxy) {
    this.containers = cooper.containers();
    this.console = console;
    this.detachKeys = detachKeys;
    this.signalProxy = signalProxy;
  }

  /** Stays until it ends or the user detaches; its exit code, or 0 when detached. */
  int run(Container container, Attachment streams) throws IOException, InterruptedException {
    DetachKeys keys = detachKeys == null ? DetachKeys.standard() : DetachKeys.parse(detachKeys);
    try (Session session = new Session(console, container.terminal(), streams)) {
      Monitor monitor = containers.monitor(container.id());
      var attachment = containers.attach(container.id());
      session.begin(
          monitor,
          signalProxy
              ? signal -> {
                try {
                  containers.kill(container.id(), signal);
                } catch (IOException | CooperException e) {
                  // It ended at the same moment.
                }
              }
              : null);
      Optional<TerminalSize> size = Session.size(container.terminal());
      if (size.isPresent()) {
        monitor.resize(size.get());
      }
      if (session.run(attachment, keys) == AttachedSession.End.DETACHED) {
        session.close();
        console.error().println("read escape sequence");
        return 0;
      }
      return monitor.await();
    }
  }
}
