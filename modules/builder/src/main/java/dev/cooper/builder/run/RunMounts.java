package dev.cooper.builder.run;

import dev.cooper.dockerfile.Mount;
import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import dev.cooper.linux.Errno;
import dev.cooper.linux.LinuxException;
import dev.cooper.linux.Ownership;
import dev.cooper.linux.SafePath;
import dev.cooper.runtime.ContainerMount;
import dev.cooper.runtime.OverlayMount;
import dev.cooper.store.Lease;
import dev.cooper.store.Locks;
import dev.cooper.store.Store;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code RUN --mount} puts into a container for the time of its command. None of it becomes
 * part of the image: the places where things are mounted are made in a layer below it.
 */
public final class RunMounts implements Closeable {
  private static final Path SECRETS = Path.of("/run/cooper/secrets");
  private static final int SECRET_MODE = 0400;
  private static final int CACHE_MODE = 0755;

  private final Store store;
  private final Lease lease;
  private final Path caches;
  private final Sources sources;
  private final List<ContainerMount> mounts = new ArrayList<>();
  private final List<String> environment = new ArrayList<>();
  private final List<Point> points = new ArrayList<>();
  private final List<Locks.Held> locks = new ArrayList<>();
  private final List<Path> overlays = new ArrayList<>();
  private final List<Path> temporary = new ArrayList<>();

  private RunMounts(Store store, Lease lease, Path caches, Sources sources) {
    this.store = store;
    this.lease = lease;
    this.caches = caches;
    this.sources = sources;
  }

  /** A place where something is mounted. */
  record Point(String path, boolean isDirectory) {}

  /** Where mounts get their content from. */
  public interface Sources {
    /**
     * The directories of what a mount starts from, bottom first; of the build context, or of the
     * stage or image of that name.
     */
    List<Path> directories(@Nullable String from) throws IOException, InterruptedException;

    /** A secret's bytes; empty if the build was given none of that name. */
    Optional<byte[]> secret(String id) throws IOException;

    /** The socket of an agent; empty if the build was given none of that name. */
    Optional<Path> agent(String id);
  }

