package dev.cooper.image.archive;

import dev.cooper.image.BlobSource;
import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.Index;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An OCI image layout in a folder (image-spec, image-layout.md), as a source of images. */
public final class ImageLayout implements BlobSource {
  private final Path folder;
  private final Index index;

  private ImageLayout(Path folder, Index index) {
    this.folder = folder;
    this.index = index;
  }

  /**
   * Opens the layout.
   *
   * @throws CooperException.NotFound if there is no such folder, or it is no layout
   * @throws CooperException.Corrupt if its table of contents is damaged
   */
  public static ImageLayout open(Path folder) throws IOException {
    Path table = folder.resolve("index.json");
    try (InputStream in = Files.newInputStream(table)) {
      byte[] json = in.readNBytes(Image.DOCUMENT_LIMIT);
      return new ImageLayout(folder, Index.parse(json));
    } catch (NoSuchFileException e) {
      throw new CooperException.NotFound(
          folder + " is no OCI image layout: it has no index.json", null, e);
    }
  }

  /**
   * An image of the layout.
   *
   * @param name a tag, or a digest; null for the only image, or else the one called {@code latest}
   * @throws CooperException.NotFound if there is none, or several and none is the one meant
   */
  public Descriptor find(@Nullable String name) {
    List<Descriptor> all = index.manifests();
    if (name == null && all.size() == 1) {
      return all.getFirst();
    }
    String wanted = name == null ? "latest" : name;
    for (Descriptor entry : all) {
      if (wanted.equals(entry.annotations().get(Descriptor.REF_NAME))
          || wanted.equals(entry.digest().toString())) {
        return entry;
      }
    }
    throw new CooperException.NotFound(folder + " has no image " + wanted);
  }

  private Path path(Digest digest) {
    return folder.resolve("blobs").resolve(digest.algorithm()).resolve(digest.hex());
  }

  @Override
  public boolean contains(Digest digest) {
    return Files.isRegularFile(path(digest));
  }

  @Override
  public long size(Digest digest) throws IOException {
    try {
      return Files.size(path(digest));
    } catch (NoSuchFileException e) {
      throw missing(digest, e);
    }
  }

  @Override
  public InputStream open(Digest digest) throws IOException {
    try {
      return Files.newInputStream(path(digest));
    } catch (NoSuchFileException e) {
      throw missing(digest, e);
    }
  }

  @Override
  public SeekableByteChannel channel(Digest digest) throws IOException {
    try {
      return Files.newByteChannel(path(digest));
    } catch (NoSuchFileException e) {
      throw missing(digest, e);
    }
  }

  private CooperException missing(Digest digest, IOException cause) {
    return new CooperException.NotFound(folder + " has no blob " + digest, null, cause);
  }
}
