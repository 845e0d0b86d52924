package dev.cooper.builder.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.dockerfile.IgnoreFile;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTreeTest {
  @TempDir Path folder;

  @Test
  void listsByByteOrderAndReads() throws Exception {
    Files.writeString(folder.resolve("b"), "bb");
    Files.writeString(folder.resolve("a.c"), "");
    Files.createDirectory(folder.resolve("a"));
    FolderTree tree = new FolderTree(folder);
    List<SourceFile> children = tree.children(tree.lookup(""));
    assertThat(children).extracting(SourceFile::path).containsExactly("a", "a.c", "b");
    try (InputStream in = tree.open(children.get(2))) {
      assertThat(in.readAllBytes()).asString().isEqualTo("bb");
    }
  }

  @Test
  void bothReadersSeeTheSame() throws Exception {
    Files.writeString(folder.resolve("file"), "x");
    Files.createSymbolicLink(folder.resolve("link"), Path.of("file"));
    HostFolder portable = new PortableFolder(folder);
    HostFolder fast = HostFolder.of(folder);
    for (SourceFile file : fast.list("")) {
      SourceFile other = portable.status(file.path());
      assertThat(other.type()).isEqualTo(file.type());
      assertThat(other.size()).isEqualTo(file.size());
      assertThat(other.modified()).isEqualTo(file.modified());
      if (file.isRegular()) {
        assertThat(other.mode()).isEqualTo(file.mode());
      }
    }
    assertThat(portable.linkTarget("link")).isEqualTo(fast.linkTarget("link")).isEqualTo("file");
    assertThat(fast.status("nothing")).isNull();
    assertThat(portable.status("nothing")).isNull();
    assertThat(fast.status("file/below")).isNull();
  }

  @Test
  void anIgnoredDirectoryStaysForWhatIsWantedInIt() throws Exception {
    Files.createDirectories(folder.resolve("d/e"));
    Files.writeString(folder.resolve("d/drop"), "");
    Files.writeString(folder.resolve("d/e/keep"), "");
    Files.createDirectories(folder.resolve("gone/e"));
    SourceTree tree =
        FilteredTree.of(new FolderTree(folder), IgnoreFile.parse("d\ngone\n!d/e/keep\n"));
    assertThat(tree.children(tree.lookup(""))).extracting(SourceFile::path).containsExactly("d");
    assertThat(tree.lookup("d/drop")).isNull();
    assertThat(tree.lookup("d/e/keep")).isNotNull();
    assertThat(tree.lookup("gone")).isNull();
  }

  @Test
  void linksNeverLeadOut() throws Exception {
    Path root = Files.createDirectory(folder.resolve("root"));
    Files.writeString(folder.resolve("secret"), "");
    Files.writeString(root.resolve("inside"), "");
    Files.createSymbolicLink(root.resolve("up"), Path.of("../secret"));
    Files.createSymbolicLink(root.resolve("absolute"), folder.resolve("secret"));
    Files.createSymbolicLink(root.resolve("clamped"), Path.of("../../inside"));
    Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
    FolderTree tree = new FolderTree(root);
    assertThat(SourcePaths.resolve(tree, "up")).isNull();
    assertThat(SourcePaths.resolve(tree, "absolute")).isNull();
    assertThat(SourcePaths.resolve(tree, "loop")).isNull();
    assertThat(SourcePaths.resolve(tree, "clamped").path()).isEqualTo("inside");
  }
}
