package dev.cooper.cli.containers;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.engine.Containers;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.CooperException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code cooper cp}. */
@Usage(
    name = "cp",
    synopsis = {
      "cooper cp [OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-",
      "cooper cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH"
    },
    description = "Copy files/folders between a container and the local filesystem")
public final class CopyCommand implements Command {
  @Option(
      names = {"-a", "--archive"},
      description = "Archive mode (copy all uid/gid information)")
  boolean archive;

  @Option(
      names = {"-L", "--follow-link"},
      description = "Always follow symbol link in SRC_PATH")
  boolean followLink;

  @Option(
      names = {"-q", "--quiet"},
      description = "Suppress progress output during copy (there is none)",
      hidden = true)
  boolean quiet;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.exactly(2, operands);
    Side from = Side.parse(operands.get(0));
    Side to = Side.parse(operands.get(1));
    if (operands.get(0).isEmpty() || from.path().isEmpty()) {
      throw new CooperException.InvalidInput("source can not be empty");
    }
    if (operands.get(1).isEmpty() || to.path().isEmpty()) {
      throw new CooperException.InvalidInput("destination can not be empty");
    }
    if (from.inContainer() == to.inContainer()) {
      throw new CooperException.InvalidInput(
          from.inContainer()
              ? "copying between containers is not supported"
              : "must specify at least one container source");
    }
    try (Cooper cooper = Cooper.open(invocation.root())) {
      Containers containers = cooper.containers();
      if (from.inContainer()) {
        String id = containers.require(from.container()).container().id();
        CopyOut copy = new CopyOut(containers, id, followLink, archive);
        if (to.path().equals("-")) {
          copy.toStream(from.path(), invocation.console().out());
          invocation.console().out().flush();
        } else {
          copy.toDisk(from.path(), to.path());
        }
      } else {
        String id = containers.require(to.container()).container().id();
        CopyIn copy = new CopyIn(containers, id, followLink, archive);
        if (from.path().equals("-")) {
          containers.write(id, to.path(), invocation.console().in(), true);
        } else {
          copy.fromDisk(from.path(), to.path());
        }
      }
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("No space left")) {
        throw new CooperException.Failed("no space left on device", null, e);
      }
      throw e;
    }
    return 0;
  }

  /**
   * {@code container:path} or a path here; a path that starts with {@code /} or {@code .} is one.
   */
  record Side(String container, String path) {
    static Side parse(String text) {
      int colon = text.indexOf(':');
      return colon <= 0 || text.startsWith("/") || text.startsWith(".")
          ? new Side("", text)
          : new Side(text.substring(0, colon), text.substring(colon + 1));
    }

    boolean inContainer() {
      return !container.isEmpty();
    }
  }
}
