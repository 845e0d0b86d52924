package dev.cooper.cli.containers;

import dev.cooper.cli.ResourceFlags;
import dev.cooper.cli.UsageException;
import dev.cooper.engine.Attachment;
import dev.cooper.engine.ContainerRequest;
import dev.cooper.engine.Isolation;
import dev.cooper.engine.Limits;
import dev.cooper.engine.MountRequest;
import dev.cooper.engine.MountSyntax;
import dev.cooper.engine.Networking;
import dev.cooper.engine.PortBinding;
import dev.cooper.engine.Security;
import dev.cooper.engine.Storage;
import dev.cooper.image.CooperException;
import dev.cooper.image.Platform;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns flags and words into what the engine is asked for. */
final class RequestReader {
  private final ContainerFlags flags;
  private final String command;

  /**
   * @param command the command being read, for messages: {@code run}
   */
  RequestReader(ContainerFlags flags, String command) {
    this.flags = flags;
    this.command = command;
  }

  ContainerRequest read(List<String> operands, boolean detached) throws IOException {
    if (!flags.restart.equals("no")) {
      throw usage(
          "--restart "
              + flags.restart
              + " is not supported: only 'no' is; nothing stays awake to"
              + " start a container again");
    }
    if (!List.of("always", "missing", "never").contains(flags.pull)) {
      throw usage(
          "invalid pull option: '"
              + flags.pull
              + "': must be one of \"always\", \"missing\" or \"never\"");
    }
    return new ContainerRequest(
        operands.getFirst(),
        flags.name,
        flags.platform == null ? null : Platform.parse(flags.platform),
        flags.entrypoint == null
            ? null
            : flags.entrypoint.isEmpty() ? List.of() : List.of(flags.entrypoint),
        operands.subList(1, operands.size()),
        flags.process.variables(command),
        flags.process.workdir,
        flags.process.user,
        flags.process.tty,
        flags.process.interactive,
        attachment(detached),
        flags.stopSignal,
        flags.stopTimeout,
        labels(),
        networking(),
        storage(),
        limits(),
        security(),
        isolation(),
        flags.remove);
  }

  private Attachment attachment(boolean detached) {
    if (detached) {
      if (!flags.attach.isEmpty()) {
        throw usage("conflicting options: cannot specify both --attach and --detach");
      }
      return Attachment.NONE;
    }
    if (flags.attach.isEmpty()) {
      return new Attachment(flags.process.interactive, true, true);
    }
    boolean input = false;
    boolean output = false;
    boolean error = false;
    for (String stream : flags.attach) {
      switch (stream.toLowerCase(Locale.ROOT)) {
        case "stdin" -> input = true;
        case "stdout" -> output = true;
        case "stderr" -> error = true;
        default ->
            throw usage(
                "invalid argument \""
                    + stream
                    + "\" for \"-a, --attach\" flag: valid streams are STDIN, STDOUT and STDERR");
      }
    }
    return new Attachment(input, output, error);
  }

  private Map<String, String> labels() throws IOException {
    List<String> all = new ArrayList<>();
    for (String file : flags.labelFile) {
      all.addAll(VariableFile.read(Path.of(file)));
    }
    all.addAll(flags.label);
    Map<String, String> labels = new LinkedHashMap<>();
    for (String label : all) {
      int equals = label.indexOf('=');
      labels.put(
          equals < 0 ? label : label.substring(0, equals),
          equals < 0 ? "" : label.substring(equals + 1));
    }
    return labels;
  }

  private Networking networking() {
    List<PortBinding> ports = new ArrayList<>();
    for (String port : flags.publish) {
      ports.addAll(PortBinding.parse(port));
    }
    String mode = flags.network.equals("default") ? "bridge" : flags.network;
    boolean others = mode.startsWith(Isolation.CONTAINER);
    if ((mode.equals("host") || others) && !flags.hostname.isEmpty()) {
      throw usage("conflicting options: hostname and the network mode");
    }
    if (others) {
      checkInOthersNetwork();
    }
    for (String host : flags.addHost) {
      int colon = host.indexOf(':');
      if (colon < 1 || colon == host.length() - 1) {
        throw invalid(host, "--add-host", "bad format for add-host: \"" + host + "\"");
      }
    }
    return new Networking(
        mode,
        flags.hostname,
        flags.domainName,
        ports,
        flags.expose,
        flags.publishAll,
        flags.dns,
        flags.dnsSearch,
        flags.dnsOption,
        flags.ip,
        flags.networkAlias,
        flags.addHost);
  }

