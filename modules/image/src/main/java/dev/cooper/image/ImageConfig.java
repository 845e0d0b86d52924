package dev.cooper.image;

import io.avaje.jsonb.Json;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image's config: what it runs on, how to run it, its layers and how it was made (image-spec,
 * config.md). Its JSON's digest is the image id.
 *
 * @param created when the image was made; null when unknown
 * @param author who made it; null when unknown
 * @param architecture processor, by Go's name
 * @param variant processor variant; null when it has none
 * @param os operating system, by Go's name
 * @param osVersion system version that a Windows image needs; null elsewhere
 * @param config how to run it
 * @param rootfs its layers
 * @param history how it was made, oldest first
 */
@RecordBuilder
@Json
public record ImageConfig(
    @Json.Serializer(JsonInstant.class) @Nullable Instant created,
    @Nullable String author,
    String architecture,
    @Nullable String variant,
    String os,
    @Json.Property("os.version") @Nullable String osVersion,
    ContainerConfig config,
    RootFs rootfs,
    List<History> history)
    implements ImageConfigBuilder.With {
  public ImageConfig {
    architecture = architecture == null ? "" : architecture;
    os = os == null ? "" : os;
    config = config == null ? ContainerConfig.EMPTY : config;
    rootfs = rootfs == null ? RootFs.of(List.of()) : rootfs;
    history = history == null ? List.of() : List.copyOf(history);
  }

  /** The image that a {@code FROM scratch} starts from: no layers, no history. */
  public static ImageConfig scratch(Platform platform) {
    return new ImageConfig(
        null,
        null,
        platform.architecture(),
        platform.variant(),
        platform.os(),
        null,
        ContainerConfig.EMPTY,
        RootFs.of(List.of()),
        List.of());
  }

  /**
   * Reads a config's JSON; fields it does not know are passed over.
   *
   * @throws CooperException.Corrupt when it is not a config
   */
  public static ImageConfig parse(byte[] json) {
    return JsonDocuments.parse(ImageConfig.class, json, "image config");
  }

  /**
   * The config as JSON: always the same bytes for equal configs, fields in the specification's
   * order.
   */
  public byte[] toJson() {
    return JsonDocuments.write(ImageConfig.class, this);
  }

  public Platform platform() {
    return new Platform(os, architecture, variant);
  }
}
