package dev.cooper.cli.containers;

import dev.cooper.cli.ResourceFlags;
import dev.cooper.flags.Mixin;
import dev.cooper.flags.Option;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The flags that {@code run} and {@code create} share. */
final class ContainerFlags {
  @Mixin ProcessFlags process = new ProcessFlags();

  @Mixin ResourceFlags resources = new ResourceFlags();

  @Option(
      names = "--add-host",
      paramLabel = "list",
      description = "Add a custom host-to-IP mapping (host:ip)")
  List<String> addHost = new ArrayList<>();

  @Option(
      names = {"-a", "--attach"},
      paramLabel = "list",
      description = "Attach to STDIN, STDOUT or STDERR")
  List<String> attach = new ArrayList<>();

  @Option(names = "--cap-add", paramLabel = "list", description = "Add Linux capabilities")
  List<String> capAdd = new ArrayList<>();

  @Option(names = "--cap-drop", paramLabel = "list", description = "Drop Linux capabilities")
  List<String> capDrop = new ArrayList<>();

  @Option(
      names = "--cgroup-parent",
      paramLabel = "string",
      description = "Set an optional parent cgroup for the container")
  String cgroupParent = "";

  @Option(
      names = "--cidfile",
      paramLabel = "string",
      description = "Write the container ID to the file")
  @Nullable String cidFile;

  @Option(names = "--cpus", paramLabel = "decimal", description = "Number of CPUs")
  @Nullable String cpus;

  @Option(
      names = "--device",
      paramLabel = "list",
      description = "Add a host device to the container")
  List<String> device = new ArrayList<>();

  @Option(names = "--dns", paramLabel = "list", description = "Set custom DNS servers")
  List<String> dns = new ArrayList<>();

  @Option(
      names = {"--dns-option", "--dns-opt"},
      paramLabel = "list",
      description = "Set DNS options")
  List<String> dnsOption = new ArrayList<>();

  @Option(
      names = "--dns-search",
      paramLabel = "list",
      description = "Set custom DNS search domains")
  List<String> dnsSearch = new ArrayList<>();

  @Option(names = "--domainname", paramLabel = "string", description = "Container NIS domain name")
  String domainName = "";

  @Option(
      names = "--entrypoint",
      paramLabel = "string",
      description = "Overwrite the default ENTRYPOINT of the image")
  @Nullable String entrypoint;

  @Option(
      names = "--expose",
      paramLabel = "list",
      description = "Expose a port or a range of ports")
  List<String> expose = new ArrayList<>();

  @Option(names = "--group-add", paramLabel = "list", description = "Add additional groups to join")
  List<String> groupAdd = new ArrayList<>();

  @Option(
      names = {"-h", "--hostname"},
      paramLabel = "string",
      description = "Container host name")
  String hostname = "";

  @Option(
      names = "--init",
      description = "Run an init inside the container that forwards signals and reaps processes")
  boolean init;

  @Option(
      names = "--ip",
      paramLabel = "string",
      description = "IPv4 address (e.g., 172.30.100.104)")
  String ip = "";

  @Option(
      names = "--ipc",
      paramLabel = "string",
      description = "IPC mode to use (none, private, shareable, host, container:NAME)")
  String ipc = "";

  @Option(
      names = {"-l", "--label"},
      paramLabel = "list",
      description = "Set meta data on a container")
  List<String> label = new ArrayList<>();

  @Option(
      names = "--label-file",
      paramLabel = "list",
      description = "Read in a line delimited file of labels")
  List<String> labelFile = new ArrayList<>();

  @Option(names = "--memory-reservation", paramLabel = "bytes", description = "Memory soft limit")
  @Nullable String memoryReservation;

  @Option(
      names = "--mount",
      paramLabel = "mount",
      description = "Attach a filesystem mount to the container")
  List<String> mount = new ArrayList<>();

  @Option(names = "--name", paramLabel = "string", description = "Assign a name to the container")
  @Nullable String name;

  @Option(
      names = {"--network", "--net"},
      paramLabel = "network",
      description = "Connect a container to a network: a name, bridge, none, host, container:NAME")
  String network = "bridge";

  @Option(
      names = {"--network-alias", "--net-alias"},
      paramLabel = "list",
      description = "Add network-scoped alias for the container")
  List<String> networkAlias = new ArrayList<>();

  @Option(
      names = "--pid",
      paramLabel = "string",
      description = "PID namespace to use (host, container:NAME)")
  String pid = "";

  @Option(
      names = "--pids-limit",
      paramLabel = "int",
      description = "Tune container pids limit (set -1 for unlimited)")
  long pidsLimit;

  @Option(
      names = "--platform",
      paramLabel = "string",
      description = "Set platform if server is multi-platform capable")
  @Nullable String platform;

  @Option(names = "--privileged", description = "Give extended privileges to this container")
  boolean privileged;

  @Option(
      names = {"-p", "--publish"},
      paramLabel = "list",
      description = "Publish a container's port(s) to the host")
  List<String> publish = new ArrayList<>();

  @Option(
      names = {"-P", "--publish-all"},
      description = "Publish all exposed ports to random ports")
  boolean publishAll;

  @Option(
      names = "--pull",
      paramLabel = "string",
      description = "Pull image before creating (always, missing, never)")
  String pull = "missing";

  @Option(
      names = {"-q", "--quiet"},
      description = "Suppress the pull output")
  boolean quiet;

  @Option(names = "--read-only", description = "Mount the container's root filesystem as read only")
  boolean readOnly;

  @Option(
      names = "--restart",
      paramLabel = "string",
      description = "Restart policy to apply when a container exits (no)")
  String restart = "no";

  @Option(names = "--rm", description = "Automatically remove the container when it exits")
  boolean remove;

  @Option(
      names = "--security-opt",
      paramLabel = "list",
      description =
          "Security Options (no-new-privileges, seccomp=unconfined, systempaths=unconfined)")
  List<String> securityOpt = new ArrayList<>();

  @Option(
      names = "--stop-signal",
      paramLabel = "string",
      description = "Signal to stop the container (default SIGTERM)")
  @Nullable String stopSignal;

  @Option(
      names = "--stop-timeout",
      paramLabel = "int",
      description = "Timeout (in seconds) to stop a container")
  @Nullable Integer stopTimeout;

  @Option(names = "--sysctl", paramLabel = "map", description = "Sysctl options")
  List<String> sysctl = new ArrayList<>();

  @Option(names = "--tmpfs", paramLabel = "list", description = "Mount a tmpfs directory")
  List<String> tmpfs = new ArrayList<>();

  @Option(names = "--uts", paramLabel = "string", description = "UTS namespace to use (host)")
  String uts = "";

  @Option(
      names = {"-v", "--volume"},
      paramLabel = "list",
      description = "Bind mount a volume")
  List<String> volume = new ArrayList<>();

  @Option(
      names = "--volumes-from",
      paramLabel = "list",
      description = "Mount volumes from the specified container(s)")
  List<String> volumesFrom = new ArrayList<>();
}
