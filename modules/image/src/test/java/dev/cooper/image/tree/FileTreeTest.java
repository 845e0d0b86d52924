package dev.cooper.image.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.LayerIndex;
import dev.cooper.image.layer.TarEntry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileTreeTest {
  @Test
  void theEmptyTreeHasARoot() {
    FileTree tree = FileTree.of(List.of());
    assertThat(tree.size()).isEqualTo(1);
    assertThat(tree.root().entry()).isEqualTo(TarEntry.directory(""));
    assertThat(tree.root().layer()).isEqualTo(FileNode.IMPLIED);
    assertThat(tree.lookup("/")).isSameAs(tree.root());
    assertThat(tree.lookup("")).isSameAs(tree.root());
  }

  @Test
  void siblingsAreInByteOrder() {
    FileTree tree =
        tree(layer(file("b"), file("a/z"), file("a-b"), file("\uFFFD"), file("\uD83D\uDE00")));
    assertThat(paths(tree)).containsExactly("", "a", "a/z", "a-b", "b", "\uFFFD", "\uD83D\uDE00");
  }

  @Test
  void aWhiteoutHidesWhatIsBelowOnly() {
    FileTree tree =
        tree(
            layer(dir("d"), file("d/a"), file("d/b"), file("x")),
            layer(file("d/a"), TarEntry.whiteout("d/a"), TarEntry.whiteout("x"), file("y")));
    assertThat(paths(tree)).containsExactly("", "d", "d/a", "d/b", "y");
    assertThat(tree.lookup("d/a").layer()).isEqualTo(1);
    assertThat(tree.removals())
        .extracting(removal -> removal.path() + removal.layer() + removal.removedBy())
        .containsExactly("d/a01", "x01");
  }

  @Test
  void anOpaqueDirectoryKeepsItsOwnLayersEntriesWhereverTheMarkStands() {
    FileTree tree =
        tree(
            layer(dir("d").withMode(0700), file("d/a"), dir("d/s"), file("d/s/t")),
            layer(file("d/new"), TarEntry.opaque("d"), file("d/last")));
    assertThat(paths(tree)).containsExactly("", "d", "d/last", "d/new");
    assertThat(tree.lookup("d").entry().mode()).isEqualTo(0700);
    assertThat(tree.removals())
        .extracting(FileTree.Removal::path)
        .containsExactly("d/a", "d/s", "d/s/t");
  }

  @Test
  void anOpaqueRootHidesAll() {
    FileTree tree = tree(layer(file("a"), file("b/c")), layer(TarEntry.opaque(""), file("d")));
    assertThat(paths(tree)).containsExactly("", "d");
  }

  @Test
  void aWhiteoutOfADirectoryAlsoListedMakesItOpaque() {
    FileTree tree = tree(layer(file("d/a")), layer(dir("d"), file("d/b"), TarEntry.whiteout("d")));
    assertThat(paths(tree)).containsExactly("", "d", "d/b");
  }

  @Test
  void aDirectoryListedAgainChangesItsAttributesAndKeepsItsContents() {
    FileTree tree =
        tree(
            layer(dir("d").withOwner(1, 2), file("d/a")),
            layer(file("other")),
            layer(dir("d").withMode(0711)),
            layer(dir("d").withMode(0700)));
    FileNode directory = tree.lookup("d");
    assertThat(directory.entry()).isEqualTo(dir("d").withMode(0700));
    assertThat(directory.layer()).isEqualTo(3);
    assertThat(directory.shadowed()).containsExactly(0, 2);
    assertThat(directory.children()).hasSize(1);
  }

  @Test
  void filesAndDirectoriesReplaceEachOther() {
    FileTree tree =
        tree(
            layer(file("a/x"), file("b"), dir("a").withMode(0711)),
            layer(file("a"), file("b/y")),
            layer(dir("a")));
    assertThat(paths(tree)).containsExactly("", "a", "b", "b/y");
    assertThat(tree.lookup("a").shadowed()).containsExactly(0, 1);
    assertThat(tree.lookup("b").entry()).isEqualTo(dir("b"));
    assertThat(tree.lookup("b").layer()).isEqualTo(FileNode.IMPLIED);
    assertThat(tree.lookup("b").shadowed()).containsExactly(0);
    assertThat(tree.removals()).containsExactly(new FileTree.Removal("a/x", file("a/x"), 0, 1));
  }

  @Test
  void impliedDirectoriesKeepTheAttributesOfTheLayerBelow() {
    FileTree tree = tree(layer(dir("a").withMode(01777)), layer(file("a/b/c")));
    assertThat(tree.lookup("a").entry().mode()).isEqualTo(01777);
    assertThat(tree.lookup("a").layer()).isZero();
    assertThat(tree.lookup("a/b").entry()).isEqualTo(dir("a/b"));
    assertThat(tree.lookup("a/b").layer()).isEqualTo(FileNode.IMPLIED);
  }

  @Test
  void hardLinksShareAnInodeAcrossLayers() {
    FileTree tree =
        tree(
            layer(file("a", 7).withOwner(3, 4), TarEntry.hardLink("b", "a"), file("other")),
            layer(TarEntry.hardLink("d/c", "b")));
    FileNode a = tree.lookup("a");
    FileNode c = tree.lookup("d/c");
    assertThat(c.inodeKey()).isEqualTo(a.inodeKey()).isNotEqualTo(tree.lookup("other").inodeKey());
    assertThat(a.linkCount()).isEqualTo(3);
    assertThat(c.entry()).isEqualTo(file("d/c", 7).withOwner(3, 4));
    assertThat(c.layer()).isEqualTo(1);
    assertThat(c.contentLayer()).isZero();
  }

  @Test
  void aNameReplacedLeavesTheOtherNamesOfItsFile() {
    FileTree tree =
        tree(
            layer(file("a", 1), TarEntry.hardLink("b", "a"), TarEntry.hardLink("c", "a")),
            layer(file("a", 2), TarEntry.whiteout("c")));
    assertThat(tree.lookup("b").size()).isEqualTo(1);
    assertThat(tree.lookup("b").linkCount()).isEqualTo(1);
    assertThat(tree.lookup("a").linkCount()).isEqualTo(1);
  }

  @Test
  void aHardLinkMayComeBeforeItsFileAndMayNameALink() {
    FileTree tree =
        tree(
            layer(
                TarEntry.hardLink("b", "a"),
                file("a", 5),
                TarEntry.symlink("s", "a"),
                TarEntry.hardLink("t", "s")));
    assertThat(tree.lookup("b").inodeKey()).isEqualTo(tree.lookup("a").inodeKey());
    assertThat(tree.lookup("t").isSymlink()).isTrue();
    assertThat(tree.lookup("t").linkCount()).isEqualTo(2);
  }

  @Test
  void aHardLinkToNothingOrToADirectoryIsCorrupt() {
    assertThatThrownBy(() -> tree(layer(), layer(TarEntry.hardLink("d/b", "a"))))
        .isInstanceOf(CooperException.Corrupt.class)
        .hasMessage("layer 1: d/b: hard link to a, which is not there");
    assertThatThrownBy(() -> tree(layer(dir("a"), TarEntry.hardLink("b", "a"))))
        .isInstanceOf(CooperException.Corrupt.class)
        .hasMessage("layer 0: b: hard link to a directory, a");
    assertThatThrownBy(
            () ->
                tree(layer(file("a")), layer(TarEntry.whiteout("a"), TarEntry.hardLink("b", "a"))))
        .isInstanceOf(CooperException.Corrupt.class);
  }

  @Test
  void ofTwoEntriesAtOnePathTheLaterCounts() {
    FileTree tree = tree(layer(file("a", 1), file("a", 2), dir("b"), file("b/c"), file("b", 3)));
    assertThat(tree.lookup("a").size()).isEqualTo(2);
    assertThat(tree.lookup("a").shadowed()).isEmpty();
    assertThat(tree.lookup("b").isFile()).isTrue();
    assertThat(tree.removals()).isEmpty();
  }

  @Test
  void aLinkAboveAnEntryIsFollowedInItsOwnLayerAndReplacedFromBelow() {
    FileTree same = tree(layer(TarEntry.symlink("lib", "../usr/lib"), file("lib/x/y")));
    assertThat(paths(same))
        .containsExactly("", "lib", "usr", "usr/lib", "usr/lib/x", "usr/lib/x/y");
    FileTree below = tree(layer(TarEntry.symlink("lib", "/usr/lib")), layer(file("lib/x")));
    assertThat(paths(below)).containsExactly("", "lib", "lib/x");
    assertThat(below.lookup("lib").isDirectory()).isTrue();
    assertThatThrownBy(
            () -> tree(layer(TarEntry.symlink("a", "b"), TarEntry.symlink("b", "a"), file("a/x"))))
        .isInstanceOf(CooperException.Corrupt.class)
        .hasMessageContaining("too many symbolic links");
  }

  @Test
  void aFileThatHoldsFilesIsCorrupt() {
    assertThatThrownBy(() -> tree(layer(file("a"), file("a/b"))))
        .isInstanceOf(CooperException.Corrupt.class);
  }

  @Test
  void aufsBookkeepingIsNotThere() {
    FileTree tree =
        tree(layer(dir(".wh..wh.plnk"), file(".wh..wh.plnk/1.2"), file(".wh..wh.aufs"), file("a")));
    assertThat(paths(tree)).containsExactly("", "a");
  }

  @Test
  void anOverlaysOwnWhiteoutIsOne() {
    TarEntry mark = TarEntry.device("d/a", EntryType.CHARACTER_DEVICE, 0, 0);
    FileTree tree = tree(layer(file("d/a"), file("d/b")), layer(mark));
    assertThat(paths(tree)).containsExactly("", "d", "d/b");
    assertThat(paths(tree(layer(mark)))).containsExactly("", "d");
  }

  @Test
  void aWhiteoutMustNameSomething() {
    for (String mark : List.of("d/.wh.", "d/.wh..", "d/.wh...")) {
      assertThatThrownBy(() -> tree(layer(file("d/x")), layer(file(mark))))
          .isInstanceOf(CooperException.Corrupt.class);
    }
  }

  @Test
  void resolveFollowsLinksInsideTheTree() {
    FileTree tree =
        tree(
            layer(
                file("usr/bin/sh"),
                TarEntry.symlink("bin", "usr/bin"),
                TarEntry.symlink("abs", "/bin/../bin/./sh"),
                TarEntry.symlink("usr/up", "../../../bin/sh"),
                TarEntry.symlink("loop", "loop"),
                TarEntry.symlink("dangling", "nowhere")));
    FileNode shell = tree.lookup("usr/bin/sh");
    for (String path : List.of("bin/sh", "/bin//sh", "abs", "usr/up", "usr/bin/../../bin/sh")) {
      assertThat(tree.resolve(path)).as(path).isSameAs(shell);
    }
    for (String path :
        List.of("loop", "dangling", "nowhere", "abs/x", "abs/", "abs/.", "usr/bin/sh/..")) {
      assertThat(tree.resolve(path)).as(path).isNull();
    }
    assertThat(tree.resolve("..")).isSameAs(tree.root());
    assertThat(tree.resolve(tree.lookup("usr"), "bin/sh")).isSameAs(shell);
    assertThat(tree.lookup("bin/sh")).isNull();
  }

  @Test
  void directoriesCountTheirSubdirectories() {
    FileTree tree = tree(layer(dir("a"), dir("a/b"), dir("a/c"), file("a/d")));
    assertThat(tree.lookup("a").linkCount()).isEqualTo(4);
    assertThat(tree.root().linkCount()).isEqualTo(3);
  }

  private static FileTree tree(LayerIndex... layers) {
    return FileTree.of(List.of(layers));
  }

  private static LayerIndex layer(TarEntry... entries) {
    List<LayerIndex.Entry> indexed = new ArrayList<>();
    for (TarEntry entry : entries) {
      indexed.add(new LayerIndex.Entry(entry, 0, null));
    }
    return new LayerIndex(indexed);
  }

  private static List<String> paths(FileTree tree) {
    return tree.walk().stream().map(FileNode::path).toList();
  }

  private static TarEntry file(String path) {
    return TarEntry.file(path, 0);
  }

  private static TarEntry file(String path, long size) {
    return TarEntry.file(path, size);
  }

  private static TarEntry dir(String path) {
    return TarEntry.directory(path);
  }
}
