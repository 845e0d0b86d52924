package dev.cooper.builder.context;

import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.PathBytes;
import dev.cooper.linux.DirectoryListing;
import dev.cooper.linux.Errno;
import dev.cooper.linux.FileHandle;
import dev.cooper.linux.FileStatus;
import dev.cooper.linux.LinuxException;
import dev.cooper.linux.Xattrs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a folder by system calls: fast, and exact for names that are not valid text. */
final class LinuxFolder implements HostFolder {
  private static final String CAPABILITY = "security.capability";
  private static final Comparator<SourceFile> BY_NAME =
      (a, b) -> PathBytes.compare(a.path(), b.path());

  private final String root;

  LinuxFolder(Path root) {
    this.root = root.toAbsolutePath().normalize().toString();
  }

  @Override
  public @Nullable SourceFile status(String path) throws IOException {
    try {
      return file(path, FileStatus.of(bytes(path)));
    } catch (LinuxException e) {
      if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR)) {
        return null;
      }
      throw e;
    }
  }

  @Override
  public List<SourceFile> list(String path) throws IOException {
    List<DirectoryListing.Entry> entries = DirectoryListing.read(bytes(path));
    List<SourceFile> files = new ArrayList<>(entries.size());
    String prefix = path.isEmpty() ? "" : path + "/";
    for (DirectoryListing.Entry entry : entries) {
      SourceFile file = file(prefix.concat(PathBytes.decode(entry.name())), entry.status());
      if (file != null) {
        files.add(file);
      }
    }
    files.sort(BY_NAME);
    return files;
  }

  @Override
  public String linkTarget(String path) throws IOException {
    return PathBytes.decode(FileHandle.readLink(bytes(path)));
  }

  @Override
  public InputStream open(String path) throws IOException {
    return new HandleStream(FileHandle.open(bytes(path), FileHandle.Access.READ));
  }

  @Override
  public Map<String, byte[]> attributes(String path) throws IOException {
    Optional<byte[]> capability = Xattrs.get(bytes(path), CAPABILITY);
    return capability.isPresent() ? Map.of(CAPABILITY, capability.get()) : Map.of();
  }

  private byte[] bytes(String path) {
    return PathBytes.encode(path.isEmpty() ? root : root + "/" + path);
  }

  private static @Nullable SourceFile file(String path, FileStatus status) {
    EntryType type = EntryTypes.of(status);
    return type == null
        ? null
        : new SourceFile(
            path,
            type,
            status.permissions(),
            Integer.toUnsignedLong(status.uid()),
            Integer.toUnsignedLong(status.gid()),
            type == EntryType.FILE ? status.size() : 0,
            status.modified(),
            status.changed(),
            status.inode(),
            status.device(),
            status.links(),
            status.deviceMajor(),
            status.deviceMinor());
  }
}
