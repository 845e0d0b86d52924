package dev.cooper.store;

import dev.cooper.image.BlobSink;
import dev.cooper.image.BlobSource;
import dev.cooper.image.BlobWriter;
import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The store's blobs: files named by their digest, {@code blobs/<algorithm>/<hex>}, as an OCI image
 * layout has them. A blob is there whole or not at all, however a writer ends.
 *
 * <p>A blob that nothing reaches from a name, a container or a cache entry lives only as long as
 * somebody holds a {@link Lease}.
 */
public final class Blobs implements BlobSource, BlobSink {
  private final Layout layout;
  private final Locks locks;

  Blobs(Layout layout, Locks locks) {
    this.layout = layout;
    this.locks = locks;
  }

  @Override
  public boolean contains(Digest digest) {
    return Files.isRegularFile(path(digest), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public long size(Digest digest) throws IOException {
    try {
      return Files.size(path(digest));
    } catch (NoSuchFileException e) {
      throw absent(digest, e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>The stream computes the digest as it is read. Whoever reads it to its end has read the true
   * bytes: at the end, a blob that was damaged on the disk is a {@link CooperException.Corrupt}.
   */
  @Override
  public InputStream open(Digest digest) throws IOException {
    return new VerifyingStream(openUnverified(digest), digest, path(digest));
  }

  /** As {@link #open}, for a reader who verifies what it reads in another way. */
  InputStream openUnverified(Digest digest) throws IOException {
    try {
      return Files.newInputStream(path(digest));
    } catch (NoSuchFileException e) {
      throw absent(digest, e);
    }
  }

  @Override
  public SeekableByteChannel channel(Digest digest) throws IOException {
    try {
      return Files.newByteChannel(path(digest), StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw absent(digest, e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>The writer holds off the garbage collector until it is closed. To keep the blob after that,
   * hold a {@link Lease} from before until the blob is reachable.
   */
  @Override
  public BlobWriter begin() throws IOException {
    return new BlobFile(this, layout, locks.shared(Layout.LEASE));
  }

  /**
   * Reads the blob and compares it with its digest.
   *
   * @throws CooperException.Corrupt when they differ
   * @throws CooperException.NotFound when it is not here
   */
  public void verify(Digest digest) throws IOException {
    try (InputStream in = open(digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  /** Where the blob's file is or would be; for reading only. */
  public Path path(Digest digest) {
    return layout.blobs().resolve(digest.algorithm()).resolve(digest.hex());
  }

  /** Makes sure that these blobs outlive a machine that stops; costs nothing for those that do. */
  void seal(Iterable<Digest> digests) throws IOException {
    boolean renamed = false;
    for (Digest digest : digests) {
      Path file = path(digest);
      if (!Durability.isSealed(file)) {
        try {
          Durability.flushAndSeal(file);
        } catch (NoSuchFileException e) {
          throw absent(digest, e);
        }
        renamed = true;
      }
    }
    if (renamed) {
      for (Path algorithm : Layout.entries(layout.blobs())) {
        Durability.flush(algorithm);
      }
    }
  }

  /** Every blob in the store, in no particular order; files with other names are passed over. */
  List<Digest> all() throws IOException {
    List<Digest> digests = new ArrayList<>();
    for (Path algorithm : Layout.entries(layout.blobs())) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(algorithm)) {
        for (Path file : files) {
          String text = algorithm.getFileName() + ":" + file.getFileName();
          if (Digest.isDigest(text)) {
            digests.add(Digest.parse(text));
          }
        }
      } catch (NotDirectoryException e) {
        // A stray file: not ours to judge.
      }
    }
    return digests;
  }

  /** Removes a blob that nothing reaches; the lease is held exclusively. */
  void delete(Digest digest) throws IOException {
    Files.deleteIfExists(path(digest));
  }

  private CooperException absent(Digest digest, IOException cause) {
    return new CooperException.NotFound(
        "no blob " + digest + " in the store at " + layout.root(), null, cause);
  }
}
