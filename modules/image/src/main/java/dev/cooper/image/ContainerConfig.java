package dev.cooper.image;

import io.avaje.jsonb.Json;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an image says about running it: image-spec's config.md "config", with Docker's additions
 * (health check, triggers, shell). Collections are never null, and cannot be changed; {@code with…}
 * gives a copy with one thing changed.
 *
 * @param user user and group to run as, {@code user[:group]}; empty for root
 * @param exposedPorts ports the program listens on, {@code 80/tcp}
 * @param env {@code NAME=value}, in order
 * @param entrypoint the command's fixed head; empty when there is none
 * @param cmd the command's tail, or the whole command; empty when there is none
 * @param volumes paths that get a volume of their own
 * @param workingDir where the command starts; empty for {@code /}
 * @param labels metadata, in the order of keys
 * @param stopSignal the signal that stops the program; null for the default
 * @param argsEscaped Windows only: whether the command is escaped already; null for no
 * @param healthcheck how to find out whether the container is well; null to inherit none
 * @param onBuild instructions for an image built from this one
 * @param shell the shell of shell-form instructions; empty for the default
 */
@RecordBuilder
@Json(caseInsensitiveKeys = true)
public record ContainerConfig(
    @Json.Property("User") @Json.Serializer(JsonText.class) String user,
    @Json.Property("ExposedPorts") @Json.Serializer(JsonNames.class) Set<String> exposedPorts,
    @Json.Property("Env") @Json.Serializer(JsonTexts.class) List<String> env,
    @Json.Property("Entrypoint") @Json.Serializer(JsonTexts.class) List<String> entrypoint,
    @Json.Property("Cmd") @Json.Serializer(JsonTexts.class) List<String> cmd,
    @Json.Property("Volumes") @Json.Serializer(JsonNames.class) Set<String> volumes,
    @Json.Property("WorkingDir") @Json.Serializer(JsonText.class) String workingDir,
    @Json.Property("Labels") @Json.Serializer(JsonLabels.class) Map<String, String> labels,
    @Json.Property("StopSignal") @Nullable String stopSignal,
    @Json.Property("ArgsEscaped") @Nullable Boolean argsEscaped,
    @Json.Property("Healthcheck") @Nullable Healthcheck healthcheck,
    @Json.Property("OnBuild") @Json.Serializer(JsonTexts.class) List<String> onBuild,
    @Json.Property("Shell") @Json.Serializer(JsonTexts.class) List<String> shell)
    implements ContainerConfigBuilder.With {
  /** The config that says nothing: root, {@code /}, no command. */
  public static final ContainerConfig EMPTY =
      new ContainerConfig(
          "", Set.of(), List.of(), List.of(), List.of(), Set.of(), "", Map.of(), null, null, null,
          List.of(), List.of());

  public ContainerConfig {
    user = user == null ? "" : user;
    exposedPorts = sorted(exposedPorts);
    env = copy(env);
    entrypoint = copy(entrypoint);
    cmd = copy(cmd);
    volumes = sorted(volumes);
    workingDir = workingDir == null ? "" : workingDir;
    labels = Descriptor.sorted(labels);
    stopSignal = stopSignal == null || stopSignal.isEmpty() ? null : stopSignal;
    argsEscaped = Boolean.TRUE.equals(argsEscaped) ? true : null;
    onBuild = copy(onBuild);
    shell = copy(shell);
  }

  /** The environment by name, in its order; what is no {@code NAME=value} is left out. */
  public Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String variable : env) {
      int equals = variable.indexOf('=');
      if (equals > 0) {
        variables.put(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    return variables;
  }

  private static List<String> copy(@Nullable List<String> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  private static Set<String> sorted(@Nullable Set<String> set) {
    return set == null || set.isEmpty()
        ? Set.of()
        : Collections.unmodifiableSet(new TreeSet<>(set));
  }
}
