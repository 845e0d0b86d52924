package dev.cooper.base;

import dev.cooper.image.BlobSink;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.History;
import dev.cooper.image.Image;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.Platform;
import dev.cooper.image.RootFs;
import dev.cooper.image.layer.Layer;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * An image of one layer that is about to be made.
 *
 * @param platform what it runs on
 * @param config how to run it
 * @param origin what it was made of, for its history: one line
 * @param dockerfile the Dockerfile that would make the same, for whoever wants to learn how
 * @param content its layer
 */
public record BaseImage(
    Platform platform, ContainerConfig config, String origin, String dockerfile, Content content) {
  /** The content of a layer, which may be written any number of times, always the same. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes it.
     *
     * @throws dev.cooper.image.CooperException when what it is made of cannot be read; then there
     *     is no new blob
     */
    Layer writeTo(BlobSink sink) throws IOException;
  }

  /**
   * An image that was written to a sink.
   *
   * @param manifest the manifest: what a name is given to
   * @param id the digest of the config, Docker's image id
   * @param layer its layer
   */
  public record Written(Descriptor manifest, Digest id, Layer layer) {}

  /** The same image for another platform. */
  public BaseImage withPlatform(Platform changed) {
    return new BaseImage(changed, config, origin, dockerfile, content);
  }

  /** The same files, run in another way. */
  public BaseImage withConfig(ContainerConfig changed) {
    return new BaseImage(platform, changed, origin, dockerfile, content);
  }

  /**
   * The same image, which tells how far it is while it is written.
   *
   * @param written told the number of bytes of the layer so far, often
   */
  public BaseImage observed(LongConsumer written) {
    return new BaseImage(
        platform,
        config,
        origin,
        dockerfile,
        sink -> content.writeTo(new ObservedSink(sink, written)));
  }

  /**
   * Writes layer, config and manifest. The same image with the same time has the same digests.
   *
   * @param created when the image was made, as it says itself
   */
  public Written writeTo(BlobSink sink, Instant created) throws IOException {
    Layer layer = content.writeTo(sink);
    ImageConfig described =
        ImageConfig.scratch(platform)
            .withCreated(created)
            .withConfig(config)
            .withRootfs(RootFs.of(List.of(layer.diffId())))
            .withHistory(List.of(new History(created, origin, null, null, null)));
    Image image = Image.of(described, List.of(layer.blob()));
    return new Written(image.writeTo(sink), image.configDigest(), layer);
  }
}
