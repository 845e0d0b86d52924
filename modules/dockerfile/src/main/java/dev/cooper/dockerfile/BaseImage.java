package dev.cooper.dockerfile;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What checks need to know of an image that a stage starts from.
 *
 * @param environment its variables
 * @param hasShell whether its configuration sets a SHELL
 * @param platform {@code linux/amd64} and the like; null if it is not known
 */
public record BaseImage(
    Map<String, String> environment, boolean hasShell, @Nullable String platform) {

  /** What {@code scratch} is: nothing but the PATH that every Linux container has. */
  public static final BaseImage SCRATCH =
      new BaseImage(
          Map.of("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
          false,
          null);

  public BaseImage {
    environment = Map.copyOf(environment);
  }

  /** Where checks look images up. */
  @FunctionalInterface
  public interface Lookup {
    /** No image is known. */
    Lookup NONE = name -> null;

    /** The image of a name as a FROM writes it, or null if it is not known. */
    @Nullable BaseImage find(String name);
  }
}
