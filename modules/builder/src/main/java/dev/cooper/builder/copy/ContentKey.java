package dev.cooper.builder.copy;

import dev.cooper.builder.context.SourceFile;
import dev.cooper.builder.context.SourceTree;
import dev.cooper.image.Digest;
import dev.cooper.image.layer.PathBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The digest of what a selection copies: names, types, permission bits, link targets and contents.
 * Neither times nor owners count, so that a fresh checkout of the same files has the same key.
 */
final class ContentKey {
  private static final int BUFFER = 64 * 1024;

  private final MessageDigest digest = Digest.newSha256();
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

  private final boolean owners;

  private ContentKey(boolean owners) {
    this.owners = owners;
  }

  /** Where the contents' digests are found while a key is made. */
  interface Contents {
    /** The SHA-256 of a regular file's bytes. */
    byte[] of(SourceFile file);
  }

  /**
   * @param owners whether the files' owners count
   */
  static Digest of(SourceTree tree, Selection selection, boolean owners, Contents contents)
      throws IOException {
    ContentKey key = new ContentKey(owners);
    for (Selection.Source source : selection.sources()) {
      key.text(source.isDirectory() ? "directory" : "file");
      key.text(source.isDirectory() ? "" : source.name());
      int prefix = source.isDirectory() ? length(source.top().path()) : -1;
      key.number(source.files().size());
      for (SourceFile file : source.files()) {
        key.file(tree, file, prefix, contents);
      }
    }
    return key.finish();
  }

  private static int length(String directory) {
    return directory.isEmpty() ? 0 : directory.length() + 1;
  }

  private void file(SourceTree tree, SourceFile file, int prefix, Contents contents)
      throws IOException {
    text(prefix < 0 ? "" : file.path().substring(prefix));
    text(file.type().name());
    number(file.mode());
    if (owners) {
      text(file.uid() + ":" + file.gid());
    }
    switch (file.type()) {
      case FILE -> {
        bytes(contents.of(file));
        for (Map.Entry<String, byte[]> attribute : tree.attributes(file).entrySet()) {
          text(attribute.getKey());
          bytes(attribute.getValue());
        }
      }
      case SYMLINK -> text(tree.linkTarget(file));
      case CHARACTER_DEVICE, BLOCK_DEVICE -> {
        number(file.deviceMajor());
        number(file.deviceMinor());
      }
      default -> {}
    }
  }

  private void text(@Nullable String text) {
    bytes(PathBytes.encode(text == null ? "" : text));
  }

  /** Lengths go before bytes, so that no two sequences look alike. */
  private void bytes(byte[] bytes) {
    number(bytes.length);
    if (bytes.length > buffer.remaining()) {
      flush();
    }
    if (bytes.length > buffer.remaining()) {
      digest.update(bytes);
    } else {
      buffer.put(bytes);
    }
  }

  private void number(int number) {
    if (buffer.remaining() < Integer.BYTES) {
      flush();
    }
    buffer.putInt(number);
  }

  private void flush() {
    digest.update(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  private Digest finish() {
    flush();
    return Digest.ofSha256(digest.digest());
  }
}
