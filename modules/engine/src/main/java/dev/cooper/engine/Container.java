package dev.cooper.engine;

import io.avaje.jsonb.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A container as it was made; only its name may change later. How it fares is its {@link
 * ContainerState}.
 *
 * @param id 64 hexadecimal digits
 * @param name unique among containers
 * @param created when it was made, RFC 3339
 * @param imageName the image as the user named it
 * @param imageId digest of the image's config
 * @param manifest digest of the image's manifest
 * @param platform the image's
 * @param entrypoint head of the command
 * @param command tail of the command
 * @param env the whole environment, {@code NAME=value}
 * @param workingDirectory absolute
 * @param user {@code user[:group]}; empty for root
 * @param terminal whether the process has a pseudo-terminal
 * @param openInput whether its standard input is kept open
 * @param attached which streams the first command was attached to
 * @param stopSignal name or number
 * @param stopTimeout seconds
 * @param labels the image's and its own
 * @param exposed ports worth publishing, {@code 80/tcp}
 * @param volumes the image's volumes
 * @param network how it is connected
 * @param storage what the user wanted mounted
 * @param mounts what is mounted
 * @param limits what it may use
 * @param security what it may do
 * @param isolation what it shares with the host
 * @param removeWhenDone whether it is removed as soon as it exits
 */
@Json
public record Container(
    String id,
    String name,
    String created,
    String imageName,
    String imageId,
    String manifest,
    String platform,
    List<String> entrypoint,
    List<String> command,
    List<String> env,
    String workingDirectory,
    String user,
    boolean terminal,
    boolean openInput,
    Attachment attached,
    String stopSignal,
    int stopTimeout,
    Map<String, String> labels,
    List<String> exposed,
    List<String> volumes,
    Networking network,
    Storage storage,
    List<MountPoint> mounts,
    Limits limits,
    Security security,
    Isolation isolation,
    boolean removeWhenDone) {

  public Container {
    entrypoint = entrypoint == null ? List.of() : List.copyOf(entrypoint);
    command = command == null ? List.of() : List.copyOf(command);
    env = env == null ? List.of() : List.copyOf(env);
    exposed = exposed == null ? List.of() : List.copyOf(exposed);
    volumes = volumes == null ? List.of() : List.copyOf(volumes);
    mounts = mounts == null ? List.of() : List.copyOf(mounts);
    // Containers made by an earlier version say nothing of it.
    isolation = isolation == null ? Isolation.FULL : isolation;
  }

  /** Entrypoint and command as one list of words; never empty. */
  public List<String> words() {
    List<String> words = new ArrayList<>(entrypoint);
    words.addAll(command);
    return words;
  }

  /** The first twelve digits of the id. */
  public String shortId() {
    return id.substring(0, 12);
  }

  /** The container's host name. */
  public String hostname() {
    return network.hostname().isEmpty() ? shortId() : network.hostname();
  }

  /** This container under another name. */
  public Container withName(String changed) {
    return new Container(
        id,
        changed,
        created,
        imageName,
        imageId,
        manifest,
        platform,
        entrypoint,
        command,
        env,
        workingDirectory,
        user,
        terminal,
        openInput,
        attached,
        stopSignal,
        stopTimeout,
        labels,
        exposed,
        volumes,
        network,
        storage,
        mounts,
        limits,
        security,
        isolation,
        removeWhenDone);
  }
}
