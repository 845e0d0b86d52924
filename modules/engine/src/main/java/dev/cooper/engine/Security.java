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
 */
@Json
public record Security(
    boolean privileged,
    List<String> addedCapabilities,
    List<String> droppedCapabilities,
    boolean readOnly,
    boolean noNewPrivileges,
    List<String> additionalGroups) {
  /** Docker's default: fourteen capabilities. */
  public static final Security STANDARD =
      new Security(false, List.of(), List.of(), false, false, List.of());

  public Security {
    addedCapabilities = List.copyOf(addedCapabilities);
    droppedCapabilities = List.copyOf(droppedCapabilities);
    additionalGroups = List.copyOf(additionalGroups);
  }
}
