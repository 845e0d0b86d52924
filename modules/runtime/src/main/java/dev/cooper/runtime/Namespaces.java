package dev.cooper.runtime;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * A container's namespaces. The mount namespace is always its own.
 *
 * @param network with {@link Namespace#OWN} it holds nothing but a loopback interface
 * @param pid process numbers
 * @param ipc shared memory and message queues
 * @param uts host name
 * @param cgroup how cgroups are named
 */
@RecordBuilder
public record Namespaces(
    Namespace network, Namespace pid, Namespace ipc, Namespace uts, Namespace cgroup)
    implements NamespacesBuilder.With {
  /** All its own; cgroup names too where the host has the second version only, as Docker does. */
  public static Namespaces own() {
    return new Namespaces(
        Namespace.OWN,
        Namespace.OWN,
        Namespace.OWN,
        Namespace.OWN,
        Cgroups.version() == Cgroups.Version.SECOND ? Namespace.OWN : Namespace.HOST);
  }
}
