package dev.cooper.cli;

import dev.cooper.cli.format.HumanSize;
import dev.cooper.engine.Ulimit;
import dev.cooper.flags.Option;
import dev.cooper.image.CooperException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What containers may use of this machine: the flags that {@code run} and {@code build} share. */
public final class ResourceFlags {
  @Option(
      names = {"-m", "--memory"},
      paramLabel = "bytes",
      description = "Memory limit")
  public @Nullable String memory;

  @Option(
      names = "--memory-swap",
      paramLabel = "bytes",
      description = "Swap limit equal to memory plus swap: '-1' to enable unlimited swap")
  public @Nullable String memorySwap;

  @Option(
      names = "--cpu-period",
      paramLabel = "int",
      description = "Limit CPU CFS (Completely Fair Scheduler) period")
  public long cpuPeriod;

  @Option(
      names = "--cpu-quota",
      paramLabel = "int",
      description = "Limit CPU CFS (Completely Fair Scheduler) quota")
  public long cpuQuota;

  @Option(
      names = {"-c", "--cpu-shares"},
      paramLabel = "int",
      description = "CPU shares (relative weight)")
  public long cpuShares;

  @Option(
      names = "--cpuset-cpus",
      paramLabel = "string",
      description = "CPUs in which to allow execution (0-3, 0,1)")
  public String cpusetCpus = "";

  @Option(
      names = "--cpuset-mems",
      paramLabel = "string",
      description = "MEMs in which to allow execution (0-3, 0,1)")
  public String cpusetMems = "";

  @Option(names = "--shm-size", paramLabel = "bytes", description = "Size of /dev/shm")
  public @Nullable String shmSize;

  @Option(names = "--ulimit", paramLabel = "ulimit", description = "Ulimit options")
  public List<String> ulimit = new ArrayList<>();

  /**
   * Bytes of memory; 0 for no limit.
   *
   * @param command whose flags these are, for messages: {@code run}
   */
  public long memory(String command) {
    return size(memory, "-m, --memory", command);
  }

  /** Bytes of memory and swap together; 0 for no limit, -1 for as much swap as there is. */
  public long memorySwap(String command) {
    return "-1".equals(memorySwap) ? -1 : size(memorySwap, "--memory-swap", command);
  }

  /** Bytes of /dev/shm; 0 for the usual. */
  public long sharedMemory(String command) {
    return size(shmSize, "--shm-size", command);
  }

  /** The limits of each process. */
  public List<Ulimit> ulimits(String command) {
    List<Ulimit> limits = new ArrayList<>();
    for (String limit : ulimit) {
      try {
        limits.add(Ulimit.parse(limit));
      } catch (CooperException.InvalidInput e) {
        throw UsageException.invalidArgument(limit, "--ulimit", e.getMessage(), command);
      }
    }
    return limits;
  }

  /**
   * The number of bytes that a flag names; 0 when it is not given.
   *
   * @param flag as messages call it: {@code -m, --memory}
   */
  public static long size(@Nullable String text, String flag, String command) {
    if (text == null) {
      return 0;
    }
    try {
      return HumanSize.parse(text);
    } catch (CooperException.InvalidInput e) {
      throw UsageException.invalidArgument(text, flag, e.getMessage(), command);
    }
  }
}
