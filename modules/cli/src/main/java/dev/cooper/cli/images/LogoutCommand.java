package dev.cooper.cli.images;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.Reference;
import java.util.ArrayList;
import java.util.List;

/** {@code cooper logout}. */
@Usage(
    name = "logout",
    synopsis = "cooper logout [SERVER]",
    description = {
      "Log out from a registry.",
      "If no server is specified, the default is Docker Hub."
    })
public final class LogoutCommand implements Command {
  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.atMost(1, operands);
    String domain =
        operands.isEmpty() ? Reference.DEFAULT_DOMAIN : LoginCommand.domain(operands.getFirst());
    try (Cooper cooper = Cooper.open(invocation.root())) {
      String text =
          cooper.registries().logout(domain)
              ? "Removing login credentials for " + domain
              : "Not logged in to " + domain;
      invocation.console().out().println(text);
    }
    return 0;
  }
}
