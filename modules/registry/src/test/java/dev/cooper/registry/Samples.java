package dev.cooper.registry;

import dev.cooper.image.BlobSink;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.Manifest;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.Platform;
import dev.cooper.image.RootFs;
import dev.cooper.image.layer.Compression;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Images made in tests. */
public final class Samples {
  private Samples() {}

  /** A layer of one file, and of so many bytes that nothing packs. */
  public static byte[] layer(String name, int size) throws IOException {
    byte[] content = new byte[size];
    new Random(name.hashCode()).nextBytes(content);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarWriter tar = new TarWriter(bytes)) {
      tar.write(TarEntry.file(name, size), new ByteArrayInputStream(content));
    }
    return bytes.toByteArray();
  }

  public static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = Compression.GZIP.compress(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  public static byte[] config(Platform platform, List<byte[]> layers) {
    return ImageConfig.scratch(platform)
        .withCreated(Instant.parse("2024-05-06T07:08:09Z"))
        .withRootfs(RootFs.of(layers.stream().map(Digest::sha256).toList()))
        .toJson();
  }

  /** An image of these layers, packed or not, in a store. */
  public static Descriptor image(
      BlobSink sink, Platform platform, boolean packed, List<byte[]> layers) throws IOException {
    List<Descriptor> blobs = new ArrayList<>();
    for (byte[] layer : layers) {
      byte[] blob = packed ? gzip(layer) : layer;
      blobs.add(
          Descriptor.of(
              packed ? MediaTypes.OCI_LAYER_GZIP : MediaTypes.OCI_LAYER,
              sink.put(blob),
              blob.length));
    }
    byte[] config = config(platform, layers);
    Descriptor described = Descriptor.of(MediaTypes.OCI_CONFIG, sink.put(config), config.length);
    byte[] manifest = Manifest.of(described, blobs).toJson();
    return Descriptor.of(MediaTypes.OCI_MANIFEST, sink.put(manifest), manifest.length)
        .withPlatform(platform);
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
