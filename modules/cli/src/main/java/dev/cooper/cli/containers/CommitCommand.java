package dev.cooper.cli.containers;

import dev.cooper.api.ContainerCommit;
import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.Reference;
import dev.cooper.store.StoredImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code cooper commit}. */
@Usage(
    name = "commit",
    synopsis = "cooper commit [OPTIONS] CONTAINER [REPOSITORY[:TAG]]",
    description = "Create a new image from a container's changes")
public final class CommitCommand implements Command {
  @Option(
      names = {"-a", "--author"},
      paramLabel = "string",
      description = "Author (e.g., \"John Hannibal Smith <hannibal@a-team.com>\")")
  String author = "";

  @Option(
      names = {"-c", "--change"},
      paramLabel = "list",
      description = "Apply Dockerfile instruction to the created image")
  List<String> changes = new ArrayList<>();

  @Option(
      names = {"-m", "--message"},
      paramLabel = "string",
      description = "Commit message")
  String message = "";

  @Option(
      names = {"-p", "--pause"},
      description = "Pause container during commit")
  boolean pause = true;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.between(1, 2, operands);
    Optional<Reference> name =
        operands.size() == 2 ? Optional.of(Reference.parse(operands.get(1))) : Optional.empty();
    try (Cooper cooper = Cooper.open(invocation.root())) {
      StoredImage image =
          cooper.commit(
              operands.getFirst(), new ContainerCommit(author, message, changes, pause, name));
      invocation.console().out().println(cooper.store().images().read(image).configDigest());
    }
    return 0;
  }
}
