package dev.cooper.disk;

import dev.cooper.image.CooperException;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.PathBytes;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.FileTree;
import dev.cooper.image.tree.TreeContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of a file system to be written: those of an image, and what a machine needs beside
 * them.
 */
public final class DiskTree {
  /** The longest path that Linux opens, in bytes, the NUL at its end left out. */
  private static final int LONGEST_PATH = 4095;

  private static final int LARGEST_TEXT = 4 << 20;

  private static final int LONGEST_NAME = 255;

  private final Node.Directory root;
  private final @Nullable TreeContent stored;

  private DiskTree(Node.Directory root, @Nullable TreeContent stored) {
    this.root = root;
    this.stored = stored;
  }

  /** A tree of nothing but its root. */
  public static DiskTree empty(Node.Attributes root) {
    return new DiskTree(new Node.Directory(root), null);
  }

  /**
   * The files of an image; names of one file stay names of one file.
   *
   * @throws CooperException.InvalidInput when a name, a path, an owner or a link is more than a
   *     Linux file system can hold
   */
  public static DiskTree of(FileTree tree, TreeContent content) {
    Map<FileNode, Node.Directory> directories = new HashMap<>();
    Map<Integer, Node> linked = new HashMap<>();
    Node.Directory root = new Node.Directory(attributes(tree.root().entry()));
    directories.put(tree.root(), root);
    for (FileNode file : tree.walk()) {
      FileNode parent = file.parent();
      if (parent == null) {
        continue;
      }
      byte[] name = checkedName(file);
      Node node = linked.get(file.inodeKey());
      if (node == null) {
        node = node(file);
        if (node instanceof Node.Directory directory) {
          directories.put(file, directory);
        } else if (file.linkCount() > 1) {
          linked.put(file.inodeKey(), node);
        }
      }
      directory(directories, parent).put(name, node);
    }
    return new DiskTree(root, content);
  }

  private static Node.Directory directory(
      Map<FileNode, Node.Directory> directories, FileNode parent) {
    Node.Directory directory = directories.get(parent);
    if (directory == null) {
      throw new IllegalStateException(parent.path() + " comes after what is in it");
    }
    return directory;
  }

  private static byte[] checkedName(FileNode file) {
    byte[] name = PathBytes.encode(file.name());
    if (name.length > LONGEST_NAME) {
      throw new CooperException.InvalidInput(
          "/%s: the name has %d bytes; a file system holds up to %d"
              .formatted(file.path(), name.length, LONGEST_NAME));
    }
    int length = PathBytes.encode(file.path()).length + 1;
    if (length > LONGEST_PATH) {
      throw new CooperException.InvalidInput(
          "/%s...: the path has %d bytes; Linux opens up to %d"
              .formatted(file.path().substring(0, 60), length, LONGEST_PATH));
    }
    return name;
  }

  private static Node node(FileNode file) {
    TarEntry entry = file.entry();
    Node.Attributes attributes = attributes(entry);
    return switch (file.type()) {
      case FILE -> new Node.RegularFile(attributes, entry.size(), new Node.Content.Stored(file));
      case DIRECTORY -> new Node.Directory(attributes);
      case SYMLINK -> new Node.SymbolicLink(attributes, checkedTarget(entry));
      case CHARACTER_DEVICE -> special(attributes, Node.Special.Kind.CHARACTER_DEVICE, entry);
      case BLOCK_DEVICE -> special(attributes, Node.Special.Kind.BLOCK_DEVICE, entry);
      case FIFO -> new Node.Special(attributes, Node.Special.Kind.FIFO, 0, 0);
      case HARD_LINK -> throw new IllegalStateException(EntryType.HARD_LINK + " in a merged view");
    };
  }

  private static Node special(Node.Attributes attributes, Node.Special.Kind kind, TarEntry entry) {
    int major = entry.deviceMajor();
    int minor = entry.deviceMinor();
    if (major < 0 || major >= 1 << 12 || minor < 0 || minor >= 1 << 20) {
      throw new CooperException.InvalidInput(
          "/%s: Linux has no device numbers %d, %d".formatted(entry.path(), major, minor));
    }
    return new Node.Special(attributes, kind, major, minor);
  }

  private static byte[] checkedTarget(TarEntry entry) {
    byte[] target = PathBytes.encode(entry.linkTarget());
    if (target.length == 0 || target.length > LONGEST_PATH) {
      throw new CooperException.InvalidInput(
          "/%s: a symbolic link's target has 1 to %d bytes, not %d"
              .formatted(entry.path(), LONGEST_PATH, target.length));
    }
    return target;
  }

