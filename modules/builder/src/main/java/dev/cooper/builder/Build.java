package dev.cooper.builder;

import dev.cooper.builder.context.SourceTree;
import dev.cooper.builder.copy.ContentIndex;
import dev.cooper.builder.remote.DownloadNotes;
import dev.cooper.builder.run.BuildNetwork;
import dev.cooper.builder.run.CacheMounts;
import dev.cooper.dockerfile.Dockerfile;
import dev.cooper.dockerfile.GlobalVariables;
import dev.cooper.dockerfile.PlatformArguments;
import dev.cooper.dockerfile.ProxyArguments;
import dev.cooper.dockerfile.Source;
import dev.cooper.dockerfile.Stage;
import dev.cooper.dockerfile.StageVariables;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.Platform;
import dev.cooper.image.layer.Layer;
import dev.cooper.image.tree.ImageTree;
import dev.cooper.runtime.Privileges;
import dev.cooper.store.Lease;
import dev.cooper.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One build on its way: what its stages share. */
final class Build {
  private final Store store;
  private final BuildRequest request;
  private final BuildProgress progress;
  private final Lease lease;
  private final StepCache cache;
  private final BuildMemory memory;
  private final BuildNetwork network;
  private final Dockerfile dockerfile;
  private final ContextFiles files;
  private final BuildSources sources;
  private final Platform platform;
  private final GlobalVariables globals;
  private final StageGraph graph;
  private final BuildSteps steps;
  private @Nullable Path cacheMounts;
  private final AtomicInteger lastStep = new AtomicInteger();
  private final Set<String> declared = ConcurrentHashMap.newKeySet();
  private final Map<Integer, StageRun> runs = new ConcurrentHashMap<>();
  private final Map<Integer, FutureTask<StageState>> stages = new ConcurrentHashMap<>();

  Build(
      Store store,
      ImageResolver resolver,
      BuildRequest request,
      Platform platform,
      BuildProgress progress,
      Lease lease,
      BuildNetwork network,
      Dockerfile dockerfile,
      ContextFiles files,
      NamedContexts named)
      throws IOException {
    this.store = store;
    this.request = request;
    this.progress = progress;
    this.lease = lease;
    this.network = network;
    this.cache =
        new StepCache(
            store,
            request.remembered(),
            request.cacheFrom(),
            warning -> report(new BuildEvent.Warned(warning)));
    this.dockerfile = dockerfile;
    this.files = files;
    this.sources = new BuildSources(this, resolver, named);
    this.platform = platform;
    this.globals =
        GlobalVariables.of(
            dockerfile.globalArguments(),
            arguments(request),
            PlatformArguments.of(
                Platform.host().toString(), platform.toString(), request.target()));
    this.graph = StageGraph.of(dockerfile, request.target(), globals, named::has);
    this.steps = new BuildSteps(dockerfile, request, platform, graph);
    this.memory = BuildMemory.open(BuildMemory.directory(store.cacheDirectory()), identity());
  }

  /** The build arguments; the time that new things get is one, as buildx has it. */
  private static Map<String, String> arguments(BuildRequest request) {
    Instant epoch = request.sourceDateEpoch();
    if (epoch == null || request.arguments().containsKey("SOURCE_DATE_EPOCH")) {
      return request.arguments();
    }
    Map<String, String> arguments = new TreeMap<>(request.arguments());
    arguments.put("SOURCE_DATE_EPOCH", Long.toString(epoch.getEpochSecond()));
    return arguments;
  }

  /** What tells this build from others, so that the last one of its kind is found. */
  private String identity() {
    String context =
        request.context() instanceof BuildContext.Folder folder
            ? folder.path().toAbsolutePath().normalize().toString()
            : "no folder";
    return String.join(
        "\n", context, fileName(), String.valueOf(request.target()), platform.toString());
  }

  /** Given arguments that no ARG of what was built declared. To be asked after {@link #run}. */
  List<String> unusedArguments() {
    List<String> unused = new ArrayList<>();
    for (String name : new TreeSet<>(request.arguments().keySet())) {
      boolean known =
          declared.contains(name)
              || globals.all().containsKey(name)
              || ProxyArguments.isProxy(name)
              || name.toUpperCase(Locale.ROOT).startsWith("BUILDKIT_")
              || name.equals("SOURCE_DATE_EPOCH");
      if (!known) {
        unused.add(name);
      }
    }
    return unused;
  }

  /** Notes that an ARG of what is built declares this name. */
  void declare(String name) {
    declared.add(name);
  }

