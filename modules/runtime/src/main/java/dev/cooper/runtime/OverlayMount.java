package dev.cooper.runtime;

import dev.cooper.linux.Errno;
import dev.cooper.linux.FileHandle;
import dev.cooper.linux.FileSystemContext;
import dev.cooper.linux.LinuxException;
import dev.cooper.linux.Mounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Layers seen as one directory (overlayfs). Writing goes to {@code upper}; the layers stay as they
 * are. Up to 500 layers, the kernel's limit.
 */
public final class OverlayMount {
  /** mount(2) takes one page of options; what is longer goes option by option. */
  private static final int PAGE = 4095;

  private OverlayMount() {}

  /**
   * Mounts {@code lower} under {@code upper} at {@code target}.
   *
   * @param lower the layers' directories, bottom first, at least one
   * @param upper takes the changes; null for a read-only view, which needs two layers
   * @param work an empty directory on the same file system as {@code upper}; null without it
   * @param target an existing directory
   * @throws IOException from the kernel; nothing is mounted then
   */
  public static void mount(List<Path> lower, @Nullable Path upper, @Nullable Path work, Path target)
      throws IOException {
    List<Path> topFirst = new ArrayList<>(lower.reversed());
    if (topFirst.isEmpty() || (upper == null) != (work == null)) {
      throw new IllegalArgumentException("an overlay needs a layer, and upper and work together");
    }
    String options = options(topFirst, upper, work);
    if (options.getBytes(StandardCharsets.UTF_8).length <= PAGE) {
      Mounts.mount("overlay", target, "overlay", Set.of(), options);
      return;
    }
    try {
      mountStepwise(topFirst, upper, work, target);
    } catch (LinuxException e) {
      // Linux before 6.5 has no such options, and before 5.2 no such calls.
      if (!e.is(Errno.EINVAL) && !e.is(Errno.ENOSYS)) {
        throw e;
      }
      mountByDescriptors(topFirst, upper, work, target);
    }
  }

  /** Unmounts what {@link #mount} mounted; does nothing if nothing is mounted there. */
  public static void unmount(Path target) throws IOException {
    try {
      Mounts.unmount(target);
    } catch (LinuxException e) {
      if (e.is(Errno.EBUSY)) {
        Mounts.detach(target);
      } else if (!e.is(Errno.EINVAL) && !e.is(Errno.ENOENT)) {
        throw e;
      }
    }
  }

  private static String options(List<Path> topFirst, @Nullable Path upper, @Nullable Path work) {
    StringBuilder options = new StringBuilder("lowerdir=");
    for (int i = 0; i < topFirst.size(); i++) {
      options.append(i == 0 ? "" : ":").append(escape(topFirst.get(i), ":,"));
    }
    if (upper != null && work != null) {
      options.append(",upperdir=").append(escape(upper, ","));
      options.append(",workdir=").append(escape(work, ","));
    }
    return options.toString();
  }

  private static String escape(Path path, String special) {
    StringBuilder escaped = new StringBuilder();
    for (char c : path.toString().toCharArray()) {
      if (c == '\\' || special.indexOf(c) >= 0) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  /** Layers under the short names that open descriptors have, for some 200 of them to a page. */
  static void mountByDescriptors(
      List<Path> topFirst, @Nullable Path upper, @Nullable Path work, Path target)
      throws LinuxException {
    List<FileHandle> handles = new ArrayList<>();
    try {
      List<Path> names = new ArrayList<>();
      for (Path layer : topFirst) {
        FileHandle handle = FileHandle.open(layer, FileHandle.Access.NAME_ONLY);
        handles.add(handle);
        names.add(handle.path());
      }
      Mounts.mount("overlay", target, "overlay", Set.of(), options(names, upper, work));
    } finally {
      handles.forEach(FileHandle::close);
    }
  }

  private static void mountStepwise(
      List<Path> topFirst, @Nullable Path upper, @Nullable Path work, Path target)
      throws LinuxException {
    try (FileSystemContext overlay = FileSystemContext.open("overlay")) {
      overlay.set("source", "overlay");
      for (Path layer : topFirst) {
        overlay.set("lowerdir+", layer);
      }
      if (upper != null && work != null) {
        overlay.set("upperdir", upper);
        overlay.set("workdir", work);
      }
      overlay.mount(target);
    }
  }
}
