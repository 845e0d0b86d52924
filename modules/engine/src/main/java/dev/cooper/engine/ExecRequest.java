package dev.cooper.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A further process to run in a container.
 *
 * @param words the program and its arguments
 * @param env {@code NAME=value}, added to the container's
 * @param workingDirectory null for the container's
 * @param user null for the container's
 * @param terminal whether it gets a pseudo-terminal
 * @param openInput whether it gets standard input
 * @param privileged whether it has all capabilities
 */
public record ExecRequest(
    List<String> words,
    List<String> env,
    @Nullable String workingDirectory,
    @Nullable String user,
    boolean terminal,
    boolean openInput,
    boolean privileged) {
  public ExecRequest {
    words = List.copyOf(words);
    env = List.copyOf(env);
  }
}