  /**
   * Runs every stage that is needed, side by side, and returns the target as it ended.
   *
   * @param first the number of the first step
   * @param total how many steps there are together with those of other platforms
   */
  StageState run(int first, int total) throws IOException, InterruptedException {
    List<StageRun> planned = plan(first, total);
    lastStep.set(total);
    for (StageRun run : planned) {
      runs.put(run.stage().index(), run);
      stages.put(run.stage().index(), new FutureTask<>(run::run));
    }
    List<Thread> threads = new ArrayList<>();
    for (StageRun run : planned.subList(0, planned.size() - 1)) {
      threads.add(Thread.ofVirtual().name("stage " + run.stage().index()).start(task(run.stage())));
    }
    boolean complete = false;
    try {
      // The last one runs here: a build of one stage needs no thread.
      task(graph.target()).run();
      StageState end = result(graph.target());
      StageState done = request.squash() ? new Squash(this).of(planned.getLast().base(), end) : end;
      complete = true;
      return done;
    } finally {
      for (Thread thread : threads) {
        thread.interrupt();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      remember(complete);
    }
  }

  private void remember(boolean complete) {
    if (!request.remembered()) {
      return;
    }
    try {
      memory.save(complete);
    } catch (IOException e) {
      // A full disk: the next build cannot say what changed, and that is all.
    }
  }

  private List<StageRun> plan(int first, int total) {
    List<StageRun> planned = new ArrayList<>();
    int number = first;
    for (Stage stage : graph.needed()) {
      List<BuildEvent.Step> its = steps.of(stage, number, total);
      number += its.size();
      planned.add(new StageRun(this, stage, its, steps.labels(stage)));
    }
    return planned;
  }

  /** The end of a stage, for one that builds on it; waits for it. */
  StageState result(Stage stage) throws IOException, InterruptedException {
    FutureTask<StageState> task = task(stage);
    // Whoever comes first carries it out: for one that was not planned nobody else will.
    task.run();
    try {
      return task.get();
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNull(e.getCause());
      switch (cause) {
        case IOException failure -> throw failure;
        case InterruptedException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        default -> throw new IllegalStateException(cause);
      }
    }
  }

  private FutureTask<StageState> task(Stage stage) {
    return stages.computeIfAbsent(stage.index(), index -> late(stage));
  }

  /** A stage that only a trigger of an image names, which was not known before that was there. */
  private FutureTask<StageState> late(Stage stage) {
    int count = BuildSteps.count(stage);
    int total = lastStep.addAndGet(count);
    List<BuildEvent.Step> its = steps.of(stage, total - count + 1, total);
    StageRun run = new StageRun(this, stage, its, steps.labels(stage));
    runs.put(stage.index(), run);
    return new FutureTask<>(run::run);
  }

  /** Its steps. */
  BuildSteps steps() {
    return steps;
  }

  StageGraph graph() {
    return graph;
  }

  /** What FROM lines see. */
  GlobalVariables globals() {
    return globals;
  }

  /** The variables of a stage that builds on one whose {@link #result} is there. */
  StageVariables inherited(Stage stage) {
    return Objects.requireNonNull(runs.get(stage.index())).variables().inherit();
  }

  BuildRequest request() {
    return request;
  }

  Platform platform() {
    return platform;
  }

  Store store() {
    return store;
  }

  Lease lease() {
    return lease;
  }

  /** What is known of files on HTTP servers; nothing where the cache is not to be used. */
  DownloadNotes downloadNotes() {
    return request.remembered()
        ? DownloadNotes.in(store.cacheDirectory().resolve("downloads"), request.useCache())
        : DownloadNotes.NONE;
  }

  /** Where the directories of cache mounts are. */
  synchronized Path cacheMounts() throws IOException {
    if (cacheMounts == null) {
      cacheMounts = request.remembered() ? CacheMounts.in(store) : lease.newDirectory();
    }
    return cacheMounts;
  }

  /** The network of this build's processes. */
  BuildNetwork network() {
    return network;
  }

  StepCache cache() {
    return cache;
  }

  ContextFiles files() {
    return files;
  }

  /** Where stages begin and copy from. */
  BuildSources sources() {
    return sources;
  }

  /** The Dockerfile's text. */
  Source source() {
    return dockerfile.source();
  }

  /** What messages call the Dockerfile. */
  String fileName() {
    return dockerfile.source().fileName();
  }

  void report(BuildEvent event) {
    synchronized (progress) {
      progress.report(event);
    }
  }

  /** Whether a stage's steps may use what earlier builds made. */
  boolean usesCache(Stage stage) {
    return request.useCache()
        && (stage.name() == null || !request.uncachedStages().contains(stage.name()));
  }

  /**
   * What an earlier build made of a step, if there is such and it may be used; reports which it
   * was. To be called once for each step.
   */
  Optional<StepCache.Outcome> recall(
      BuildEvent.Step step, Stage stage, Digest key, StepInputs inputs) throws IOException {
    Optional<StepCache.Outcome> found = usesCache(stage) ? cache.find(key) : Optional.empty();
    note(step, stage, key, inputs, found.isPresent());
    return found;
  }

  /** As {@link #recall}, of a step whose result was looked for already. */
  void note(BuildEvent.Step step, Stage stage, Digest key, StepInputs inputs, boolean found)
      throws IOException {
    boolean untold = found || !request.explain();
    String base = stage.from().image().text();
    List<Reason> reasons =
        memory.note(StageGraph.name(stage), step.number(), base, key, inputs, untold);
    if (!found && Privileges.isRoot() && steps.goOnTheNetwork(stage, step)) {
      network.expect();
    }
    if (found) {
      report(new BuildEvent.Cached(step));
    } else if (!usesCache(stage)) {
      report(new BuildEvent.Missed(step, List.of(cacheOff(stage))));
    } else {
      report(new BuildEvent.Missed(step, reasons));
    }
  }

  private Reason cacheOff(Stage stage) {
    return new Reason.CacheOff(request.useCache() ? stage.name() : null);
  }

  /** Remembers a layer's table of contents; null for a layer that holds nothing. */
  StageState.@Nullable Added keep(Layer layer) throws IOException {
    if (layer.index().entries().isEmpty()) {
      return null;
    }
    store.indexes().put(layer.diffId(), layer.index());
    return StageState.Added.of(layer);
  }

  /** The time that new things get. */
  Instant now() {
    Instant fixed = request.sourceDateEpoch();
    return fixed != null ? fixed : Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  /** The merged view of a state. The caller closes it. */
  ImageTree tree(StageState state) throws IOException {
    return ImageTree.open(store.blobs(), image(state), store.indexes());
  }

  static Image image(StageState state) {
    return Image.of(state.config(), state.layers());
  }

  /**
   * What COPY and ADD take from when no {@code --from} says otherwise.
   *
   * @param tree the context's files
   * @param index what earlier builds know of them
   */
  record ContextFiles(SourceTree tree, ContentIndex index) {}
}
