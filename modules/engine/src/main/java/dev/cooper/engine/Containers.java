package dev.cooper.engine;

import dev.cooper.image.CooperException;
import dev.cooper.image.tree.ImageTree;
import dev.cooper.linux.TerminalSize;
import dev.cooper.runtime.Attachment;
import dev.cooper.runtime.ContainerLog;
import dev.cooper.runtime.Monitor;
import dev.cooper.runtime.PendingExec;
import dev.cooper.runtime.Privileges;
import dev.cooper.runtime.RuntimeFailure;
import dev.cooper.store.Locks;
import dev.cooper.store.Store;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The containers of one store.
 *
 * <p>Every method takes a container by its id, name, or the beginning of its id, and throws {@code
 * NotFound} ("No such container: x") when there is none.
 */
public final class Containers {
  private final Store store;
  private final ContainerRecords records;
  private final ContainerImages images;
  private final Machinery machinery;
  private final Volumes volumes;
  private final Connections connections;
  private final Ending ending;
  private final Starting starting;
  private final Control control;
  private final Executing executing;
  private final Transfer transfer;

  private Containers(Store store) {
    this.store = store;
    records = new ContainerRecords(store);
    images = new ContainerImages(store, records);
    machinery = new Machinery(store.root());
    volumes = new Volumes(store);
    Neighbours neighbours = new Neighbours(records);
    connections = new Connections(store, machinery, neighbours);
    ending = new Ending(records, machinery, volumes, connections);
    starting =
        new Starting(store, records, images, machinery, ending, volumes, connections, neighbours);
    control = new Control(records, machinery, ending);
    executing = new Executing(records, machinery);
    transfer = new Transfer(records, starting);
  }

  /** The containers of {@code store}; touches nothing yet. */
  public static Containers in(Store store) {
    return new Containers(store);
  }

  /** A container and how it fares now. */
  public record Status(Container container, ContainerState state) {}

  /** All containers, newest first; those whose files are damaged are left out. */
  public List<Status> list() throws IOException {
    List<Status> list = new ArrayList<>();
    for (String id : records.ids()) {
      try {
        Optional<Container> container = records.read(id);
        if (container.isPresent()) {
          list.add(new Status(container.get(), Liveness.state(records, id)));
        }
      } catch (CooperException.Corrupt e) {
        // Whoever names it is told; the others must not suffer for it.
      }
    }
    // Not by Comparator.comparing: the AOT cache does not keep what that makes.
    list.sort((one, other) -> other.container().created().compareTo(one.container().created()));
    return list;
  }

  /** The container, and how it fares now. */
  public Status require(String nameOrId) throws IOException {
    Container container = records.require(nameOrId);
    return new Status(container, Liveness.state(records, container.id()));
  }

  /** As {@link #require}, empty when there is none. */
  public Optional<Status> find(String nameOrId) throws IOException {
    Optional<Container> container = records.find(nameOrId);
    return container.isEmpty()
        ? Optional.empty()
        : Optional.of(new Status(container.get(), Liveness.state(records, container.get().id())));
  }

  /**
   * Makes a container, which is not started.
   *
   * @throws CooperException.NotFound {@code No such image: x}
   * @throws CooperException.Conflict when the name is in use
   * @throws CooperException.InvalidInput for what cannot be
   */
  public Container create(ContainerRequest request) throws IOException {
    Privileges.requireRoot("running containers");
    connections.check(request.network());
    return new Creation(store, records, volumes).create(request);
  }

