package dev.cooper.engine;

import dev.cooper.image.Platform;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks for when a container is made. What is absent comes from the image.
 *
 * @param image name, tag, digest or id of the image
 * @param name the container's name; null for a random one
 * @param platform the platform that the image must have; null for any
 * @param entrypoint replaces the image's; null to keep it, empty for none
 * @param command replaces the image's command; empty to keep it
 * @param env {@code NAME=value}, added to the image's; a bare {@code NAME} takes that variable away
 * @param workingDirectory absolute; null for the image's
 * @param user {@code user[:group]}; null for the image's
 * @param terminal whether the process gets a pseudo-terminal
 * @param openInput whether its standard input stays open without anybody attached
 * @param attached which streams the first command is attached to
 * @param stopSignal name or number; null for the image's
 * @param stopTimeout seconds between the stop signal and SIGKILL; null for ten
 * @param labels added to the image's
 * @param network how it is connected
 * @param storage what is mounted
 * @param limits what it may use
 * @param security what it may do
 * @param isolation what it shares with the host
 * @param removeWhenDone whether it is removed, with its anonymous volumes, as soon as it exits
 */
public record ContainerRequest(
    String image,
    @Nullable String name,
    @Nullable Platform platform,
    @Nullable List<String> entrypoint,
    List<String> command,
    List<String> env,
    @Nullable String workingDirectory,
    @Nullable String user,
    boolean terminal,
    boolean openInput,
    Attachment attached,
    @Nullable String stopSignal,
    @Nullable Integer stopTimeout,
    Map<String, String> labels,
    Networking network,
    Storage storage,
    Limits limits,
    Security security,
    Isolation isolation,
    boolean removeWhenDone) {

  public ContainerRequest {
    entrypoint = entrypoint == null ? null : List.copyOf(entrypoint);
    command = List.copyOf(command);
    env = List.copyOf(env);
  }

  /** A container of an image with everything else as the image says. */
  public static ContainerRequest of(String image, String... command) {
    return new ContainerRequest(
        image,
        null,
        null,
        null,
        List.of(command),
        List.of(),
        null,
        null,
        false,
        false,
        Attachment.OUTPUT,
        null,
        null,
        Map.of(),
        Networking.BRIDGE,
        Storage.PLAIN,
        Limits.NONE,
        Security.STANDARD,
        Isolation.FULL,
        false);
  }
}
