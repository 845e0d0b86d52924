package dev.cooper.engine;

import dev.cooper.image.CooperException;
import dev.cooper.linux.TerminalSize;
import dev.cooper.runtime.Conmon;
import dev.cooper.runtime.ContainerProcess;
import dev.cooper.runtime.PendingExec;
import dev.cooper.runtime.RuntimeFailure;
import dev.cooper.runtime.StandardInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs further processes in a container. */
final class Executing {
  private final ContainerRecords records;
  private final Machinery machinery;

  Executing(ContainerRecords records, Machinery machinery) {
    this.records = records;
    this.machinery = machinery;
  }

  PendingExec attached(Container container, ExecRequest request, Optional<TerminalSize> size)
      throws IOException {
    checkRunning(container);
    Conmon.Keeping keeping =
        new Conmon.Keeping(
            Optional.empty(),
            request.openInput() ? StandardInput.ONCE : StandardInput.EMPTY,
            List.of());
    return machinery
        .conmon()
        .execAttached(
            container.id(), process(container, request, size), newFolder(container), keeping);
  }

  void detached(Container container, ExecRequest request) throws IOException {
    checkRunning(container);
    try {
      machinery
          .conmon()
          .exec(
              container.id(),
              process(container, request, Optional.empty()),
              newFolder(container),
              new Conmon.Keeping(
                  Optional.empty(),
                  request.openInput() ? StandardInput.OPEN : StandardInput.EMPTY,
                  List.of()));
    } catch (RuntimeFailure e) {
      throw new StartFailure(e.getMessage(), null, e.exitCode(), e);
    }
  }

  private Path newFolder(Container container) {
    return records
        .folder(container.id())
        .path()
        .resolve("exec")
        .resolve(Creation.newId().substring(0, 12));
  }

  private void checkRunning(Container container) throws IOException {
    ContainerState state = Liveness.state(records, container.id());
    if (!state.running()) {
      throw new CooperException.Conflict("Container " + container.id() + " is not running");
    }
    if (state.paused()) {
      throw new CooperException.Conflict(
          "Container " + container.name() + " is paused, unpause the container before exec");
    }
  }

  private ContainerProcess process(
      Container container, ExecRequest request, Optional<TerminalSize> size) throws IOException {
    Map<String, String> env = new LinkedHashMap<>();
    for (String variable : container.env()) {
      env.put(Creation.nameOf(variable), variable);
    }
    for (String variable : request.env()) {
      if (variable.indexOf('=') < 0) {
        env.remove(variable);
      } else {
        env.put(Creation.nameOf(variable), variable);
      }
    }
    String directory =
        request.workingDirectory() == null
            ? container.workingDirectory()
            : request.workingDirectory();
    if (!directory.startsWith("/")) {
      throw new CooperException.InvalidInput(
          "the working directory '" + directory + "' is invalid, it needs to be an absolute path");
    }
    return Specification.process(
        container,
        records.folder(container.id()).root(),
        request.words(),
        request.user() == null ? container.user() : request.user(),
        directory,
        new ArrayList<>(env.values()),
        request.terminal(),
        request.privileged() || container.security().privileged(),
        size);
  }
}