  /**
   * Prepares the mounts of one RUN.
   *
   * @param caches where the directories of cache mounts are, {@link CacheMounts#in} or a place of
   *     the build's own
   * @param workingDirectory what relative targets start from
   * @throws CooperException if something that a mount needs is not there
   */
  public static RunMounts prepare(
      Store store,
      Lease lease,
      Path caches,
      List<Mount> wanted,
      String workingDirectory,
      Sources sources)
      throws IOException, InterruptedException {
    RunMounts prepared = new RunMounts(store, lease, caches, sources);
    try {
      for (Mount mount : wanted) {
        prepared.add(mount, workingDirectory);
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      prepared.close();
      throw e;
    }
    return prepared;
  }

  List<ContainerMount> mounts() {
    return mounts;
  }

  /** Variables that mounts set. */
  List<String> environment() {
    return environment;
  }

  List<Point> points() {
    return points;
  }

  private void add(Mount mount, String workingDirectory) throws IOException, InterruptedException {
    switch (mount.type()) {
      case BIND -> bind(mount, target(mount, workingDirectory));
      case CACHE -> cache(mount, target(mount, workingDirectory));
      case TMPFS -> tmpfs(mount, target(mount, workingDirectory));
      case SECRET -> secret(mount, workingDirectory);
      case SSH -> agent(mount, workingDirectory);
    }
  }

  private static String target(Mount mount, String workingDirectory) {
    String target = mount.target();
    if (target == null || target.isEmpty()) {
      throw new CooperException.InvalidInput("RUN --mount: target is required");
    }
    return absolute(workingDirectory, target);
  }

  private static String absolute(String workingDirectory, String path) {
    return path.startsWith("/")
        ? path
        : (workingDirectory.equals("/") ? "/" : workingDirectory + "/") + path;
  }

  private void bind(Mount mount, String target) throws IOException, InterruptedException {
    Path root = view(sources.directories(mount.from()));
    String source = mount.source() == null ? "/" : mount.source();
    Path path;
    try {
      path = SafePath.resolve(root, source);
    } catch (LinuxException e) {
      if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR)) {
        throw new CooperException.NotFound(
            "RUN --mount: source \""
                + source
                + "\" not found in "
                + (mount.from() == null ? "the build context" : mount.from()));
      }
      throw e;
    }
    // Also a mount that may be written to is a view of its own: what is written is thrown away.
    mount(ContainerMount.bind(path, target, mount.readOnly()), Files.isDirectory(path));
  }

  /** The directories as one that may be written to, changes being thrown away. */
  private Path view(List<Path> directories) throws IOException {
    Path place = lease.newDirectory();
    Path upper = Files.createDirectory(place.resolve("upper"));
    Path work = Files.createDirectory(place.resolve("work"));
    Path view = Files.createDirectory(place.resolve("view"));
    if (directories.isEmpty()) {
      return view;
    }
    OverlayMount.mount(directories, upper, work, view);
    overlays.add(view);
    return view;
  }

  private void cache(Mount mount, String target) throws IOException, InterruptedException {
    String id = mount.id() == null ? target : mount.id();
    String name = Digest.sha256(id.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32);
    Path directory = caches.resolve(name);
    Mount.Sharing sharing = mount.sharing() == null ? Mount.Sharing.SHARED : mount.sharing();
    locks.add(CacheMounts.use(store, name));
    switch (sharing) {
      case SHARED -> {}
      case LOCKED -> locks.add(store.locks().exclusive("cache mount " + name));
      case PRIVATE -> {
        Optional<Locks.Held> alone = store.locks().tryExclusive("cache mount " + name);
        if (alone.isEmpty()) {
          directory = lease.newDirectory().resolve("cache");
        } else {
          locks.add(alone.get());
        }
      }
    }
    if (!Files.isDirectory(directory)) {
      fill(directory, mount);
    }
    if (directory.startsWith(CacheMounts.in(store))) {
      CacheMounts.note(store, name, id);
    }
    mount(ContainerMount.bind(directory, target, mount.readOnly()), true);
  }

  private void fill(Path directory, Mount mount) throws IOException, InterruptedException {
    Path fresh = lease.newDirectory().resolve("cache");
    if (mount.from() == null) {
      Files.createDirectory(fresh);
    } else {
      Path root = view(sources.directories(mount.from()));
      Path source = SafePath.resolve(root, mount.source() == null ? "/" : mount.source());
      copy(source, fresh);
    }
    int uid = Math.toIntExact(mount.uid() == null ? 0 : mount.uid());
    int gid = Math.toIntExact(mount.gid() == null ? 0 : mount.gid());
    Ownership.change(fresh, uid, gid);
    Ownership.setMode(fresh, mount.mode() == null ? CACHE_MODE : mount.mode());
    Files.createDirectories(directory.getParent());
    try {
      Files.move(fresh, directory);
    } catch (FileAlreadyExistsException e) {
      // Another build made it meanwhile: that one counts.
    }
  }

  private static void copy(Path source, Path target) throws IOException, InterruptedException {
    Process copy =
        new ProcessBuilder("cp", "-a", source.toString(), target.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(copy.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (copy.waitFor() != 0) {
      throw new CooperException.Failed("RUN --mount: cannot fill the cache: " + said.strip());
    }
  }

  private void tmpfs(Mount mount, String target) {
    List<String> options = new ArrayList<>(List.of("exec", "suid", "dev"));
    if (mount.sizeLimit() > 0) {
      options.add("size=" + mount.sizeLimit());
    }
    mount(ContainerMount.tmpfs(target, options), true);
  }

  private void secret(Mount mount, String workingDirectory) throws IOException {
    String id = mount.id() != null ? mount.id() : name(mount.source(), mount.target());
    Optional<byte[]> secret = sources.secret(id);
    if (secret.isEmpty()) {
      if (mount.required()) {
        throw new CooperException.NotFound(
            "secret " + id + ": not found", "give it with --secret id=" + id + ",src=FILE");
      }
      return;
    }
    if (mount.environment() != null) {
      String variable = mount.environment().isEmpty() ? id : mount.environment();
      environment.add(variable + "=" + new String(secret.get(), StandardCharsets.UTF_8));
      if (mount.target() == null) {
        return;
      }
    }
    String target =
        absolute(workingDirectory, mount.target() == null ? "/run/secrets/" + id : mount.target());
    // On a file system in memory: a secret is never written to a disk.
    Files.createDirectories(SECRETS);
    Ownership.setMode(SECRETS, 0700);
    Path file = Files.createTempFile(SECRETS, "", "");
    temporary.add(file);
    Files.write(file, secret.get());
    own(file, mount, SECRET_MODE);
    mount(ContainerMount.bind(file, target, true), false);
  }

  private static String name(@Nullable String source, @Nullable String target) {
    String path = source != null ? source : target;
    if (path == null) {
      throw new CooperException.InvalidInput("RUN --mount: a secret needs an id or a target");
    }
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private void agent(Mount mount, String workingDirectory) throws IOException {
    String id = mount.id() == null ? "default" : mount.id();
    Optional<Path> socket = sources.agent(id);
    if (socket.isEmpty()) {
      if (mount.required()) {
        throw new CooperException.NotFound(
            "no SSH key \"" + id + "\" forwarded from the client", "give it with --ssh " + id);
      }
      return;
    }
    String target =
        absolute(
            workingDirectory,
            mount.target() == null
                ? "/run/buildkit/ssh_agent." + environment.size()
                : mount.target());
    environment.add("SSH_AUTH_SOCK=" + target);
    mount(ContainerMount.bind(socket.get(), target, true), false);
  }

  private static void own(Path file, Mount mount, int mode) throws IOException {
    int uid = Math.toIntExact(mount.uid() == null ? 0 : mount.uid());
    int gid = Math.toIntExact(mount.gid() == null ? 0 : mount.gid());
    Ownership.change(file, uid, gid);
    Ownership.setMode(file, mount.mode() == null ? mode : mount.mode());
  }

  private void mount(ContainerMount mount, boolean isDirectory) {
    mounts.add(mount);
    points.add(new Point(mount.target(), isDirectory));
  }

  /** Makes the places where things are mounted in a layer that goes below the image. */
  static void makePoints(Path layer, List<Point> points) throws IOException {
    for (Point point : points) {
      Path place = layer.resolve(point.path().substring(1)).normalize();
      if (!place.startsWith(layer) || place.equals(layer)) {
        continue;
      }
      Files.createDirectories(point.isDirectory() ? place : place.getParent());
      if (!point.isDirectory() && !Files.exists(place)) {
        Files.createFile(place);
      }
    }
  }

  /** Gives everything back. */
  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (Path overlay : overlays) {
      try {
        OverlayMount.unmount(overlay);
      } catch (IOException e) {
        failure = e;
      }
    }
    overlays.clear();
    for (Path file : temporary) {
      Files.deleteIfExists(file);
    }
    temporary.clear();
    locks.forEach(Locks.Held::close);
    locks.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
