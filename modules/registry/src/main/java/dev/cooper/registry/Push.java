package dev.cooper.registry;

import dev.cooper.image.BlobSink;
import dev.cooper.image.BlobSource;
import dev.cooper.image.BlobWriter;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.Index;
import dev.cooper.image.Manifest;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.Platform;
import dev.cooper.image.layer.Compression;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends an image to a registry. Layers that are packed go as they are; others are packed with gzip
 * first, always into the same bytes. The config, and with it the image's id, stays the same.
 */
public final class Push {
  private final Registry registry;
  private final BlobSource blobs;
  private final BlobSink sink;
  private final PackedLayers packed;
  private final LayerProgress progress;

  /**
   * @param blobs has the image
   * @param sink where packed layers are kept until they are sent; {@code blobs} reads from it
   */
  public Push(
      Registry registry,
      BlobSource blobs,
      BlobSink sink,
      PackedLayers packed,
      LayerProgress progress) {
    this.registry = registry;
    this.blobs = blobs;
    this.sink = sink;
    this.packed = packed;
    this.progress = progress;
  }

  /**
   * Sends all images of an index, and then the index, and gives it a tag.
   *
   * @param target the index; everything that it leads to is in the source
   * @return the index in the registry: another than here if layers were packed
   */
  public Descriptor pushIndex(Descriptor target, String tag) throws IOException {
    byte[] json = blobs.bytes(target.digest(), Image.DOCUMENT_LIMIT);
    Index index = Index.parse(json);
    List<Descriptor> entries = new ArrayList<>();
    for (Descriptor entry : index.manifests()) {
      Descriptor there = push(Image.read(blobs, entry, Platform.host()), entry.mediaType(), null);
      entries.add(there.withPlatform(entry.platform()).withAnnotations(entry.annotations()));
    }
    String type = target.mediaType();
    if (!entries.equals(index.manifests())) {
      type = MediaTypes.OCI_INDEX;
      json = index.withManifests(type, entries).toJson();
    }
    registry.putManifest(tag, type, json);
    return Descriptor.of(type, json);
  }

  /**
   * Sends it, and gives it a tag there once everything is there.
   *
   * @param tag null for none: it is there by its digest alone
   * @return the manifest in the registry
   */
  public Descriptor push(Image image, String mediaType, @Nullable String tag) throws IOException {
    List<Descriptor> layers = layers(image);
    Descriptor config = image.manifest().config();
    if (!registry.has(config.digest())) {
      registry.upload(config, () -> blobs.open(config.digest()));
    }
    boolean unchanged = layers.equals(image.layers());
    String type = unchanged ? mediaType : MediaTypes.OCI_MANIFEST;
    byte[] json =
        unchanged
            ? blobs.bytes(image.manifestDigest(), Image.DOCUMENT_LIMIT)
            : packed(image.manifest(), layers);
    Descriptor manifest = Descriptor.of(type, json);
    registry.putManifest(tag == null ? manifest.digest().toString() : tag, type, json);
    return manifest;
  }

  /** The manifest with other layers. */
  private static byte[] packed(Manifest manifest, List<Descriptor> layers) {
    return new Manifest(
            manifest.schemaVersion(),
            MediaTypes.OCI_MANIFEST,
            manifest.artifactType(),
            manifest.config().withMediaType(MediaTypes.OCI_CONFIG),
            layers,
            manifest.subject(),
            manifest.annotations())
        .toJson();
  }

  /** Sends the layers; returns what they are there. */
  private List<Descriptor> layers(Image image) throws IOException {
    Map<Digest, Descriptor> sent = new HashMap<>();
    try (SideBySide work = new SideBySide()) {
      for (int i = 0; i < image.layers().size(); i++) {
        Descriptor layer = image.layers().get(i);
        Digest diffId = image.diffIds().get(i);
        if (sent.put(layer.digest(), layer) == null) {
          tell(diffId, LayerProgress.State.WAITING, 0, 0);
          work.add(
              () -> {
                Descriptor there = layer(layer, diffId);
                synchronized (sent) {
                  sent.put(layer.digest(), there);
                }
              });
        }
      }
      work.await();
    }
    List<Descriptor> layers = new ArrayList<>();
    for (Descriptor layer : image.layers()) {
      Descriptor there = Objects.requireNonNull(sent.get(layer.digest()));
      layers.add(there.withAnnotations(layer.annotations()));
    }
    return layers;
  }

  /** Sends one layer; returns what it is there. */
  private Descriptor layer(Descriptor layer, Digest diffId) throws IOException {
    Descriptor known = isPlain(layer) ? packed.find(diffId) : layer;
    if (known != null && registry.has(known.digest())) {
      tell(diffId, LayerProgress.State.PRESENT, 0, 0);
      return known;
    }
    Descriptor ready = known;
    if (ready == null || !blobs.contains(ready.digest())) {
      ready = pack(layer);
      packed.put(diffId, ready);
      if (registry.has(ready.digest())) {
        tell(diffId, LayerProgress.State.PRESENT, 0, 0);
        return ready;
      }
    }
    Descriptor body = ready;
    registry.upload(body, () -> counted(blobs.open(body.digest()), diffId, body.size()));
    tell(diffId, LayerProgress.State.DONE, body.size(), body.size());
    return body;
  }

  /** Whether it is a tar that is not packed; of what else an image may hold nothing is packed. */
  private boolean isPlain(Descriptor layer) throws IOException {
    if (!MediaTypes.isLayer(layer.mediaType())) {
      return false;
    }
    byte[] head = new byte[Compression.MAGIC_LENGTH];
    try (InputStream in = blobs.open(layer.digest())) {
      int length = in.readNBytes(head, 0, head.length);
      return Compression.detect(head, length) == Compression.NONE;
    }
  }

  private Descriptor pack(Descriptor layer) throws IOException {
    try (BlobWriter writer = sink.begin()) {
      long[] size = new long[1];
      OutputStream counting =
          new OutputStream() {
            @Override
            public void write(int value) throws IOException {
              writer.stream().write(value);
              size[0]++;
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
              writer.stream().write(bytes, offset, length);
              size[0] += length;
            }
          };
      try (InputStream in = blobs.open(layer.digest());
          OutputStream out = Compression.GZIP.compress(counting)) {
        in.transferTo(out);
      }
      Digest digest = writer.commit();
      return Descriptor.of(MediaTypes.OCI_LAYER_GZIP, digest, size[0]);
    }
  }

  private InputStream counted(InputStream in, Digest diffId, long size) {
    return new FilterInputStream(in) {
      private long done;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        if (count > 0) {
          done += count;
          tell(diffId, LayerProgress.State.MOVING, done, size);
        }
        return count;
      }
    };
  }

  private void tell(Digest layer, LayerProgress.State state, long done, long total) {
    synchronized (progress) {
      progress.layer(layer, state, done, total);
    }
  }
}