  /** What only the container can have whose network it is. */
  private void checkInOthersNetwork() {
    if (!flags.publish.isEmpty() || flags.publishAll) {
      throw usage("conflicting options: port publishing and the container type network mode");
    }
    if (!flags.addHost.isEmpty()) {
      throw usage("conflicting options: custom host-to-IP mapping and the network mode");
    }
    if (!flags.dns.isEmpty()) {
      throw usage("conflicting options: dns and the network mode");
    }
    if (!flags.expose.isEmpty()) {
      throw usage("conflicting options: port exposing and the container type network mode");
    }
  }

  private Isolation isolation() {
    Map<String, String> sysctls = new LinkedHashMap<>();
    for (String sysctl : flags.sysctl) {
      int equals = sysctl.indexOf('=');
      if (equals < 1) {
        throw invalid(sysctl, "--sysctl", "sysctl '" + sysctl + "' is not allowed");
      }
      sysctls.put(sysctl.substring(0, equals), sysctl.substring(equals + 1));
    }
    return new Isolation(
        mode(flags.pid, "--pid: invalid PID mode"),
        ipc(),
        mode(flags.uts, "--uts: invalid UTS mode"),
        flags.init,
        flags.device,
        sysctls,
        flags.cgroupParent);
  }

  private String ipc() {
    return switch (flags.ipc) {
      case "private" -> "";
      case Isolation.SHAREABLE, Isolation.NONE -> flags.ipc;
      default -> mode(flags.ipc, "Invalid IPC mode: " + flags.ipc);
    };
  }

  private String mode(String text, String complaint) {
    boolean others = text.startsWith(Isolation.CONTAINER) && !complaint.startsWith("--uts");
    if (!text.isEmpty() && !text.equals(Isolation.HOST) && !others) {
      throw usage(complaint);
    }
    return text;
  }

  private Storage storage() {
    Path here = Path.of("").toAbsolutePath();
    List<MountRequest> mounts = new ArrayList<>();
    for (String volume : flags.volume) {
      mounts.add(MountSyntax.volume(volume, here));
    }
    for (String mount : flags.mount) {
      try {
        mounts.add(MountSyntax.mount(mount, here));
      } catch (CooperException.InvalidInput e) {
        if (String.valueOf(e.getMessage()).startsWith("invalid mount config")) {
          throw e;
        }
        throw invalid(mount, "--mount", e.getMessage());
      }
    }
    for (String tmpfs : flags.tmpfs) {
      mounts.add(MountSyntax.tmpfs(tmpfs));
    }
    return new Storage(mounts, flags.volumesFrom);
  }

  private Limits limits() {
    return new Limits(
        flags.resources.memory(command),
        flags.resources.memorySwap(command),
        ResourceFlags.size(flags.memoryReservation, "--memory-reservation", command),
        nanoCpus(),
        flags.resources.cpuPeriod,
        flags.resources.cpuQuota,
        flags.resources.cpuShares,
        flags.resources.cpusetCpus,
        flags.resources.cpusetMems,
        flags.pidsLimit,
        flags.resources.ulimits(command),
        flags.resources.sharedMemory(command));
  }

  private long nanoCpus() {
    if (flags.cpus == null) {
      return 0;
    }
    try {
      return new BigDecimal(flags.cpus).movePointRight(9).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw invalid(
          flags.cpus, "--cpus", "failed to parse " + flags.cpus + " as a rational number");
    }
  }

  private Security security() {
    boolean noNewPrivileges = false;
    List<String> options = new ArrayList<>();
    for (String option : flags.securityOpt) {
      switch (option.replaceFirst("^(seccomp|systempaths|apparmor|label):", "$1=")) {
        case "no-new-privileges", "no-new-privileges=true", "no-new-privileges:true" ->
            noNewPrivileges = true;
        case "no-new-privileges=false", "no-new-privileges:false" -> noNewPrivileges = false;
        case Security.NO_FILTER -> options.add(Security.NO_FILTER);
        case Security.NO_MASKS -> options.add(Security.NO_MASKS);
        // What is so already: the default filter, and no AppArmor or SELinux at all.
        case "seccomp=builtin", "apparmor=unconfined", "label=disable" -> {}
        default ->
            throw usage(
                "--security-opt "
                    + option
                    + " is not supported: no-new-privileges, seccomp=unconfined and"
                    + " systempaths=unconfined are");
      }
    }
    return new Security(
        flags.privileged,
        flags.capAdd,
        flags.capDrop,
        flags.readOnly,
        noNewPrivileges,
        flags.groupAdd,
        options);
  }

  private UsageException invalid(String text, String flag, @Nullable String why) {
    return UsageException.invalidArgument(text, flag, why, command);
  }

  private UsageException usage(String message) {
    return new UsageException(message, "cooper " + command + " --help");
  }
}
