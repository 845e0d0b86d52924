package dev.cooper.runtime;

/**
 * A container's namespaces. The mount namespace is always its own.
 *
 * @param network with {@link Namespace#OWN} it holds nothing but a loopback interface
 * @param pid process numbers
 * @param ipc shared memory and message queues
 * @param uts host name
 * @param cgroup how cgroups are named
 */
public record Namespaces(
    Namespace network, Namespace pid, Namespace ipc, Namespace uts, Namespace cgroup) {
  /** All its own; cgroup names too where the host has the second version only, as Docker does. */
  public static Namespaces own() {
    return new Namespaces(
        Namespace.OWN,
        Namespace.OWN,
        Namespace.OWN,
        Namespace.OWN,
        Cgroups.version() == Cgroups.Version.SECOND ? Namespace.OWN : Namespace.HOST);
  }

  public Namespaces withNetwork(Namespace changed) {
    return new Namespaces(changed, pid, ipc, uts, cgroup);
  }

  public Namespaces withPid(Namespace changed) {
    return new Namespaces(network, changed, ipc, uts, cgroup);
  }

  public Namespaces withIpc(Namespace changed) {
    return new Namespaces(network, pid, changed, uts, cgroup);
  }

  public Namespaces withUts(Namespace changed) {
    return new Namespaces(network, pid, ipc, changed, cgroup);
  }

  public Namespaces withCgroup(Namespace changed) {
    return new Namespaces(network, pid, ipc, uts, changed);
  }
}
