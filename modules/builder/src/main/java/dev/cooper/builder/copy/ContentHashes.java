package dev.cooper.builder.copy;

import dev.cooper.builder.context.SourceFile;
import dev.cooper.builder.context.SourceTree;
import dev.cooper.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Reads files for nothing but their digests. */
final class ContentHashes {
  private static final int BUFFER = 256 * 1024;

  private final SourceTree tree;
  private final MessageDigest digest = Digest.newSha256();
  private final byte[] buffer = new byte[BUFFER];

  ContentHashes(SourceTree tree) {
    this.tree = tree;
  }

  /** The SHA-256 of a regular file's bytes. */
  byte[] of(SourceFile file) throws IOException {
    try (InputStream in = tree.open(file)) {
      for (int count; (count = in.read(buffer, 0, BUFFER)) >= 0; ) {
        digest.update(buffer, 0, count);
      }
    }
    return digest.digest();
  }
}
