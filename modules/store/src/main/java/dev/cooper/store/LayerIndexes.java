package dev.cooper.store;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.layer.Compression;
import dev.cooper.image.layer.LayerIndex;
import dev.cooper.image.layer.LayerIndexCache;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Layers' tables of contents, {@code toc/<diff id>}: a cache, made again from the blob when it is
 * absent or damaged. Each file begins with the sizes of the layer's files together, so that a list
 * of images need not read the table.
 */
public final class LayerIndexes implements LayerIndexCache {
  private static final int MAGIC = 0x43544f31; // "CTO1"

  private final Layout layout;
  private final Blobs blobs;

  LayerIndexes(Layout layout, Blobs blobs) {
    this.layout = layout;
    this.blobs = blobs;
  }

  @Override
  public @Nullable LayerIndex find(Digest diffId) throws IOException {
    Path file = path(diffId);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      readHeader(in);
      return LayerIndex.load(in);
    } catch (NoSuchFileException e) {
      return null;
    } catch (EOFException | CooperException.Corrupt e) {
      // A table of another version or a damaged one: it is only a cache.
      return null;
    }
  }

  @Override
  public void put(Digest diffId, LayerIndex index) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    DataOutputStream header = new DataOutputStream(bytes);
    header.writeInt(MAGIC);
    header.writeLong(sizeOfFiles(index));
    header.flush();
    index.save(bytes);
    Path file = path(diffId);
    Files.createDirectories(layout.tablesOfContents());
    try {
      Durability.replaceCache(file, bytes.toByteArray(), layout.temporary());
    } catch (IOException e) {
      throw StoreFailures.explain(e, layout, "keep a layer's table of contents");
    }
  }

  /**
   * The table of a layer whose blob is here, from the cache or else from the blob.
   *
   * @throws CooperException.NotFound when the blob is needed and not here
   * @throws CooperException.Corrupt when the blob is damaged
   */
  public LayerIndex of(Descriptor layer, Digest diffId) throws IOException {
    LayerIndex known = find(diffId);
    if (known != null) {
      return known;
    }
    LayerIndex read;
    try (InputStream tar = Compression.decompressed(blobs.open(layer.digest()))) {
      read = LayerIndex.read(tar);
    }
    put(diffId, read);
    return read;
  }

  /**
   * The sizes of the layer's files together, in bytes: what Docker calls the size of a layer. As
   * {@link #of}.
   */
  public long sizeOfFiles(Descriptor layer, Digest diffId) throws IOException {
    try (InputStream in = Files.newInputStream(path(diffId))) {
      return readHeader(in);
    } catch (NoSuchFileException | EOFException | CooperException.Corrupt e) {
      return sizeOfFiles(of(layer, diffId));
    }
  }

  private static long sizeOfFiles(LayerIndex index) {
    long size = 0;
    for (LayerIndex.Entry entry : index.entries()) {
      size += entry.entry().size();
    }
    return size;
  }

  private static long readHeader(InputStream in) throws IOException {
    DataInputStream header = new DataInputStream(in);
    if (header.readInt() != MAGIC) {
      throw new CooperException.Corrupt("not a table of contents");
    }
    return header.readLong();
  }

  private Path path(Digest diffId) {
    return layout.tablesOfContents().resolve(diffId.hex());
  }
}
