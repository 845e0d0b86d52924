package dev.cooper.engine;

import dev.cooper.image.CooperException;
import dev.cooper.linux.FileStatus;
import dev.cooper.linux.Ownership;
import dev.cooper.linux.SafePath;
import dev.cooper.linux.TerminalSize;
import dev.cooper.runtime.Bundle;
import dev.cooper.runtime.Conmon;
import dev.cooper.runtime.ContainerInit;
import dev.cooper.runtime.ContainerMount;
import dev.cooper.runtime.ContainerSpec;
import dev.cooper.runtime.Monitor;
import dev.cooper.runtime.MountPoints;
import dev.cooper.runtime.Namespace;
import dev.cooper.runtime.Namespaces;
import dev.cooper.runtime.OverlayMount;
import dev.cooper.runtime.RuntimeFailure;
import dev.cooper.runtime.StandardInput;
import dev.cooper.store.Lease;
import dev.cooper.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Everything between "start" and the moment in which the container's program may begin. */
final class Starting {
  private final Store store;
  private final ContainerRecords records;
  private final ContainerImages images;
  private final Machinery machinery;
  private final Ending ending;
  private final Volumes volumes;
  private final Connections connections;
  private final Neighbours neighbours;

  Starting(
      Store store,
      ContainerRecords records,
      ContainerImages images,
      Machinery machinery,
      Ending ending,
      Volumes volumes,
      Connections connections,
      Neighbours neighbours) {
    this.store = store;
    this.records = records;
    this.images = images;
    this.machinery = machinery;
    this.ending = ending;
    this.volumes = volumes;
    this.connections = connections;
    this.neighbours = neighbours;
  }

  /**
   * Makes everything ready. The caller holds the container's lock and has seen that it does not
   * run.
   *
   * @param size of the terminal of whoever attaches
   * @param attendant the process that waits for the end and cleans up; 0 if none does
   */
  Monitor prepare(Container container, Optional<TerminalSize> size, long attendant)
      throws IOException {
    ContainerFolder folder = records.folder(container.id());
    ending.takeDown(container);
    Files.write(folder.unclean(), new byte[0]);
    FutureTask<Connections.Connected> connecting = null;
    try {
      Namespace network = connections.namespace(container);
      // The network is made while the rest is: the program does not begin before both are done.
      connecting = new FutureTask<>(() -> connections.connect(container));
      Thread.ofPlatform().daemon().name("connect").start(connecting);
      mountRoot(container, folder);
      List<ContainerMount> mounts = new ArrayList<>(hostFiles(container, folder));
      if (container.isolation().addsInit()) {
        mounts.add(ContainerInit.find().mount());
      }
      addSharedMemory(container, folder, mounts);
      for (MountPoint point : container.mounts()) {
        mounts.add(mount(point, folder));
      }
      makeWorkingDirectory(container, folder);
      ContainerSpec spec =
          Specification.of(container, folder, namespaces(container, network), mounts, size);
      Bundle bundle = Bundle.write(folder.bundle(), spec);
      Monitor monitor =
          machinery
              .conmon()
              .create(
                  bundle,
                  new Conmon.Keeping(
                      Optional.of(folder.log()),
                      input(container),
                      machinery.afterwards(folder, container.id(), attendant)));
      Connections.Connected connected = result(connecting);
      if (!connected.addresses().isEmpty()) {
        HostFiles.writeHosts(container, folder, connected.addresses());
      }
      ContainerState state = records.readState(container.id());
      records.write(
          container.id(),
          state.started(
              Instant.now().toString(),
              monitor.pid().orElse(0),
              connected.addresses(),
              connected.ports()));
      return monitor;
    } catch (IOException | RuntimeException e) {
      if (connecting != null) {
        awaitQuietly(connecting);
      }
      abandon(container, e);
      throw e;
    }
  }

  private void addSharedMemory(
      Container container, ContainerFolder folder, List<ContainerMount> mounts) throws IOException {
    String ipc = container.isolation().ipc();
    if (ipc.equals(Isolation.SHAREABLE)) {
      mounts.add(SharedMemory.make(folder, container.limits().shmSize()));
    } else if (ipc.startsWith(Isolation.CONTAINER)) {
      String id = ipc.substring(Isolation.CONTAINER.length());
      if (!neighbours.require(id).isolation().ipc().equals(Isolation.SHAREABLE)) {
        throw new CooperException.Conflict(
            "cannot join IPC of container " + id + ": non-shareable IPC",
            "make that container with --ipc shareable");
      }
      mounts.add(SharedMemory.of(records.folder(id)));
    }
  }

  private Namespaces namespaces(Container container, Namespace network) throws IOException {
    Isolation isolation = container.isolation();
    Namespaces namespaces =
        Namespaces.own()
            .withNetwork(network)
            .withPid(neighbours.of(isolation.processes(), "pid", "PID"))
            .withIpc(neighbours.of(isolation.ipc(), "ipc", "IPC"));
    return container.network().mode().equals("host") || isolation.hostName().equals(Isolation.HOST)
        ? namespaces.withUts(Namespace.HOST)
        : namespaces;
  }

  /**
   * Its files about the host; in another container's network they are that container's, and if that
   * is in a third one's, the third one's.
   */
  private List<ContainerMount> hostFiles(Container container, ContainerFolder folder)
      throws IOException {
    Container owner = neighbours.ownerOfNetwork(container);
    return owner.id().equals(container.id())
        ? HostFiles.write(container, folder)
        : HostFiles.mounts(container, records.folder(owner.id()));
  }

