package dev.cooper.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;

/**
 * Where content-addressed bytes come from: a store, an archive, a layout on disk, a registry.
 *
 * <p>A source holds each blob whole or not at all, and never changes it. Safe for use by several
 * threads at once. What it returns need not have been verified against the digest again.
 */
public interface BlobSource {
  /** Whether the blob is here. */
  boolean contains(Digest digest) throws IOException;

  /**
   * The blob's size in bytes.
   *
   * @throws CooperException.NotFound when it is not here
   */
  long size(Digest digest) throws IOException;

  /**
   * The blob from its first byte. The caller closes it; each call starts anew.
   *
   * @throws CooperException.NotFound when it is not here
   */
  InputStream open(Digest digest) throws IOException;

  /**
   * The blob for reading at any position. The caller closes it. A source that is not a disk may
   * copy the blob to a temporary file first.
   *
   * @throws CooperException.NotFound when it is not here
   */
  SeekableByteChannel channel(Digest digest) throws IOException;

  /**
   * The whole blob in memory, for manifests and configs.
   *
   * @throws CooperException.NotFound when it is not here
   * @throws CooperException.Corrupt when it is larger than {@code limit} bytes, or when its bytes
   *     do not have this digest
   */
  default byte[] bytes(Digest digest, int limit) throws IOException {
    try (InputStream in = open(digest)) {
      byte[] bytes = in.readNBytes(limit);
      if (bytes.length == limit && in.read() >= 0) {
        throw new CooperException.Corrupt("blob " + digest + " is larger than " + limit + " bytes");
      }
      byte[] hash = digest.newMessageDigest().digest(bytes);
      if (!java.util.HexFormat.of().formatHex(hash).equals(digest.hex())) {
        throw new CooperException.Corrupt("blob " + digest + " does not match its digest");
      }
      return bytes;
    }
  }
}
