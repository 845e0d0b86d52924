package dev.cooper.builder.context;

import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.PathBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a folder by Java's own means, on systems that are not Linux. Where files have no permission
 * bits everything is 0755, as Docker's client does on Windows.
 */
final class PortableFolder implements HostFolder {
  private static final int NO_BITS = 0755;

  private final Path root;
  private final boolean posix;

  PortableFolder(Path root) {
    this.root = root;
    this.posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  @Override
  public @Nullable SourceFile status(String path) throws IOException {
    try {
      return read(path, root.resolve(path));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return null;
    }
  }

  @Override
  public List<SourceFile> list(String path) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(path))) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        SourceFile file = status(path.isEmpty() ? name : path + "/" + name);
        if (file != null) {
          files.add(file);
        }
      }
    }
    files.sort((a, b) -> PathBytes.compare(a.path(), b.path()));
    return files;
  }

  @Override
  public String linkTarget(String path) throws IOException {
    return Files.readSymbolicLink(root.resolve(path)).toString().replace('\\', '/');
  }

  @Override
  public InputStream open(String path) throws IOException {
    return Files.newInputStream(root.resolve(path), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public Map<String, byte[]> attributes(String path) {
    return Map.of();
  }

  private @Nullable SourceFile read(String path, Path file) throws IOException {
    BasicFileAttributes attributes =
        posix
            ? Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
            : Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    EntryType type;
    if (attributes.isRegularFile()) {
      type = EntryType.FILE;
    } else if (attributes.isDirectory()) {
      type = EntryType.DIRECTORY;
    } else if (attributes.isSymbolicLink()) {
      type = EntryType.SYMLINK;
    } else {
      return null;
    }
    Object key = attributes.fileKey();
    return new SourceFile(
        path,
        type,
        attributes instanceof PosixFileAttributes permissions ? bits(permissions) : NO_BITS,
        0,
        0,
        type == EntryType.FILE ? attributes.size() : 0,
        attributes.lastModifiedTime().toInstant(),
        attributes.lastModifiedTime().toInstant(),
        key == null ? 0 : key.hashCode(),
        0,
        1,
        0,
        0);
  }

  private static int bits(PosixFileAttributes attributes) {
    // "rwxr-x---", a character for each bit.
    String text = PosixFilePermissions.toString(attributes.permissions());
    int bits = 0;
    for (int i = 0; i < text.length(); i++) {
      bits = bits << 1 | (text.charAt(i) == '-' ? 0 : 1);
    }
    return bits;
  }
}
