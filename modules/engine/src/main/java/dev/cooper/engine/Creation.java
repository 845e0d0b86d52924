package dev.cooper.engine;

import dev.cooper.image.ContainerConfig;
import dev.cooper.image.CooperException;
import dev.cooper.image.Image;
import dev.cooper.image.Platform;
import dev.cooper.runtime.ContainerInit;
import dev.cooper.store.Lease;
import dev.cooper.store.Locks;
import dev.cooper.store.Store;
import dev.cooper.store.StoredImage;
import dev.cooper.store.TreeRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns a request and an image into a container that can be started; for one request. */
final class Creation {
  private static final int STOP_TIMEOUT = 10;
  private static final String DEFAULT_PATH =
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final Store store;
  private final ContainerRecords records;
  private final Volumes volumes;
  private final Neighbours neighbours;

  /** Made for the container, and named by nobody. */
  private final List<String> newVolumes = new ArrayList<>();

  Creation(Store store, ContainerRecords records, Volumes volumes) {
    this.store = store;
    this.records = records;
    this.volumes = volumes;
    this.neighbours = new Neighbours(records);
  }

  Container create(ContainerRequest request) throws IOException {
    // Held until the container exists and keeps its image itself.
    try (Lease lease = store.lease()) {
      StoredImage stored = store.images().require(request.image());
      Image image = image(stored, request.platform());
      checkPlatform(request, image);
      String id = newId();
      try (Locks.Held held = records.lock(id)) {
        ContainerFolder folder = records.begin(id);
        boolean made = false;
        String name = "";
        try {
          Container draft = describe(request, image, id);
          if (request.name() == null) {
            name = records.claimRandom(id);
          } else {
            records.claim(request.name(), id);
            name = request.name();
          }
          try (Locks.Held _ = volumes.lockUse()) {
            List<MountPoint> mounts = mounts(request, image.config().config());
            Container container = complete(draft, name, mounts);
            records.commit(container, ContainerState.NEW);
            made = true;
            return container;
          }
        } finally {
          if (!made) {
            if (!name.isEmpty()) {
              records.release(name, id);
            }
            for (String volume : newVolumes) {
              volumes.delete(volume);
            }
            TreeRemoval.remove(folder.path());
          }
        }
      }
    }
  }

  /** Of an image for several platforms that for the wanted one, if there is such. */
  private Image image(StoredImage stored, @Nullable Platform wanted) throws IOException {
    if (wanted != null) {
      try {
        return Image.read(store.blobs(), stored.target(), wanted);
      } catch (CooperException.NotFound e) {
        // What there is instead is told by the check of the platform.
      }
    }
    return store.images().read(stored);
  }

  private static void checkPlatform(ContainerRequest request, Image image) {
    if (request.platform() != null && !request.platform().accepts(image.config().platform())) {
      throw new CooperException.NotFound(
          "image with reference "
              + request.image()
              + " was found but does not match the specified platform: wanted "
              + request.platform()
              + ", actual: "
              + image.config().platform());
    }
  }

