package dev.cooper.builder;

import dev.cooper.builder.exchange.CacheSource;
import dev.cooper.builder.exchange.CacheTarget;
import dev.cooper.builder.run.RunSettings;
import dev.cooper.image.Platform;
import dev.cooper.image.Reference;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
@RecordBuilder
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
    Debugger debugger)
    implements BuildRequestBuilder.With {

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
    return BuildRequestBuilder.builder()
        .context(context)
        .dockerfile(DockerfileSource.DEFAULT)
        .tags(List.of())
        .arguments(Map.of())
        .labels(Map.of())
        .platforms(List.of())
        .useCache(true)
        .remembered(true)
        .uncachedStages(List.of())
        .network(Network.DEFAULT)
        .secrets(Map.of())
        .agents(Map.of())
        .namedContexts(Map.of())
        .outputs(List.of())
        .cacheFrom(List.of())
        .cacheTo(List.of())
        .running(RunSettings.STANDARD)
        .debugger(Debugger.NONE)
        .build();
  }
}