  private static <T> T result(FutureTask<T> task) throws IOException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case null, default -> throw new IOException(e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while connecting a container to its network", e);
    }
  }

  /** What is being made has to be there before it can be taken down. */
  private static void awaitQuietly(FutureTask<?> task) {
    try {
      Object unused = task.get();
    } catch (ExecutionException e) {
      // The failure that led here is the one to tell.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes everything down after a failure, and notes why. */
  void abandon(Container container, Exception why) throws IOException {
    int code = why instanceof RuntimeFailure failure ? failure.exitCode() : 128;
    ContainerState state = records.readState(container.id());
    ending.takeDown(container);
    records.write(
        container.id(), state.failed(code == 125 ? 128 : code, String.valueOf(why.getMessage())));
  }

  /** The failure with what can be said about it. */
  StartFailure explained(Container container, RuntimeFailure failure) {
    String program = failure.program();
    String reason = failure.reason();
    return new StartFailure(
        failure.getMessage(),
        program == null || reason == null ? null : hint(container, program, reason),
        failure.exitCode(),
        failure);
  }

  @Nullable String hint(Container container, String program, String reason) {
    try {
      return StartExplanation.hint(store, images.of(container), container, program, reason);
    } catch (IOException | CooperException e) {
      return null; // the image is gone: nothing to explain from
    }
  }

  private static StandardInput input(Container container) {
    if (!container.openInput()) {
      return StandardInput.EMPTY;
    }
    // A terminal never ends: whoever detaches may come back to it.
    return container.attached().input() && !container.terminal()
        ? StandardInput.ONCE
        : StandardInput.OPEN;
  }

  /** Mounts the merged view, the image's layers under the container's own changes. */
  void mountRoot(Container container, ContainerFolder folder) throws IOException {
    List<Path> layers;
    try (Lease lease = store.lease()) {
      layers = store.layers().unpack(images.of(container));
    }
    makeDirectory(folder.root());
    makeDirectory(folder.work());
    List<Path> lower = new ArrayList<>();
    lower.add(MountPoints.prepare(mountPoints()));
    lower.addAll(layers);
    if (!Files.exists(folder.upper())) {
      makeUpper(folder, FileStatus.of(lower.getLast()));
    }
    OverlayMount.mount(lower, folder.upper(), folder.work(), folder.root());
  }

  /** What a container changed; an empty directory before it was first started. */
  Path changes(Container container) throws IOException {
    ContainerFolder folder = records.folder(container.id());
    if (Files.exists(folder.upper())) {
      return folder.upper();
    }
    makeUpper(folder, imageRoot(container));
    return folder.upper();
  }

  /** The root directory of a container's image. */
  FileStatus imageRoot(Container container) throws IOException {
    try (Lease lease = store.lease()) {
      List<Path> layers = store.layers().unpack(images.of(container));
      return FileStatus.of(
          layers.isEmpty() ? MountPoints.prepare(mountPoints()) : layers.getLast());
    }
  }

  private static void makeUpper(ContainerFolder folder, FileStatus like) throws IOException {
    Path upper = folder.path().resolve("upper.new");
    makeDirectory(upper);
    // The root directory of the merged view has the attributes of the upper one.
    Ownership.change(upper, like.uid(), like.gid());
    Ownership.setMode(upper, like.permissions());
    Files.move(upper, folder.upper());
  }

  /** Why its program ended at once, as far as its output tells; empty when nothing is known. */
  Optional<String> explainedEnd(Container container) throws IOException {
    Optional<ExitExplanation.Refusal> refusal =
        ExitExplanation.read(records.folder(container.id()).log(), container.words().getFirst());
    return refusal.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(hint(container, refusal.get().program(), refusal.get().reason()));
  }

  /** The layer below all images. */
  Path mountPoints() {
    return store.containersDirectory().resolve("mount-points");
  }

  private static void makeDirectory(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectory(path);
      Ownership.setMode(path, 0755);
    }
  }

  private ContainerMount mount(MountPoint point, ContainerFolder folder) throws IOException {
    if (point.type().equals(MountRequest.TMPFS)) {
      List<String> options = new ArrayList<>(point.options());
      if (point.readOnly()) {
        options.add("ro");
      }
      return ContainerMount.tmpfs(point.target(), options);
    }
    Path source = Path.of(point.source());
    if (point.type().equals(MountRequest.VOLUME)) {
      volumes.fill(point.name(), folder.root(), point.target());
    }
    if (!Files.exists(source)) {
      throw new CooperException.InvalidInput(
          "error while creating mount source path '" + source + "': it does not exist");
    }
    ContainerMount bind = ContainerMount.bind(source, point.target(), point.readOnly());
    if (point.options().isEmpty()) {
      return bind;
    }
    List<String> options = new ArrayList<>(bind.options());
    options.remove("rprivate");
    options.addAll(point.options());
    return new ContainerMount(bind.target(), bind.type(), bind.source(), options);
  }

  /** As Docker: a working directory that the image lacks is made, for root. */
  private static void makeWorkingDirectory(Container container, ContainerFolder folder)
      throws IOException {
    if (container.workingDirectory().equals("/")) {
      return;
    }
    Path made = Path.of("/");
    for (Path part : Path.of(container.workingDirectory())) {
      Path next = made.resolve(part);
      if (!InsidePath.exists(folder.root(), next.toString())) {
        Path parent = SafePath.resolve(folder.root(), made.toString());
        if (!Files.isDirectory(parent)) {
          throw new CooperException.InvalidInput(
              "cannot make the working directory "
                  + container.workingDirectory()
                  + ": "
                  + made
                  + " is not a directory");
        }
        makeDirectory(parent.resolve(part));
      }
      made = next;
    }
  }
}
