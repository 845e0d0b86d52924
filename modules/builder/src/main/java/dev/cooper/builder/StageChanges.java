package dev.cooper.builder;

import dev.cooper.builder.context.ImageSource;
import dev.cooper.builder.context.SourceFile;
import dev.cooper.builder.copy.FileChange;
import dev.cooper.builder.copy.Selection;
import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.RootFs;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.ImageTree;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How what a COPY takes out of a stage or an image differs from what it took when the last build
 * did it. Told only as long as the layers of that time are in the store.
 */
final class StageChanges {
  private static final int BUFFER = 1 << 16;

  /** What a COPY takes from an image. */
  interface Taking {
    Selection from(ImageSource image) throws IOException;
  }

  private final Build build;
  private final StageState source;
  private final Taking taking;

  StageChanges(Build build, StageState source, Taking taking) {
    this.build = build;
    this.source = source;
    this.taking = taking;
  }

  /** What stands for an image's files in the memory of builds. */
  static String identity(StageState source) {
    return String.join(" ", source.diffIds().stream().map(Digest::toString).toList());
  }

  /**
   * The differences, by path.
   *
   * @param before the {@link #identity} of last time
   * @return nothing if that is no longer known, or if what is copied is the same
   */
  List<FileChange> since(String before) throws IOException {
    StageState earlier = earlier(before);
    if (earlier == null) {
      return List.of();
    }
    try (ImageTree old = build.tree(earlier);
        ImageTree now = build.tree(source)) {
      return compare(old, earlier.diffIds(), now, source.diffIds());
    } catch (CooperException e) {
      // It was not there last time, or a layer is damaged: the copying itself will tell.
      return List.of();
    }
  }

  /** The image as it was; null if one of its layers is gone. */
  private @Nullable StageState earlier(String before) throws IOException {
    List<Digest> diffIds = new ArrayList<>();
    List<Descriptor> layers = new ArrayList<>();
    for (String word : before.isEmpty() ? new String[0] : before.split(" ")) {
      Digest diffId;
      try {
        diffId = Digest.parse(word);
      } catch (CooperException.InvalidInput e) {
        return null;
      }
      int same = source.diffIds().indexOf(diffId);
      if (same >= 0) {
        layers.add(source.layers().get(same));
      } else if (build.store().blobs().contains(diffId)) {
        long size = build.store().blobs().size(diffId);
        layers.add(Descriptor.of(MediaTypes.OCI_LAYER, diffId, size));
      } else {
        return null;
      }
      diffIds.add(diffId);
    }
    return new StageState(source.config().withRootfs(RootFs.of(diffIds)), layers, source.key());
  }

  private List<FileChange> compare(
      ImageTree old, List<Digest> oldLayers, ImageTree now, List<Digest> layers)
      throws IOException {
    Map<String, SourceFile> before = files(old);
    Map<String, SourceFile> after = files(now);
    List<FileChange> changes = new ArrayList<>();
    for (SourceFile file : after.values()) {
      SourceFile was = before.remove(file.path());
      if (was == null) {
        changes.add(FileChange.of(file.path(), FileChange.Kind.ADDED));
        continue;
      }
      FileNode a = Objects.requireNonNull(old.tree().lookup(file.path()));
      FileNode b = Objects.requireNonNull(now.tree().lookup(file.path()));
      // A layer has a path once: what both have from the same layer is the same.
      if (oldLayers.get(a.layer()).equals(layers.get(b.layer()))) {
        continue;
      }
      if (!isSame(old, a, was, now, b, file)) {
        changes.add(FileChange.of(file.path(), FileChange.Kind.CHANGED));
      } else if (was.mode() != file.mode()) {
        changes.add(new FileChange(file.path(), FileChange.Kind.MODE, was.mode(), file.mode()));
      }
    }
    before.keySet().forEach(path -> changes.add(FileChange.of(path, FileChange.Kind.REMOVED)));
    changes.sort(Comparator.comparing(FileChange::path));
    return changes;
  }

  private Map<String, SourceFile> files(ImageTree image) throws IOException {
    Map<String, SourceFile> files = new TreeMap<>();
    for (SourceFile file : taking.from(new ImageSource(image, "")).files()) {
      files.put(file.path(), file);
    }
    return files;
  }

  /** Whether two files are the same but for their permission bits and times. */
  private static boolean isSame(
      ImageTree old, FileNode a, SourceFile was, ImageTree now, FileNode b, SourceFile file)
      throws IOException {
    if (was.type() != file.type()
        || was.uid() != file.uid()
        || was.gid() != file.gid()
        || was.size() != file.size()
        || was.deviceMajor() != file.deviceMajor()
        || was.deviceMinor() != file.deviceMinor()) {
      return false;
    }
    if (file.isLink()) {
      return a.entry().linkTarget().equals(b.entry().linkTarget());
    }
    if (!file.isRegular()) {
      return true;
    }
    try (InputStream one = old.content().open(a);
        InputStream other = now.content().open(b)) {
      while (true) {
        byte[] left = one.readNBytes(BUFFER);
        if (!Arrays.equals(left, other.readNBytes(BUFFER))) {
          return false;
        }
        if (left.length < BUFFER) {
          return true;
        }
      }
    }
  }
}