  /**
   * Makes everything ready for a container's program to begin, and holds the container's lock until
   * it has, or the answer is closed.
   *
   * @param size of the terminal of whoever will attach
   * @param attended whether this process waits for the end and then calls {@link #cleanUp}
   * @throws CooperException.Conflict when it is running or paused
   * @throws RuntimeFailure when its program cannot be executed
   */
  public PendingStart prepare(String nameOrId, Optional<TerminalSize> size, boolean attended)
      throws IOException {
    Container container = records.require(nameOrId);
    Locks.Held lock = records.lock(container.id());
    try {
      ContainerState state = Liveness.state(records, container.id());
      if (state.running()) {
        throw new CooperException.Conflict(
            state.paused()
                ? "cannot start a paused container, try unpause instead"
                : "container " + container.name() + " is already running");
      }
      ending.finish(container);
      Monitor monitor =
          starting.prepare(container, size, attended ? ProcessHandle.current().pid() : 0);
      return new PendingStart(container, monitor, machinery.runtime(), starting, lock);
    } catch (RuntimeFailure e) {
      lock.close();
      throw starting.explained(container, e);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Starts a container, detached. One that runs already is left as it is.
   *
   * @throws RuntimeFailure when its program cannot be executed
   */
  public void start(String nameOrId) throws IOException {
    Status status = require(nameOrId);
    if (status.state().running() && !status.state().paused()) {
      return;
    }
    try (PendingStart pending = prepare(nameOrId, Optional.empty(), false)) {
      pending.start();
    }
  }

  /**
   * Joins the input and output of a running container; what it wrote before is not seen again.
   *
   * @throws CooperException.Conflict when it does not run, or is paused
   */
  public Attachment attach(String nameOrId) throws IOException {
    Status status = require(nameOrId);
    if (status.state().paused()) {
      throw new CooperException.Conflict(
          "You cannot attach to a paused container, unpause it first");
    }
    if (!status.state().running()) {
      throw new CooperException.Conflict(
          "You cannot attach to a stopped container, start it first");
    }
    return control.monitor(status.container().id()).attach();
  }

  /** A container's first process, to resize its terminal. */
  public Monitor monitor(String id) {
    return control.monitor(id);
  }

  /** Sends a signal by name or number; with KILL it has ended when this returns. */
  public void kill(String nameOrId, String signal) throws IOException {
    Optional<Container> container = records.find(nameOrId);
    if (container.isEmpty()) {
      throw new CooperException.NotFound(
          "Cannot kill container: " + nameOrId + ": No such container: " + nameOrId);
    }
    control.kill(container.get(), signal);
  }

  /**
   * Sends the stop signal, waits, and ends it with SIGKILL when it has not ended in time. One that
   * does not run is left as it is.
   *
   * @param seconds how long to wait, -1 for ever; null for what the container says
   */
  public void stop(String nameOrId, @Nullable Integer seconds) throws IOException {
    Container container = records.require(nameOrId);
    control.stop(container, seconds == null ? container.stopTimeout() : seconds);
  }

  /** Stops it if it runs, and starts it. */
  public void restart(String nameOrId, @Nullable Integer seconds) throws IOException {
    Container container = records.require(nameOrId);
    if (container.removeWhenDone() && require(nameOrId).state().running()) {
      throw new CooperException.Conflict(
          "container " + container.name() + " is removed when it ends: it cannot be restarted");
    }
    control.stop(container, seconds == null ? container.stopTimeout() : seconds);
    start(container.id());
  }

  /** Waits for its end and tells its exit code; of one that does not run, the last. */
  public int await(String nameOrId) throws IOException, InterruptedException {
    return control.await(records.require(nameOrId));
  }

  public void pause(String nameOrId) throws IOException {
    control.pause(records.require(nameOrId), true);
  }

  public void unpause(String nameOrId) throws IOException {
    control.pause(records.require(nameOrId), false);
  }

  /**
   * Removes a container and everything in it.
   *
   * @param force although it runs
   * @param withVolumes its anonymous volumes too
   * @throws CooperException.Conflict when it runs and {@code force} is not set
   */
  public void remove(String nameOrId, boolean force, boolean withVolumes) throws IOException {
    control.remove(records.require(nameOrId), force, withVolumes);
  }

  /** The lines that ps shows of its processes, the heading first. */
  public List<String> processes(String nameOrId, List<String> options) throws IOException {
    Status status = require(nameOrId);
    OptionalInt pid = control.monitor(status.container().id()).pid();
    if (!status.state().running() || pid.isEmpty()) {
      throw new CooperException.Conflict(
          "Container " + status.container().id() + " is not running");
    }
    return ProcessTable.read(pid.getAsInt(), options);
  }

  /** Prepares a further process and attaches to it. */
  public PendingExec exec(String nameOrId, ExecRequest request, Optional<TerminalSize> size)
      throws IOException {
    return executing.attached(records.require(nameOrId), request, size);
  }

  /** Runs a further process that nobody attends. */
  public void execDetached(String nameOrId, ExecRequest request) throws IOException {
    executing.detached(records.require(nameOrId), request);
  }

  /** Everything it wrote; the caller closes it. */
  public ContainerLog log(String nameOrId) throws IOException {
    return ContainerLog.open(records.folder(records.require(nameOrId).id()).log());
  }

  /** What it changed in its image, by path. */
  public List<Change> changes(String nameOrId) throws IOException {
    Container container = records.require(nameOrId);
    try (ImageTree files = ImageTree.open(store.blobs(), images.of(container), store.indexes())) {
      return new Differences(
              records.folder(container.id()).upper(), files.tree(), starting.mountPoints())
          .list();
    }
  }

  /**
   * A container standing still, so that what it changed can be read at leisure. The caller closes
   * it, and the container goes on.
   *
   * @param pause whether its processes are stopped if it runs
   */
  public StillContainer still(String nameOrId, boolean pause) throws IOException {
    Status status = require(nameOrId);
    boolean paused = pause && status.state().running() && !status.state().paused();
    if (paused) {
      pause(nameOrId);
    }
    String id = status.container().id();
    Closeable release = paused ? () -> unpause(id) : () -> {};
    try {
      return new StillContainer(starting, images, status.container(), records.lock(id), release);
    } catch (RuntimeException e) {
      release.close();
      throw e;
    }
  }

  /** What is at a path of a container, a link at its end not followed. */
  public Optional<ContainerPath> look(String nameOrId, String path) throws IOException {
    return transfer.look(records.require(nameOrId), path);
  }

  /** Writes what is at a path as a tar, under another name; empty for a folder's contents. */
  public void read(String nameOrId, String path, String as, OutputStream out) throws IOException {
    transfer.read(records.require(nameOrId), path, as, out);
  }

  /** Unpacks a tar into a folder of the container; files belong to root, or as the tar says. */
  public void write(String nameOrId, String path, InputStream archive, boolean owners)
      throws IOException {
    transfer.write(records.require(nameOrId), path, archive, owners);
  }

  /** Writes its whole file system as a tar, without its volumes. */
  public void export(String nameOrId, OutputStream out) throws IOException {
    transfer.export(records.require(nameOrId), out);
  }

  /** Where a container's files are. */
  public ContainerFolder folder(String id) {
    return records.folder(id);
  }

  /** The directories of its image's layers, bottom first; empty when one is not unpacked. */
  public List<Path> layers(String nameOrId) throws IOException {
    return images.layers(records.require(nameOrId));
  }

  /** How many bytes a container's own files have, and those of its image. */
  public record Sizes(long changes, long image) {}

  /** The sizes of what it changed and of its image, in bytes. */
  public Sizes sizes(String nameOrId) throws IOException {
    Container container = records.require(nameOrId);
    return new Sizes(FolderSize.of(records.folder(container.id()).upper()), images.size(container));
  }

  /** Removes a container whose start failed, if it was to be removed when done. */
  public void cleanUpFailedStart(String id) throws IOException {
    Optional<Container> container = records.read(id);
    if (container.isPresent() && container.get().removeWhenDone()) {
      control.remove(container.get(), true, true);
    }
  }

  /** Why a program may have ended at once with this exit code; empty when nothing is known. */
  public Optional<String> explainExit(String id, int exitCode) throws IOException {
    Optional<Container> container = exitCode == 0 ? Optional.empty() : records.read(id);
    return container.isEmpty() ? Optional.empty() : starting.explainedEnd(container.get());
  }

  /** Cleans up after a container that has ended; does nothing when that was done already. */
  public void cleanUp(String id) throws IOException {
    ending.cleanUp(id);
  }

  /**
   * Cleans up after every container that has ended, or whose start was cut short, and that nobody
   * is at work on: its mounts, and its place in the network; and removes what is left of containers
   * whose making was cut short. What cannot be done is left for the next command that names the
   * container.
   */
  public void cleanUpDead() throws IOException {
    for (String id : records.ids()) {
      try {
        ending.cleanUpIfIdle(id);
      } catch (IOException | CooperException e) {
        // Whoever names this container is told.
      }
    }
    records.sweep();
  }

  /** The volumes that containers share. */
  public Volumes volumes() {
    return volumes;
  }

  /** Which containers use which volumes. */
  public VolumeUse volumeUse() {
    return new VolumeUse(volumes, records);
  }

  /** Gives a container another name. */
  public void rename(String nameOrId, String name) throws IOException {
    Container container = records.require(nameOrId);
    String wanted = name.startsWith("/") ? name.substring(1) : name;
    if (wanted.isEmpty()) {
      throw new CooperException.InvalidInput(
          "Error when allocating new name: name cannot be empty");
    }
    if (container.name().equals(wanted)) {
      throw new CooperException.InvalidInput(
          "Renaming a container with the same name as its current name");
    }
    try (var held = records.lock(container.id())) {
      records.claim(wanted, container.id());
      records.write(container.withName(wanted));
      records.release(container.name(), container.id());
    }
  }

  /** What the containers need of the images in the store. */
  public ContainerImages images() {
    return images;
  }
}