  private Container describe(ContainerRequest request, Image image, String id) throws IOException {
    ContainerConfig config = image.config().config();
    List<String> entrypoint = request.entrypoint();
    List<String> command = request.command();
    if (entrypoint == null) {
      entrypoint = config.entrypoint();
      if (command.isEmpty()) {
        command = config.cmd();
      }
    }
    if (entrypoint.isEmpty() && command.isEmpty()) {
      throw new CooperException.InvalidInput(
          "No command specified",
          "the image has neither ENTRYPOINT nor CMD: name a command after it");
    }
    String directory = request.workingDirectory();
    if (directory == null) {
      directory = config.workingDir().isEmpty() ? "/" : config.workingDir();
    }
    if (!directory.startsWith("/")) {
      throw new CooperException.InvalidInput(
          "the working directory '" + directory + "' is invalid, it needs to be an absolute path");
    }
    Map<String, String> labels = new TreeMap<>(config.labels());
    labels.putAll(request.labels());
    Set<String> exposed = new TreeSet<>(config.exposedPorts());
    for (String port : request.network().exposed()) {
      exposed.add(port.indexOf('/') < 0 ? port + "/tcp" : port);
    }
    for (PortBinding port : request.network().ports()) {
      exposed.add(port.exposed());
    }
    String signal = request.stopSignal();
    if (signal == null) {
      signal = config.stopSignal() == null ? "SIGTERM" : config.stopSignal();
    }
    checkLimits(request.limits());
    if (request.isolation().addsInit()) {
      ContainerInit _ = ContainerInit.find();
    }
    return new Container(
        id,
        "",
        Instant.now().toString(),
        request.image(),
        image.configDigest().toString(),
        image.manifestDigest().toString(),
        image.config().platform().toString(),
        entrypoint,
        command,
        environment(config.env(), request.env()),
        Path.of(directory).normalize().toString(),
        request.user() == null ? config.user() : request.user(),
        request.terminal(),
        request.openInput(),
        request.attached(),
        StopSignal.check(signal),
        request.stopTimeout() == null ? STOP_TIMEOUT : request.stopTimeout(),
        labels,
        new ArrayList<>(exposed),
        new ArrayList<>(config.volumes()),
        network(request),
        request.storage(),
        List.of(),
        request.limits(),
        request.security(),
        request
            .isolation()
            .withNamespacesOf(
                neighbours.resolved(request.isolation().processes()),
                neighbours.resolved(request.isolation().ipc())),
        request.removeWhenDone());
  }

  private Networking network(ContainerRequest request) throws IOException {
    String other = request.network().otherContainer();
    if (other == null) {
      return request.network();
    }
    Container container = neighbours.require(other);
    return request.network().in(container.id(), container.hostname());
  }

  private static void checkLimits(Limits limits) {
    if (limits.memory() != 0 && limits.memory() < 6L << 20) {
      throw new CooperException.InvalidInput("Minimum memory limit allowed is 6MB");
    }
    if (limits.memory() != 0 && limits.memoryReservation() > limits.memory()) {
      throw new CooperException.InvalidInput(
          "Minimum memory limit can not be less than memory reservation limit, see usage");
    }
    if (limits.nanoCpus() > 0 && limits.cpuPeriod() > 0) {
      throw new CooperException.InvalidInput(
          "Conflicting options: Nano CPUs and CPU Period cannot both be set");
    }
    if (limits.nanoCpus() > 0 && limits.cpuQuota() > 0) {
      throw new CooperException.InvalidInput(
          "Conflicting options: Nano CPUs and CPU Quota cannot both be set");
    }
    if (limits.memorySwap() > 0 && limits.memory() == 0) {
      throw new CooperException.InvalidInput(
          "You should always set the Memory limit when using Memoryswap limit, see usage");
    }
    if (limits.memorySwap() > 0 && limits.memorySwap() < limits.memory()) {
      throw new CooperException.InvalidInput(
          "Minimum memoryswap limit should be larger than memory limit, see usage");
    }
    long processors = Runtime.getRuntime().availableProcessors();
    if (limits.nanoCpus() > processors * 1_000_000_000L) {
      throw new CooperException.InvalidInput(
          "Range of CPUs is from 0.01 to "
              + processors
              + ".00, as there are only "
              + processors
              + " CPUs available");
    }
  }

  private static Container complete(Container draft, String name, List<MountPoint> mounts) {
    Container named = draft.withName(name);
    return new Container(
        named.id(),
        name,
        named.created(),
        named.imageName(),
        named.imageId(),
        named.manifest(),
        named.platform(),
        named.entrypoint(),
        named.command(),
        named.env(),
        named.workingDirectory(),
        named.user(),
        named.terminal(),
        named.openInput(),
        named.attached(),
        named.stopSignal(),
        named.stopTimeout(),
        named.labels(),
        named.exposed(),
        named.volumes(),
        named.network(),
        named.storage(),
        mounts,
        named.limits(),
        named.security(),
        named.isolation(),
        named.removeWhenDone());
  }

