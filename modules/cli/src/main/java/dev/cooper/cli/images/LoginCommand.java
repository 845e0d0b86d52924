package dev.cooper.cli.images;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Console;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.CooperException;
import dev.cooper.image.Reference;
import dev.cooper.linux.Terminal;
import dev.cooper.registry.Credentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code cooper login}. */
@Usage(
    name = "login",
    synopsis = "cooper login [OPTIONS] [SERVER]",
    description = {
      "Authenticate to a registry.",
      "Defaults to Docker Hub if no server is specified."
    })
public final class LoginCommand implements Command {
  @Option(
      names = {"-u", "--username"},
      paramLabel = "string",
      description = "Username")
  @Nullable String user;

  @Option(
      names = {"-p", "--password"},
      paramLabel = "string",
      description = "Password or Personal Access Token (PAT)")
  @Nullable String password;

  @Option(
      names = "--password-stdin",
      description = "Take the Password or Personal Access Token (PAT) from stdin")
  boolean passwordFromInput;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.atMost(1, operands);
    String domain = operands.isEmpty() ? Reference.DEFAULT_DOMAIN : domain(operands.getFirst());
    Credentials.Password given = credentials(invocation.console());
    try (Cooper cooper = Cooper.open(invocation.root())) {
      if (cooper.registries().login(domain, given)) {
        invocation
            .console()
            .error()
            .println(
                "WARNING! Your credentials are stored unencrypted in '"
                    + cooper.registries().credentialsFile()
                    + "'.\nConfigure a credential helper to remove this warning.");
      }
    }
    invocation.console().out().println("Login Succeeded");
    return 0;
  }

  /** A registry as people write it: with a scheme in front, or a path behind. */
  static String domain(String server) {
    String rest = server.replaceFirst("^https?://", "");
    int slash = rest.indexOf('/');
    String domain = slash < 0 ? rest : rest.substring(0, slash);
    return domain.equals("index.docker.io") || domain.equals("registry-1.docker.io")
        ? Reference.DEFAULT_DOMAIN
        : domain;
  }

  private Credentials.Password credentials(Console console) throws IOException {
    if (password != null) {
      if (passwordFromInput) {
        throw new CooperException.InvalidInput(
            "--password and --password-stdin are mutually exclusive");
      }
      console
          .error()
          .println("WARNING! Using --password via the CLI is insecure. Use --password-stdin.");
    }
    if (passwordFromInput) {
      if (user == null) {
        throw new CooperException.InvalidInput("Must provide --username with --password-stdin");
      }
      String secret = new String(console.in().readAllBytes(), StandardCharsets.UTF_8);
      return new Credentials.Password(user, secret.replaceFirst("[\r\n]+$", ""));
    }
    if (user != null && password != null) {
      return new Credentials.Password(user, password);
    }
    java.io.Console terminal = Terminal.is(Terminal.INPUT) ? System.console() : null;
    if (terminal == null) {
      throw new CooperException.InvalidInput(
          "Cannot perform an interactive login from a non TTY device");
    }
    String name = user != null ? user : terminal.readLine("Username: ");
    String secret = password;
    if (secret == null) {
      char[] typed = terminal.readPassword("Password: ");
      secret = typed == null ? "" : new String(typed);
    }
    if (name == null || name.isBlank() || secret.isEmpty()) {
      throw new CooperException.InvalidInput("username and password are required");
    }
    return new Credentials.Password(name.strip(), secret);
  }
}
