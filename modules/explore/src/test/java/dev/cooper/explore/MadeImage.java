package dev.cooper.explore;

import dev.cooper.image.BlobSource;
import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.History;
import dev.cooper.image.Image;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.Manifest;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.Platform;
import dev.cooper.image.RootFs;
import dev.cooper.image.layer.LayerIndexCache;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/** An image made in memory, layer by layer, for tests. */
public final class MadeImage implements BlobSource {
  private final Map<Digest, byte[]> blobs = new HashMap<>();
  private final List<Descriptor> layers = new ArrayList<>();
  private final List<Digest> diffIds = new ArrayList<>();
  private final List<History> history = new ArrayList<>();
  private ImageConfig config = ImageConfig.scratch(new Platform("linux", "amd64", null));
  private boolean compressed;

  /** What one layer holds. */
  public static final class Layer {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarWriter tar = new TarWriter(bytes);

    public Layer file(String path, String content) {
      return file(TarEntry.file(path, 0), content.getBytes(StandardCharsets.UTF_8));
    }

    public Layer program(String path, byte[] content) {
      return file(TarEntry.file(path, 0).withMode(0755), content);
    }

    public Layer file(TarEntry entry, byte[] content) {
      try {
        tar.write(entry.withSize(content.length), new ByteArrayInputStream(content));
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    public Layer sized(String path, int size) {
      return file(TarEntry.file(path, 0), new byte[size]);
    }

    public Layer entry(TarEntry entry) {
      try {
        tar.write(entry, InputStream.nullInputStream());
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    public Layer directory(String path) {
      return entry(TarEntry.directory(path));
    }

    public Layer link(String path, String target) {
      return entry(TarEntry.symlink(path, target));
    }

    public Layer remove(String path) {
      return entry(TarEntry.whiteout(path));
    }

    Layer opaque(String path) {
      return entry(TarEntry.opaque(path));
    }

    private byte[] bytes() {
      try {
        tar.close();
        return bytes.toByteArray();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public MadeImage compressed() {
    compressed = true;
    return this;
  }

  public MadeImage layer(String instruction, UnaryOperator<Layer> content) {
    byte[] tar = content.apply(new Layer()).bytes();
    diffIds.add(Digest.sha256(tar));
    byte[] blob = compressed ? gzip(tar) : tar;
    layers.add(put(compressed ? MediaTypes.OCI_LAYER_GZIP : MediaTypes.OCI_LAYER, blob));
    history.add(new History(null, instruction, null, null, null));
    return this;
  }

  public MadeImage step(String instruction) {
    history.add(new History(null, instruction, null, null, true));
    return this;
  }

  public MadeImage config(UnaryOperator<ImageConfig> change) {
    config = change.apply(config);
    return this;
  }

  Descriptor put(String mediaType, byte[] bytes) {
    Digest digest = Digest.sha256(bytes);
    blobs.put(digest, bytes);
    return new Descriptor(mediaType, digest, bytes.length, Map.of(), null);
  }

  /** Damages a layer's blob. */
  public MadeImage damage(int layer, int length) {
    Digest digest = layers.get(layer).digest();
    blobs.put(digest, java.util.Arrays.copyOf(blobs.get(digest), length));
    return this;
  }

  public Image image() {
    ImageConfig whole = config.withRootfs(RootFs.of(diffIds)).withHistory(history);
    Descriptor configBlob = put(MediaTypes.OCI_CONFIG, whole.toJson());
    Manifest manifest = Manifest.of(configBlob, layers);
    Descriptor manifestBlob = put(MediaTypes.OCI_MANIFEST, manifest.toJson());
    return new Image(manifestBlob.digest(), manifest, configBlob.digest(), whole);
  }

  public ExploredImage open() {
    try {
      return ExploredImage.open(this, image(), LayerIndexCache.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean contains(Digest digest) {
    return blobs.containsKey(digest);
  }

  @Override
  public long size(Digest digest) {
    return bytes(digest).length;
  }

  @Override
  public InputStream open(Digest digest) {
    return new ByteArrayInputStream(bytes(digest));
  }

  @Override
  public SeekableByteChannel channel(Digest digest) throws IOException {
    Path file = Files.createTempFile("cooper-test", ".blob");
    Files.write(file, bytes(digest));
    return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
  }

  private byte[] bytes(Digest digest) {
    byte[] bytes = blobs.get(digest);
    if (bytes == null) {
      throw new CooperException.NotFound("no blob " + digest);
    }
    return bytes;
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
