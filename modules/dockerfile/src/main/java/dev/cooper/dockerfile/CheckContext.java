package dev.cooper.dockerfile;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a Dockerfile is checked against.
 *
 * @param ignoreFile the context's ignored paths
 * @param buildArguments values given by the user
 * @param platformArguments see {@link PlatformArguments}
 * @param images what is known of base images; in a stage on one that is not known, undefined
 *     variables are not reported, since the image may set them
 * @param stages the indexes of the stages to look into; null for all. What concerns FROM lines and
 *     names is always checked
 * @param options what replaces the file's own check directive; null if nothing does
 */
public record CheckContext(
    IgnoreFile ignoreFile,
    Map<String, String> buildArguments,
    Map<String, String> platformArguments,
    BaseImage.Lookup images,
    @Nullable Set<Integer> stages,
    Directives.@Nullable CheckOptions options) {

  /** A build for Linux on x86-64 without arguments. */
  public static CheckContext of(IgnoreFile ignoreFile) {
    return new CheckContext(
        ignoreFile,
        Map.of(),
        PlatformArguments.of("linux/amd64", "linux/amd64", null),
        BaseImage.Lookup.NONE,
        null,
        null);
  }
}