  private static Node.Attributes attributes(TarEntry entry) {
    if (entry.uid() >>> 32 != 0 || entry.gid() >>> 32 != 0) {
      throw new CooperException.InvalidInput(
          "/%s: owner %d:%d is beyond 32 bits".formatted(entry.path(), entry.uid(), entry.gid()));
    }
    return new Node.Attributes(
        entry.mode(),
        entry.uid(),
        entry.gid(),
        entry.modified().getEpochSecond(),
        entry.modified().getNano(),
        entry.xattrs());
  }

  public Node.Directory root() {
    return root;
  }

  /** What is at a path, no link followed; null when nothing is. */
  public @Nullable Node lookup(String path) {
    Node node = root;
    for (String name : path.split("/")) {
      if (!name.isEmpty()) {
        if (!(node instanceof Node.Directory directory)) {
          return null;
        }
        node = directory.entry(PathBytes.encode(name));
      }
      if (node == null) {
        return null;
      }
    }
    return node;
  }

  /** What is at a path, links followed inside the tree; null when nothing is. */
  public @Nullable Node resolve(String path) {
    return new PathWalk(root).resolve(path);
  }

  /**
   * The text of the file at a path, links followed; empty when there is none.
   *
   * @throws CooperException.InvalidInput when it is not a regular file of up to 4 MiB
   */
  public String text(String path) throws IOException {
    Node node = resolve(path);
    if (node == null) {
      return "";
    }
    if (!(node instanceof Node.RegularFile file) || file.size() > LARGEST_TEXT) {
      throw new CooperException.InvalidInput("/" + path + " in the image is not a text file");
    }
    try (InputStream in = open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Whether a regular file is at a path, links followed. */
  public boolean hasFile(String path) {
    return resolve(path) instanceof Node.RegularFile;
  }

  /**
   * The directory at a path, made where it is not there, with the root's time and mode 0755.
   * Symbolic links on the way are followed, as long as they stay within the tree's directories.
   *
   * @throws CooperException.InvalidInput when something else is in the way
   */
  public Node.Directory directory(String path) {
    return new PathWalk(root).directory(path);
  }

  /** Puts a node at a path, in the place of what was there; directories on the way are made. */
  public void put(String path, Node node) {
    int slash = path.lastIndexOf('/');
    Node.Directory parent = directory(slash < 0 ? "" : path.substring(0, slash));
    parent.put(PathBytes.encode(path.substring(slash + 1)), node);
  }

  /** Puts a file of that text, owned by root and dated as the root directory is. */
  public void putText(String path, int mode, String text) {
    putBytes(path, mode, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts a file of those bytes, owned by root and dated as the root directory is. */
  public void putBytes(String path, int mode, byte[] bytes) {
    Node.Content content = new Node.Content.Given(() -> new ByteArrayInputStream(bytes));
    put(path, new Node.RegularFile(rootOwned(mode), bytes.length, content));
  }

  /** Puts a copy of a file of this computer, owned by root and dated as the root directory is. */
  public void putCopy(String path, int mode, Path source) throws IOException {
    Node.Content content = new Node.Content.Given(() -> Files.newInputStream(source));
    put(path, new Node.RegularFile(rootOwned(mode), Files.size(source), content));
  }

  /** Puts a symbolic link, owned by root and dated as the root directory is. */
  public void putLink(String path, String target) {
    put(path, new Node.SymbolicLink(rootOwned(0777), PathBytes.encode(target)));
  }

  private Node.Attributes rootOwned(int mode) {
    return Node.Attributes.ofRoot(mode, root.attributes().seconds());
  }

  /** What is done with each file of {@link #read}; the stream need not be closed. */
  @FunctionalInterface
  public interface Reader {
    void read(Node.RegularFile file, InputStream content) throws IOException;
  }

  /** The bytes of one file of this tree. The caller closes the stream. */
  public InputStream open(Node.RegularFile file) throws IOException {
    return switch (file.content()) {
      case Node.Content.Given given -> given.source().open();
      case Node.Content.Stored at -> stored().open(at.file());
    };
  }

  /** Reads many files of this tree, each once, in the order in which that is fastest. */
  public void read(Collection<Node.RegularFile> files, Reader reader) throws IOException {
    Map<FileNode, Node.RegularFile> byNode = new HashMap<>();
    List<FileNode> inLayers = new ArrayList<>();
    for (Node.RegularFile file : files) {
      switch (file.content()) {
        case Node.Content.Given given -> {
          try (InputStream content = given.source().open()) {
            reader.read(file, content);
          }
        }
        case Node.Content.Stored at -> {
          byNode.put(at.file(), file);
          inLayers.add(at.file());
        }
      }
    }
    if (!inLayers.isEmpty()) {
      stored()
          .forEachInStorageOrder(
              inLayers,
              (node, content) -> {
                Node.RegularFile file = byNode.remove(node);
                if (file != null) {
                  reader.read(file, content);
                }
              });
    }
  }

  private TreeContent stored() {
    if (stored == null) {
      throw new IllegalStateException("a tree without an image has files of an image");
    }
    return stored;
  }
}
