package dev.cooper.engine;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * How a container fares.
 *
 * @param status see the constants
 * @param pid of its first process on the host; 0 when it does not run
 * @param started RFC 3339; {@link #NEVER} if it never ran
 * @param finished RFC 3339; {@link #NEVER} if it never ended
 * @param exitCode of its last run; 128 + n after signal n
 * @param error why it could not be started; empty otherwise
 * @param oomKilled whether the kernel ended it for want of memory
 * @param restarts how often it was started again
 * @param network its addresses, while it runs
 * @param ports what is published, while it runs, with the ports of the host that were chosen
 */
@Json
public record ContainerState(
    String status,
    long pid,
    String started,
    String finished,
    int exitCode,
    String error,
    boolean oomKilled,
    int restarts,
    List<NetworkAddress> network,
    List<PortBinding> ports) {
  public static final String CREATED = "created";
  public static final String RUNNING = "running";
  public static final String PAUSED = "paused";
  public static final String EXITED = "exited";

  /** Docker's zero time. */
  public static final String NEVER = "0001-01-01T00:00:00Z";

  /** The state of a container that was never started. */
  public static final ContainerState NEW =
      new ContainerState(CREATED, 0, NEVER, NEVER, 0, "", false, 0, List.of(), List.of());

  public ContainerState {
    network = network == null ? List.of() : List.copyOf(network);
    ports = ports == null ? List.of() : List.copyOf(ports);
  }

  /** Whether its process is there, paused or not. */
  public boolean running() {
    return status.equals(RUNNING) || status.equals(PAUSED);
  }

  public boolean paused() {
    return status.equals(PAUSED);
  }

  /** The state after a start. */
  public ContainerState started(
      String when, long newPid, List<NetworkAddress> addresses, List<PortBinding> published) {
    return new ContainerState(
        RUNNING, newPid, when, NEVER, 0, "", false, restarts, addresses, published);
  }

  /** The state after the process ended. */
  public ContainerState exited(String when, int code, boolean outOfMemory) {
    return new ContainerState(
        EXITED, 0, started, when, code, error, outOfMemory, restarts, List.of(), List.of());
  }

  /**
   * The state after a start that failed: Docker leaves the container as it was, with the reason.
   */
  public ContainerState failed(int code, String why) {
    return new ContainerState(
        status.equals(RUNNING) ? EXITED : status,
        0,
        started,
        finished,
        code,
        why,
        false,
        restarts,
        List.of(),
        List.of());
  }

  /** This state paused, or running again. */
  public ContainerState withPaused(boolean paused) {
    return new ContainerState(
        paused ? PAUSED : RUNNING,
        pid,
        started,
        finished,
        exitCode,
        error,
        oomKilled,
        restarts,
        network,
        ports);
  }
}
