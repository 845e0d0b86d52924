package dev.cooper.cli.images;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.CooperException;
import dev.cooper.image.Platform;
import dev.cooper.image.Reference;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code cooper pull}. */
@Usage(
    name = "pull",
    synopsis = "cooper pull [OPTIONS] NAME[:TAG|@DIGEST]",
    description = "Download an image from a registry")
public final class PullCommand implements Command {
  @Option(
      names = {"-a", "--all-tags"},
      description = "Download all tagged images in the repository")
  boolean allTags;

  @Option(
      names = "--platform",
      paramLabel = "string",
      description = "Set platform if server is multi-platform capable")
  @Nullable String platform;

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
    boolean bare = name.digest() == null && !text.endsWith(":" + name.tag());
    if (allTags && !bare) {
      throw new CooperException.InvalidInput("tag can't be used with --all-tags/-a");
    }
    Platform wanted = platform == null ? null : Platform.parse(platform);
    PrintStream out = invocation.console().out();
    try (Cooper cooper = Cooper.open(invocation.root())) {
      List<Reference> names = new ArrayList<>();
      if (allTags) {
        for (String tag : cooper.registries().tags(name)) {
          names.add(name.withTag(tag));
        }
      } else {
        names.add(name);
      }
      if (bare && !allTags && !quiet) {
        out.println("Using default tag: latest");
      }
      for (Reference each : names) {
        PullOutput.pull(cooper, each, wanted, quiet ? null : out);
      }
      out.println(allTags ? name.familiarRepository() : name.canonical());
    }
    return 0;
  }
}
