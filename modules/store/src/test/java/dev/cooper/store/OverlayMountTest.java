package dev.cooper.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.LayerIndex;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.FileTree;
import dev.cooper.linux.FileStatus;
import dev.cooper.linux.MountFlag;
import dev.cooper.linux.Mounts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Assumptions;

/**
 * Unpacked layers under a real overlay mount show what {@link FileTree} computes from the tars, for
 * any layers whatever: the two ways to see an image agree.
 */
class OverlayMountTest {
  private static Path directory = Path.of("/");
  private static boolean possible;

  /** One thing in a layer; what of it makes sense is used. */
  record Change(String kind, String path, String other, int number) {
    void addTo(Samples.Tar tar) throws IOException {
      switch (kind) {
        case "file" -> tar.file(path, "x".repeat(number), 0600 + number, number, 1);
        case "directory" -> tar.directory(path, 0700 + number, 2, number);
        case "symlink" -> tar.symlink(path, (number % 2 == 0 ? "/" : "") + other);
        case "link" -> tar.hardLink(path, other);
        case "whiteout" -> tar.file(sibling(".wh." + name()), "");
        case "opaque" -> tar.file(path + "/.wh..wh..opq", "");
        default -> throw new IllegalArgumentException(kind);
      }
    }

    private String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }

    private String sibling(String name) {
      return path.substring(0, path.lastIndexOf('/') + 1) + name;
    }
  }

  @Provide
  Arbitrary<List<List<Change>>> stacks() {
    Arbitrary<String> path =
        Arbitraries.of("a", "b", "c")
            .list()
            .ofMinSize(1)
            .ofMaxSize(3)
            .map(p -> String.join("/", p));
    Arbitrary<String> kind =
        Arbitraries.frequencyOf(
            Tuple.of(5, Arbitraries.just("file")),
            Tuple.of(5, Arbitraries.just("directory")),
            Tuple.of(2, Arbitraries.just("symlink")),
            Tuple.of(2, Arbitraries.just("link")),
            Tuple.of(4, Arbitraries.just("whiteout")),
            Tuple.of(2, Arbitraries.just("opaque")));
    Arbitrary<Change> change =
        Combinators.combine(kind, path, path, Arbitraries.integers().between(0, 7)).as(Change::new);
    return change.list().ofMaxSize(6).list().ofMinSize(1).ofMaxSize(4);
  }

  @BeforeContainer
  static void prepare() throws IOException {
    directory = Files.createTempDirectory("overlay");
    possible = System.getProperty("user.name").equals("root");
  }

  @AfterContainer
  static void cleanUp() throws IOException {
    TreeRemoval.remove(directory);
  }

  @Property(tries = 200)
  void theMountShowsWhatTheTreeSays(@ForAll("stacks") List<List<Change>> stack) throws IOException {
    Assumptions.assumeTrue(possible, "mounting an overlay needs root");
    Store store = Store.open(directory.resolve("store"));
    List<Descriptor> layers = new ArrayList<>();
    List<Digest> diffIds = new ArrayList<>();
    List<LayerIndex> indexes = new ArrayList<>();
    for (List<Change> changes : stack) {
      Samples.Tar tar = Samples.tar();
      for (Change change : changes) {
        change.addTo(tar);
      }
      byte[] bytes = tar.toBytes();
      Digest digest = store.blobs().put(bytes);
      layers.add(Descriptor.of("layer", digest, bytes.length));
      diffIds.add(digest);
      indexes.add(LayerIndex.read(new ByteArrayInputStream(bytes)));
    }
    FileTree tree;
    try {
      tree = FileTree.of(indexes);
    } catch (CooperException.Corrupt e) {
      assertThat(catchThrowable(() -> store.layers().unpack(layers, diffIds)))
          .as("the tree refuses: " + e.getMessage())
          .isInstanceOf(CooperException.Corrupt.class);
      return;
    }
    assertThat(seen(store.layers().unpack(layers, diffIds))).isEqualTo(said(tree));
  }

  private static Map<String, String> said(FileTree tree) {
    Map<String, String> said = new TreeMap<>();
    for (FileNode node : tree.walk()) {
      String size = node.type() == EntryType.FILE ? " " + node.entry().size() : "";
      String mode =
          node.type() == EntryType.SYMLINK ? "" : " " + Integer.toOctalString(node.entry().mode());
      said.put(
          "/" + node.path(),
          node.type()
              + mode
              + " "
              + node.entry().uid()
              + ":"
              + node.entry().gid()
              + size
              + " "
              + node.entry().linkTarget()
              + " "
              + node.entry().modified());
    }
    return said;
  }

  private static Map<String, String> seen(List<Path> layers) throws IOException {
    Path empty = Files.createDirectories(directory.resolve("empty"));
    Path mount = Files.createDirectories(directory.resolve("mount"));
    StringBuilder lower = new StringBuilder("lowerdir=");
    layers.reversed().forEach(layer -> lower.append(layer).append(':'));
    Mounts.mount(
        "overlay", mount, "overlay", Set.of(MountFlag.READ_ONLY), lower.toString() + empty);
    try {
      Map<String, String> seen = new TreeMap<>();
      see(mount, "/", seen);
      return seen;
    } finally {
      Mounts.detach(mount);
    }
  }

  private static void see(Path file, String path, Map<String, String> seen) throws IOException {
    FileStatus status = FileStatus.of(file);
    EntryType type =
        status.isDirectory()
            ? EntryType.DIRECTORY
            : status.isLink()
                ? EntryType.SYMLINK
                : status.isRegular() ? EntryType.FILE : EntryType.CHARACTER_DEVICE;
    seen.put(
        path,
        type
            + (status.isLink() ? "" : " " + Integer.toOctalString(status.permissions()))
            + " "
            + status.uid()
            + ":"
            + status.gid()
            + (status.isRegular() ? " " + status.size() : "")
            + " "
            + (status.isLink() ? Files.readSymbolicLink(file) : "")
            + " "
            + status.modified());
    if (status.isDirectory()) {
      for (Path child : Layout.entries(file)) {
        see(child, (path.equals("/") ? "/" : path + "/") + child.getFileName(), seen);
      }
    }
  }
}
