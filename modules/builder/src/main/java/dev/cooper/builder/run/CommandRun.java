package dev.cooper.builder.run;

import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.layer.Layer;
import dev.cooper.linux.FileStatus;
import dev.cooper.linux.Ownership;
import dev.cooper.linux.TerminalSize;
import dev.cooper.runtime.Bundle;
import dev.cooper.runtime.ContainerFiles;
import dev.cooper.runtime.ContainerMount;
import dev.cooper.runtime.ContainerProcess;
import dev.cooper.runtime.ContainerSpec;
import dev.cooper.runtime.ContainerUser;
import dev.cooper.runtime.MountPoints;
import dev.cooper.runtime.Namespace;
import dev.cooper.runtime.Namespaces;
import dev.cooper.runtime.OciRuntime;
import dev.cooper.runtime.OverlayMount;
import dev.cooper.runtime.UserLookup;
import dev.cooper.store.ChainIds;
import dev.cooper.store.Lease;
import dev.cooper.store.Store;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One command in a container upon an image. Made by {@link #prepare}, which mounts the image; then
 * {@link #run}; then, if its changes are wanted, {@link #takeLayer}; at last {@link #close}.
 */
public final class CommandRun implements Closeable {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Store store;
  private final Request request;
  private final String id;
  private final Path directory;
  private final Path upper;
  private final Path merged;
  private @Nullable FileStatus rootBefore;
  private BuildNetwork.@Nullable Use network;
  private boolean mounted;

  private CommandRun(Store store, Request request, Path directory) {
    this.store = store;
    this.request = request;
    this.id = randomId();
    this.directory = directory;
    this.upper = directory.resolve("upper");
    this.merged = directory.resolve("merged");
  }

  private static String randomId() {
    byte[] random = new byte[32];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /**
   * What is run.
   *
   * @param layers the image's, bottom first
   * @param diffIds the digests of the uncompressed layers
   * @param environment {@code NAME=value}; a later one of the same name counts
   * @param workingDirectory absolute
   * @param user as USER has it; empty for root
   * @param network what it reaches
   * @param mounts what is mounted beside the image
   * @param scripts files that are there for the time of the run, by absolute path
   * @param settings what holds for all commands of the build
   * @param latest what later times of changed files are replaced by; null to keep them
   */
  public record Request(
      List<Descriptor> layers,
      List<Digest> diffIds,
      List<String> command,
      List<String> environment,
      String workingDirectory,
      String user,
      Reach network,
      RunMounts mounts,
      Map<String, String> scripts,
      RunSettings settings,
      @Nullable Instant latest) {
    public Request {
      layers = List.copyOf(layers);
      diffIds = List.copyOf(diffIds);
      command = List.copyOf(command);
      environment = List.copyOf(environment);
      scripts = Map.copyOf(scripts);
    }
  }

  /** What a command reaches over the network. */
  public sealed interface Reach {
    /** Nothing but itself. */
    record None() implements Reach {}

    /** What the host reaches, as the host. */
    record Host() implements Reach {}

    /** The world, from the build's own address. */
    record Bridge(BuildNetwork network) implements Reach {}
  }

  /** Who gets what a command writes. Called by two threads, one for each stream. */
  @FunctionalInterface
  public interface Output {
    /**
     * Some bytes were written.
     *
     * @param error whether to standard error
     */
    void wrote(boolean error, byte[] bytes);
  }

  /** Unpacks the image where it is not unpacked yet, and mounts it. */
  public static CommandRun prepare(Store store, Lease lease, Request request) throws IOException {
    CommandRun run = new CommandRun(store, request, lease.newDirectory());
    try {
      run.mount();
    } catch (IOException | RuntimeException e) {
      run.close();
      throw e;
    }
    return run;
  }

  private void mount() throws IOException {
    network = request.network() instanceof Reach.Bridge bridge ? bridge.network().use() : null;
    List<Path> lower = new ArrayList<>();
    lower.add(MountPoints.prepare(store.cacheDirectory().resolve("mount-points")));
    if (!request.mounts().points().isEmpty()) {
      Path points = Files.createDirectory(directory.resolve("points"));
      RunMounts.makePoints(points, request.mounts().points());
      lower.add(points);
    }
    lower.addAll(store.layers().unpack(request.layers(), request.diffIds()));
    Files.createDirectory(upper);
    Files.createDirectory(merged);
    Path work = Files.createDirectory(directory.resolve("work"));
    // The root directory is the topmost layer's, which is the upper directory from now on.
    FileStatus below = FileStatus.of(lower.getLast());
    Ownership.change(upper, below.uid(), below.gid());
    Ownership.setMode(upper, below.permissions());
    rootBefore = FileStatus.of(upper);
    OverlayMount.mount(lower, upper, work, merged);
    mounted = true;
  }

  /** The container's id as people see it. */
  public String shortId() {
    return id.substring(0, 12);
  }

  /**
   * Runs the command to its end.
   *
   * @return its exit code, or 128 plus the signal that ended it
   * @throws dev.cooper.runtime.RuntimeFailure if it could not be started
   * @throws InterruptedException if the thread was interrupted; the command was killed
   */
  public int run(Output output) throws IOException, InterruptedException {
    ContainerSpec specification = specification(id, process(request.command()));
    BuildNetwork.Use used = network;
    int code =
        used == null || used.isReady()
            ? runConnected(specification, output)
            : runAtGate(specification, used, output);
    if (used != null && code == 0) {
      used.close(); // after a failure somebody may want to look around
    }
    return code;
  }

  private int runConnected(ContainerSpec specification, Output output)
      throws IOException, InterruptedException {
    connect();
    return run(specification, output);
  }

  private int runAtGate(ContainerSpec specification, BuildNetwork.Use used, Output output)
      throws IOException, InterruptedException {
    try (NetworkGate gate = NetworkGate.open(used, directory.resolve("network-gate"))) {
      int code;
      try {
        code = run(specification.withGate(gate.pipe()), output);
      } catch (IOException | RuntimeException e) {
        gate.check();
        throw e;
      }
      gate.check();
      return code;
    }
  }

  private int run(ContainerSpec specification, Output output)
      throws IOException, InterruptedException {
    Bundle bundle = Bundle.write(directory.resolve("bundle"), specification);
    return runtime().run(bundle, new Stream(output, false), new Stream(output, true));
  }

  /** Waits for the network, if there is to be one. */
  private void connect() throws IOException, InterruptedException {
    BuildNetwork.Use used = network;
    if (used != null) {
      String unused = used.gateway();
    }
  }

  /**
   * A look into the container once its command has failed, before {@link #close}.
   *
   * @param shell the program to run
   */
  public Inspection inspection(String shell) {
    return new Inspection() {
      @Override
      public String program() {
        return shell;
      }

      @Override
      public Shell open(Optional<TerminalSize> size) throws IOException, InterruptedException {
        String name = randomId();
        connect();
        ContainerProcess process = process(List.of(shell)).withTerminal(size);
        Path place = directory.resolve("inspection-" + name);
        return InspectionShell.create(runtime(), Bundle.write(place, specification(name, process)));
      }
    };
  }

  private static OciRuntime runtime() {
    return OciRuntime.find(Path.of("/run/cooper/build"));
  }

  private ContainerProcess process(List<String> command) throws IOException {
    ContainerUser user = UserLookup.find(merged, request.user());
    return ContainerProcess.of(command)
        .withEnvironment(environment(user))
        .withDirectory(request.workingDirectory())
        .withUser(user.ids())
        .withLimits(request.settings().limits());
  }

  private ContainerSpec specification(String name, ContainerProcess process)
      throws IOException, InterruptedException {
    Path files = Files.createDirectories(directory.resolve("files-" + name));
    Namespaces namespaces = namespaces();
    List<ContainerMount> all = new ArrayList<>(mounts(files));
    all.addAll(request.mounts().mounts());
    all.addAll(scripts(files));
    RunSettings settings = request.settings();
    return ContainerSpec.of(name, merged, process)
        .withMounts(all)
        .withNamespaces(namespaces)
        .withResources(settings.resources())
        .withSharedMemory(settings.sharedMemory())
        .withCgroup(settings.cgroupParent() + "/" + name);
  }

  private List<String> environment(ContainerUser user) {
    List<String> environment = new ArrayList<>();
    boolean hasHome = request.environment().stream().anyMatch(each -> each.startsWith("HOME="));
    environment.add("HOSTNAME=" + shortId());
    environment.addAll(request.environment());
    environment.addAll(request.mounts().environment());
    if (!hasHome) {
      environment.add("HOME=" + user.home());
    }
    return environment;
  }

  private List<ContainerMount> mounts(Path directory) throws IOException, InterruptedException {
    ContainerFiles files = ContainerFiles.in(directory);
    files.writeHostname(shortId());
    boolean host = request.network() instanceof Reach.Host;
    if (host) {
      files.copyHosts(hosts());
    } else {
      files.writeHosts(hosts());
    }
    files.copyResolver(host);
    return files.mounts();
  }

  private List<ContainerFiles.HostEntry> hosts() throws IOException, InterruptedException {
    List<ContainerFiles.HostEntry> entries = new ArrayList<>();
    for (RunSettings.Host host : request.settings().hosts()) {
      String address = host.address();
      if (address.equals(RunSettings.GATEWAY)) {
        address = network != null ? network.gateway() : "127.0.0.1";
      }
      entries.add(new ContainerFiles.HostEntry(address, host.name()));
    }
    return entries;
  }

  /** Scripts are in /dev, which is the container's own: no trace of them stays. */
  private List<ContainerMount> scripts(Path directory) throws IOException {
    List<ContainerMount> mounts = new ArrayList<>();
    int number = 0;
    for (Map.Entry<String, String> script : request.scripts().entrySet()) {
      Path file = directory.resolve("script-" + number++);
      Files.writeString(file, script.getValue());
      Ownership.setMode(file, 0755);
      mounts.add(ContainerMount.bind(file, script.getKey(), true));
    }
    return mounts;
  }

  private Namespaces namespaces() throws IOException, InterruptedException {
    return switch (request.network()) {
      case Reach.None none -> Namespaces.own();
      case Reach.Host host -> Namespaces.own().withNetwork(Namespace.HOST);
      case Reach.Bridge bridge ->
          Namespaces.own()
              .withNetwork(new Namespace.Joined(Objects.requireNonNull(network).namespace()));
    };
  }

  /**
   * The layer of what the command changed, in the store and unpacked there. Null if it changed
   * nothing. To be called once, after the run.
   */
  public @Nullable Layer takeLayer() throws IOException {
    unmount();
    FileStatus before = rootBefore;
    if (before == null) {
      throw new IllegalStateException("nothing was mounted");
    }
    Layer layer = UpperDirectory.write(upper, before, request.latest(), store.blobs());
    if (layer != null) {
      List<Digest> stack = new ArrayList<>(request.diffIds());
      stack.add(layer.diffId());
      Path _ = store.layers().adopt(ChainIds.of(stack).getLast(), upper);
      store.indexes().put(layer.diffId(), layer.index());
    }
    return layer;
  }

  private void unmount() throws IOException {
    if (mounted) {
      OverlayMount.unmount(merged);
      mounted = false;
    }
  }

  /** Unmounts the image and leaves the network; what is left of files goes with the lease. */
  @Override
  public void close() throws IOException {
    try {
      unmount();
    } finally {
      if (network != null) {
        network.close();
      }
    }
  }

  /** A stream of the command's, as events. */
  private static final class Stream extends OutputStream {
    private final Output output;
    private final boolean error;

    Stream(Output output, boolean error) {
      this.output = output;
      this.error = error;
    }

    @Override
    public void write(int b) {
      output.wrote(error, new byte[] {(byte) b});
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      output.wrote(error, Arrays.copyOfRange(bytes, offset, offset + length));
    }
  }
}