  /** The request's variables, and behind them those of the image that it says nothing of. */
  private static List<String> environment(List<String> image, List<String> request) {
    Map<String, String> variables = new LinkedHashMap<>();
    Set<String> removed = new LinkedHashSet<>();
    for (String variable : request) {
      String name = nameOf(variable);
      if (name.isEmpty()) {
        throw new CooperException.InvalidInput("invalid environment variable: " + variable);
      }
      if (variable.indexOf('=') < 0) {
        variables.remove(name);
        removed.add(name);
      } else {
        variables.put(name, variable);
        removed.remove(name);
      }
    }
    boolean path = false;
    for (String variable : image) {
      path |= variable.startsWith("PATH=");
      variables.putIfAbsent(nameOf(variable), variable);
    }
    if (!path) {
      variables.putIfAbsent("PATH", DEFAULT_PATH);
    }
    variables.keySet().removeAll(removed);
    return new ArrayList<>(variables.values());
  }

  static String nameOf(String variable) {
    int equals = variable.indexOf('=');
    return equals < 0 ? variable : variable.substring(0, equals);
  }

  private List<MountPoint> mounts(ContainerRequest request, ContainerConfig config)
      throws IOException {
    Set<String> targets = new LinkedHashSet<>();
    for (MountRequest mount : request.storage().mounts()) {
      if (!targets.add(mount.target())) {
        throw new CooperException.InvalidInput("Duplicate mount point: " + mount.target());
      }
      if (mount.type().equals(MountRequest.BIND)
          && !mount.createSource()
          && !Files.exists(Path.of(mount.source()))) {
        throw new CooperException.InvalidInput(
            "invalid mount config for type \"bind\": bind source path does not exist: "
                + mount.source());
      }
    }
    List<MountPoint> points = new ArrayList<>();
    for (MountRequest mount : request.storage().mounts()) {
      points.add(point(mount));
    }
    // Of several containers that have something at one place the last is the one meant.
    Map<String, MountPoint> shared = new LinkedHashMap<>();
    for (String from : request.storage().from()) {
      boolean readOnly = from.endsWith(":ro");
      String name = readOnly || from.endsWith(":rw") ? from.substring(0, from.length() - 3) : from;
      for (MountPoint theirs : neighbours.require(name).mounts()) {
        if (!theirs.type().equals(MountRequest.TMPFS) && !targets.contains(theirs.target())) {
          shared.put(theirs.target(), theirs.shared(readOnly));
        }
      }
    }
    targets.addAll(shared.keySet());
    points.addAll(shared.values());
    for (String path : config.volumes()) {
      String target = Path.of("/").resolve(path).normalize().toString();
      if (targets.add(target)) {
        points.add(
            point(
                new MountRequest(MountRequest.VOLUME, "", target, false, false, false, List.of())));
      }
    }
    return points;
  }

  private MountPoint point(MountRequest mount) throws IOException {
    return switch (mount.type()) {
      case MountRequest.VOLUME -> {
        boolean anonymous = mount.source().isEmpty();
        String name = anonymous ? newId() : mount.source();
        if (anonymous) {
          newVolumes.add(name);
        }
        Volume volume = volumes.create(name, anonymous, Map.of());
        if (mount.noCopy()) {
          volumes.hasContent(name);
        }
        yield new MountPoint(
            MountRequest.VOLUME,
            volume.name(),
            volumes.data(name).toString(),
            mount.target(),
            mount.readOnly(),
            anonymous,
            mount.options());
      }
      case MountRequest.BIND -> {
        Path source = Path.of(mount.source());
        if (mount.createSource() && !Files.exists(source)) {
          Files.createDirectories(source);
        }
        yield new MountPoint(
            MountRequest.BIND,
            "",
            mount.source(),
            mount.target(),
            mount.readOnly(),
            false,
            mount.options());
      }
      default ->
          new MountPoint(
              mount.type(), "", "", mount.target(), mount.readOnly(), false, mount.options());
    };
  }

  static String newId() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
