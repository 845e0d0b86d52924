package dev.cooper.runtime;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * What a container may use; 0 or empty where nothing was asked for.
 *
 * @param memory bytes; 0 for no limit
 * @param memorySwap bytes of memory and swap together; -1 for unlimited swap
 * @param memoryReservation bytes it keeps when memory is short
 * @param cpuShares weight against other containers, 2 to 262144
 * @param cpuQuota microseconds of processor time in each period; -1 for no limit
 * @param cpuPeriod microseconds
 * @param cpus which processors, such as {@code 0-2,4}
 * @param memoryNodes which memory nodes
 * @param processes how many processes and threads; -1 for no limit
 */
@RecordBuilder
public record Resources(
    long memory,
    long memorySwap,
    long memoryReservation,
    long cpuShares,
    long cpuQuota,
    long cpuPeriod,
    String cpus,
    String memoryNodes,
    long processes)
    implements ResourcesBuilder.With {
  private static final long DEFAULT_PERIOD = 100_000;

  /** No limits. */
  public static final Resources UNLIMITED = new Resources(0, 0, 0, 0, 0, 0, "", "", 0);

  /** {@code --cpus}: so many processors' time, such as 1.5. */
  public Resources withProcessorTime(double processors) {
    return new Resources(
        memory,
        memorySwap,
        memoryReservation,
        cpuShares,
        Math.round(processors * DEFAULT_PERIOD),
        DEFAULT_PERIOD,
        cpus,
        memoryNodes,
        processes);
  }
}
