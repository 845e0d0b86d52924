package dev.cooper.engine;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What a container may do.
 *
 * @param privileged whether it may do nearly what the host may
 * @param addedCapabilities {@code NET_ADMIN} or {@code CAP_NET_ADMIN} or {@code ALL}
 * @param droppedCapabilities likewise
 * @param readOnly whether its root file system is read-only
 * @param noNewPrivileges whether set-user-id programs give nothing
 * @param additionalGroups group names or numbers that its process belongs to as well
 * @param options security options as given, {@code seccomp=unconfined}
 */
@Json
public record Security(
    boolean privileged,
    List<String> addedCapabilities,
    List<String> droppedCapabilities,
    boolean readOnly,
    boolean noNewPrivileges,
    List<String> additionalGroups,
    List<String> options) {
  /** No filter of system calls. */
  public static final String NO_FILTER = "seccomp=unconfined";

  /** Nothing of /proc and /sys hidden or read-only. */
  public static final String NO_MASKS = "systempaths=unconfined";

  /** Docker's default: fourteen capabilities. */
  public static final Security STANDARD =
      new Security(false, List.of(), List.of(), false, false, List.of(), List.of());

  public Security {
    addedCapabilities = List.copyOf(addedCapabilities);
    droppedCapabilities = List.copyOf(droppedCapabilities);
    additionalGroups = List.copyOf(additionalGroups);
    // Containers made by an earlier version have none.
    options = options == null ? List.of() : List.copyOf(options);
  }

  /** Whether its system calls are filtered. */
  public boolean filtersCalls() {
    return !options.contains(NO_FILTER);
  }

  /** Whether parts of /proc and /sys are kept from it. */
  public boolean masksPaths() {
    return !options.contains(NO_MASKS);
  }
}
