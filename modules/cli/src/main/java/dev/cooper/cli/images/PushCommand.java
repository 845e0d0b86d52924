package dev.cooper.cli.images;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.CooperException;
import dev.cooper.image.Reference;
import dev.cooper.registry.LayerProgress;
import dev.cooper.store.StoredImage;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** {@code cooper push}. */
@Usage(
    name = "push",
    synopsis = "cooper push [OPTIONS] NAME[:TAG]",
    description = "Upload an image to a registry")
public final class PushCommand implements Command {
  @Option(
      names = {"-a", "--all-tags"},
      description = "Push all tags of an image to the repository")
  boolean allTags;

  @Option(
      names = {"-q", "--quiet"},
      description = "Suppress verbose output")
  boolean quiet;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.exactly(1, operands);
    String text = operands.getFirst();
    Reference name = Reference.parse(text);
    if (name.digest() != null) {
      throw new CooperException.InvalidInput("cannot push a digest reference");
    }
    boolean bare = !text.endsWith(":" + name.tag());
    if (allTags && !bare) {
      throw new CooperException.InvalidInput("tag can't be used with --all-tags/-a");
    }
    PrintStream out = invocation.console().out();
    try (Cooper cooper = Cooper.open(invocation.root())) {
      List<Reference> names = names(cooper, name);
      if (bare && !allTags && !quiet) {
        out.println("Using default tag: latest");
      }
      if (!quiet) {
        out.println("The push refers to repository [" + name.repository() + "]");
        out.flush();
      }
      for (Reference each : names) {
        push(cooper, each, out);
      }
      if (quiet) {
        out.println(allTags ? name.repository() : name.canonical());
      }
    }
    return 0;
  }

  private List<Reference> names(Cooper cooper, Reference name) throws IOException {
    if (!allTags) {
      StoredImage unused = cooper.registries().local(name);
      return List.of(name);
    }
    List<Reference> names = new ArrayList<>();
    for (StoredImage image : cooper.images().list()) {
      image.names().stream()
          .filter(each -> each.repository().equals(name.repository()))
          .forEach(names::add);
    }
    if (names.isEmpty()) {
      throw new CooperException.NotFound(
          "An image does not exist locally with the tag: " + name.familiarRepository());
    }
    return names;
  }

  private void push(Cooper cooper, Reference name, PrintStream out) throws IOException {
    if (quiet) {
      cooper.registries().push(name, LayerProgress.NONE);
      return;
    }
    PushOutput.push(cooper, name, out);
  }
}
