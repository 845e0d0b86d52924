package dev.cooper.builder;

import dev.cooper.builder.exchange.CacheSource;
import dev.cooper.builder.exchange.CacheTarget;
import dev.cooper.builder.run.RunSettings;
import dev.cooper.image.Platform;
import dev.cooper.image.Reference;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What to build, how, and what to call it. Start from {@link #of} and change what differs.
 *
 * @param context where files come from
 * @param dockerfile where the Dockerfile is
 * @param tags names that the image gets; may be empty
 * @param target name or number of the stage to build; null for the last
 * @param arguments {@code --build-arg}: values of ARGs
 * @param labels {@code --label}: labels of the image, stronger than the Dockerfile's
 * @param platforms what to build for; empty for this machine's; of several, the image is an index
 * @param useCache whether results of earlier builds may be used
 * @param remembered whether later builds may use what this one does. Otherwise it leaves nothing
 *     behind but its outputs: no results of steps, no digests of the context's files, and cache
 *     mounts that begin empty and are thrown away
 * @param uncachedStages names of stages whose steps are done again in any case
 * @param pull whether base images are looked for in a registry even if they are here
 * @param network what RUN may reach unless it says otherwise
 * @param sourceDateEpoch the time that everything new in the image gets, which makes its digest
 *     depend on inputs alone; null for the clock's
 * @param secrets what {@code RUN --mount=type=secret} may have, by id
 * @param agents sockets that {@code RUN --mount=type=ssh} may have, by id
 * @param namedContexts {@code --build-context}: files or images in the place of what the Dockerfile
 *     calls by these names
 * @param squash whether the layers that the build adds become one
 * @param outputs where the result goes; empty for the store alone
 * @param cacheFrom where results of steps are taken from that the store does not have
 * @param cacheTo where the results of this build's steps go
 * @param explain whether the events of steps say what changed since the last build
 * @param running what holds for the containers of RUN
 * @param debugger who looks into a RUN that failed
 */
public record BuildRequest(
    BuildContext context,
    DockerfileSource dockerfile,
    List<Reference> tags,
    @Nullable String target,
    Map<String, String> arguments,
    Map<String, String> labels,
    List<Platform> platforms,
    boolean useCache,
    boolean remembered,
    List<String> uncachedStages,
    boolean pull,
    Network network,
    @Nullable Instant sourceDateEpoch,
    Map<String, Secret> secrets,
    Map<String, Path> agents,
    Map<String, BuildContext> namedContexts,
    boolean squash,
    List<BuildOutput> outputs,
    List<CacheSource> cacheFrom,
    List<CacheTarget> cacheTo,
    boolean explain,
    RunSettings running,
    Debugger debugger) {

  /** What the processes of RUN may reach. */
  public enum Network {
    /** The world, from behind a bridge of their own. */
    DEFAULT,
    /** Nothing. */
    NONE,
    /** What this machine reaches, as itself. */
    HOST
  }

  /** Something that a RUN may read and that is kept nowhere. */
  public sealed interface Secret {
    /** The content of a file of this machine. */
    record File(Path path) implements Secret {}

    /**
     * Bytes that are already here, such as a variable's.
     *
     * @param bytes not to be changed by anyone
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Text(byte[] bytes) implements Secret {}
  }

  public BuildRequest {
    Objects.requireNonNull(context);
    Objects.requireNonNull(dockerfile);
    Objects.requireNonNull(network);
    Objects.requireNonNull(running);
    Objects.requireNonNull(debugger);
    tags = List.copyOf(tags);
    cacheFrom = List.copyOf(cacheFrom);
    cacheTo = List.copyOf(cacheTo);
    platforms = List.copyOf(platforms);
    outputs = List.copyOf(outputs);
    namedContexts = Map.copyOf(namedContexts);
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    uncachedStages = List.copyOf(uncachedStages);
    secrets = Map.copyOf(secrets);
    agents = Map.copyOf(agents);
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  /** The last stage of the context's Dockerfile, with the cache, untagged. */
  public static BuildRequest of(BuildContext context) {
    return new Draft(context).finish();
  }

  public BuildRequest withContext(BuildContext changed) {
    return with(draft -> draft.context = changed);
  }

  public BuildRequest withDockerfile(DockerfileSource changed) {
    return with(draft -> draft.dockerfile = changed);
  }

  public BuildRequest withTags(List<Reference> changed) {
    return with(draft -> draft.tags = changed);
  }

  public BuildRequest withTarget(@Nullable String changed) {
    return with(draft -> draft.target = changed);
  }

  public BuildRequest withArguments(Map<String, String> changed) {
    return with(draft -> draft.arguments = changed);
  }

  public BuildRequest withLabels(Map<String, String> changed) {
    return with(draft -> draft.labels = changed);
  }

  public BuildRequest withPlatforms(List<Platform> changed) {
    return with(draft -> draft.platforms = changed);
  }

  public BuildRequest withUseCache(boolean changed) {
    return with(draft -> draft.useCache = changed);
  }

  public BuildRequest withRemembered(boolean changed) {
    return with(draft -> draft.remembered = changed);
  }

  public BuildRequest withUncachedStages(List<String> changed) {
    return with(draft -> draft.uncachedStages = changed);
  }

  public BuildRequest withPull(boolean changed) {
    return with(draft -> draft.pull = changed);
  }

  public BuildRequest withNetwork(Network changed) {
    return with(draft -> draft.network = changed);
  }

  public BuildRequest withSourceDateEpoch(@Nullable Instant changed) {
    return with(draft -> draft.sourceDateEpoch = changed);
  }

  public BuildRequest withSecrets(Map<String, Secret> changed) {
    return with(draft -> draft.secrets = changed);
  }

  public BuildRequest withAgents(Map<String, Path> changed) {
    return with(draft -> draft.agents = changed);
  }

  public BuildRequest withNamedContexts(Map<String, BuildContext> changed) {
    return with(draft -> draft.namedContexts = changed);
  }

  public BuildRequest withSquash(boolean changed) {
    return with(draft -> draft.squash = changed);
  }

  public BuildRequest withOutputs(List<BuildOutput> changed) {
    return with(draft -> draft.outputs = changed);
  }

  public BuildRequest withCacheFrom(List<CacheSource> changed) {
    return with(draft -> draft.cacheFrom = changed);
  }

  public BuildRequest withCacheTo(List<CacheTarget> changed) {
    return with(draft -> draft.cacheTo = changed);
  }

  public BuildRequest withExplain(boolean changed) {
    return with(draft -> draft.explain = changed);
  }

  public BuildRequest withRunning(RunSettings changed) {
    return with(draft -> draft.running = changed);
  }

  public BuildRequest withDebugger(Debugger changed) {
    return with(draft -> draft.debugger = changed);
  }

  private BuildRequest with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.finish();
  }

  /** A request while one part of it is changed. */
  private static final class Draft {
    private BuildContext context;
    private DockerfileSource dockerfile = DockerfileSource.DEFAULT;
    private List<Reference> tags = List.of();
    private @Nullable String target;
    private Map<String, String> arguments = Map.of();
    private Map<String, String> labels = Map.of();
    private List<Platform> platforms = List.of();
    private boolean useCache = true;
    private boolean remembered = true;
    private List<String> uncachedStages = List.of();
    private boolean pull;
    private Network network = Network.DEFAULT;
    private @Nullable Instant sourceDateEpoch;
    private Map<String, Secret> secrets = Map.of();
    private Map<String, Path> agents = Map.of();
    private Map<String, BuildContext> namedContexts = Map.of();
    private boolean squash;
    private List<BuildOutput> outputs = List.of();
    private List<CacheSource> cacheFrom = List.of();
    private List<CacheTarget> cacheTo = List.of();
    private boolean explain;
    private RunSettings running = RunSettings.STANDARD;
    private Debugger debugger = Debugger.NONE;

    Draft(BuildContext context) {
      this.context = context;
    }

    Draft(BuildRequest request) {
      this.context = request.context;
      this.dockerfile = request.dockerfile;
      this.tags = request.tags;
      this.target = request.target;
      this.arguments = request.arguments;
      this.labels = request.labels;
      this.platforms = request.platforms;
      this.useCache = request.useCache;
      this.remembered = request.remembered;
      this.uncachedStages = request.uncachedStages;
      this.pull = request.pull;
      this.network = request.network;
      this.sourceDateEpoch = request.sourceDateEpoch;
      this.secrets = request.secrets;
      this.agents = request.agents;
      this.namedContexts = request.namedContexts;
      this.squash = request.squash;
      this.outputs = request.outputs;
      this.cacheFrom = request.cacheFrom;
      this.cacheTo = request.cacheTo;
      this.explain = request.explain;
      this.running = request.running;
      this.debugger = request.debugger;
    }

    BuildRequest finish() {
      return new BuildRequest(
          context,
          dockerfile,
          tags,
          target,
          arguments,
          labels,
          platforms,
          useCache,
          remembered,
          uncachedStages,
          pull,
          network,
          sourceDateEpoch,
          secrets,
          agents,
          namedContexts,
          squash,
          outputs,
          cacheFrom,
          cacheTo,
          explain,
          running,
          debugger);
    }
  }
}
