package dev.cooper.cli.images;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import java.util.ArrayList;
import java.util.List;

/** {@code cooper tag}. */
@Usage(
    name = "tag",
    synopsis = "cooper tag SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]",
    description = "Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE")
public final class TagCommand implements Command {
  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.exactly(2, operands);
    try (Cooper cooper = Cooper.open(invocation.root())) {
      cooper.images().tag(operands.get(0), operands.get(1));
    }
    return 0;
  }
}
