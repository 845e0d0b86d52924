package dev.cooper.engine;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What a container may use; 0 means no limit.
 *
 * @param memory bytes
 * @param memorySwap bytes of memory and swap together; -1 for as much swap as there is
 * @param memoryReservation bytes it keeps when memory is short
 * @param nanoCpus billionths of a processor
 * @param cpuPeriod microseconds in which {@code cpuQuota} holds; 0 for 100,000
 * @param cpuQuota microseconds of processor time in each period
 * @param cpuShares relative weight
 * @param cpuset processors it may run on, {@code 0-2,4}; empty for all
 * @param memoryNodes memory it may use; empty for all
 * @param processes processes and threads
 * @param ulimits {@code name=soft:hard}
 * @param shmSize bytes of /dev/shm; 0 for 64 MiB
 */
@Json
public record Limits(
    long memory,
    long memorySwap,
    long memoryReservation,
    long nanoCpus,
    long cpuPeriod,
    long cpuQuota,
    long cpuShares,
    String cpuset,
    String memoryNodes,
    long processes,
    List<Ulimit> ulimits,
    long shmSize) {
  /** No limits. */
  public static final Limits NONE = new Limits(0, 0, 0, 0, 0, 0, 0, "", "", 0, List.of(), 0);

  public Limits {
    ulimits = List.copyOf(ulimits);
    // Containers made by an earlier version say nothing of it.
    memoryNodes = memoryNodes == null ? "" : memoryNodes;
  }
}
