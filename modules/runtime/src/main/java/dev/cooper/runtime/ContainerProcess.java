package dev.cooper.runtime;

import dev.cooper.linux.TerminalSize;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;

/**
 * A program to run in a container.
 *
 * @param arguments the program and its arguments, at least the program
 * @param environment {@code NAME=value}, in order
 * @param directory where it starts, absolute, inside the container
 * @param user as whom
 * @param terminal whether it gets a pseudo-terminal
 * @param terminalSize that terminal's first size; empty leaves it to whoever attaches
 * @param capabilities the kernel's names, such as {@code CAP_CHOWN}; see {@link Capabilities}
 * @param noNewPrivileges whether set-user-id programs are kept from gaining rights
 * @param limits only those asked for: raising others may be denied to this process
 */
@RecordBuilder
public record ContainerProcess(
    List<String> arguments,
    List<String> environment,
    String directory,
    ProcessUser user,
    boolean terminal,
    Optional<TerminalSize> terminalSize,
    List<String> capabilities,
    boolean noNewPrivileges,
    List<ResourceLimit> limits)
    implements ContainerProcessBuilder.With {
  public ContainerProcess {
    arguments = List.copyOf(arguments);
    environment = List.copyOf(environment);
    capabilities = List.copyOf(capabilities);
    limits = List.copyOf(limits);
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("a process needs a program");
    }
    if (!directory.startsWith("/")) {
      throw new IllegalArgumentException("working directory " + directory + " is not absolute");
    }
  }

  /** {@code arguments} run by root in {@code /} with Docker's capabilities and no terminal. */
  public static ContainerProcess of(List<String> arguments) {
    return new ContainerProcess(
        arguments,
        List.of(),
        "/",
        ProcessUser.ROOT,
        false,
        Optional.empty(),
        Capabilities.DEFAULT,
        false,
        List.of());
  }

  /** With a terminal of this size; empty leaves the size to whoever attaches. */
  public ContainerProcess withTerminal(Optional<TerminalSize> size) {
    return new ContainerProcess(
        arguments, environment, directory, user, true, size, capabilities, noNewPrivileges, limits);
  }
}
