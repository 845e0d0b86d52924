package dev.cooper.cli.images;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code cooper tag}. */
@CommandLine.Command(
    name = "tag",
    customSynopsis = "cooper tag SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]",
    description = "Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE")
public final class TagCommand implements Command {
  @Parameters(arity = "0..*", hidden = true)
  List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.exactly(2, this, operands);
    try (Cooper cooper = Cooper.open(invocation.root())) {
      cooper.images().tag(operands.get(0), operands.get(1));
    }
    return 0;
  }
}
