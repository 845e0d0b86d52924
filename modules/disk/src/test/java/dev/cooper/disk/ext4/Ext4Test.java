package dev.cooper.disk.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.disk.DiskTree;
import dev.cooper.disk.FileOutput;
import dev.cooper.disk.Node;
import dev.cooper.disk.Progress;
import dev.cooper.disk.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Ext4Test {
  private static final UUID ID = UUID.fromString("6fe4a1c5-1f0c-4ba3-a2f1-1c2f6ad81f5e");
  private static final UUID SEED = UUID.fromString("b9a3cf0e-5df6-4f21-8c26-b1f0a9a35c7d");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Generation.class)
  void emptyTreeIsClean(Generation generation) throws IOException {
    Path image = write(DiskTree.empty(Node.Attributes.ofRoot(0755, 1_700_000_000)), generation, 0);
    assertClean(image);
  }

  @ParameterizedTest
  @EnumSource(Generation.class)
  void largeDirectoryIsIndexed(Generation generation) throws IOException {
    DiskTree tree = DiskTree.empty(Node.Attributes.ofRoot(0755, 1_700_000_000));
    for (int i = 0; i < 60_000; i++) {
      tree.putText("many/a-rather-long-name-so-that-blocks-fill-up-soon-" + i, 0644, "");
    }
    Path image = write(tree, generation, 0);
    assertClean(image);
    assertThat(Tool.succeed("debugfs", "-R", "htree_dump /many", image.toString()))
        .contains("Indirect levels: 1");
    assertThat(
            Tool.succeed(
                "debugfs",
                "-R",
                "stat /many/a-rather-long-name-so-that-blocks-fill-up-soon-59999",
                image.toString()))
        .contains("Type: regular");
  }

  @ParameterizedTest
  @EnumSource(Generation.class)
  void filesHaveTheirBytes(Generation generation) throws IOException {
    DiskTree tree = DiskTree.empty(Node.Attributes.ofRoot(0755, 1_700_000_000));
    byte[] large = new byte[140 << 20];
    new Random(1).nextBytes(large);
    java.util.Arrays.fill(large, 50 << 20, 70 << 20, (byte) 0);
    tree.putBytes("large", 0600, large);
    tree.putText("hello", 0644, "hello\n");
    tree.putLink("short", "hello");
    tree.putLink("long", "x".repeat(300));
    Path image = write(tree, generation, 0);
    assertClean(image);
    Path copy = folder.resolve("copy");
    Tool.succeed("debugfs", "-R", "dump /large " + copy, image.toString());
    assertThat(Files.readAllBytes(copy)).isEqualTo(large);
    assertThat(Tool.succeed("debugfs", "-R", "cat /hello", image.toString())).contains("hello\n");
  }

  @Test
  void attributesOfAllSizes() throws IOException {
    DiskTree tree = DiskTree.empty(Node.Attributes.ofRoot(0755, 1_700_000_000));
    byte[] big = new byte[9000];
    new Random(3).nextBytes(big);
    Map<String, byte[]> extended =
        Map.of(
            "user.small",
            "value".getBytes(),
            "security.selinux",
            "system_u:object_r:bin_t:s0\0".getBytes(),
            "trusted.medium",
            new byte[700],
            "user.empty",
            new byte[0],
            "user.big",
            big);
    tree.put(
        "file",
        new Node.RegularFile(
            new Node.Attributes(0644, 70_000, 4_000_000_000L, -1, 999_999_999, extended),
            0,
            new Node.Content.Given(java.io.InputStream::nullInputStream)));
    Path image = write(tree, Generation.EXT4, 0);
    assertClean(image);
    assertThat(Tool.succeed("debugfs", "-R", "ea_list /file", image.toString()))
        .contains("user.small (5) = \"value\"", "user.big (9000)", "user.empty (0)");
  }

  @ParameterizedTest
  @EnumSource(Generation.class)
  void givenSizeIsFilled(Generation generation) throws IOException {
    DiskTree tree = DiskTree.empty(Node.Attributes.ofRoot(0755, 1_700_000_000));
    tree.putText("hello", 0644, "hello\n");
    for (long mebibytes : new long[] {16, 128, 129, 130, 2049}) {
      Path image = write(tree, generation, mebibytes << 20);
      assertClean(image);
      assertThat(Files.size(image)).isBetween((mebibytes << 20) - (64 << 20), mebibytes << 20);
    }
  }

  @ParameterizedTest
  @EnumSource(Generation.class)
  void growsWithoutBeingMounted(Generation generation) throws IOException {
    DiskTree tree = DiskTree.empty(Node.Attributes.ofRoot(0755, 1_700_000_000));
    tree.putText("hello", 0644, "hello\n");
    Path image = write(tree, generation, 100 << 20);
    Tool.succeed("truncate", "-s", "3G", image.toString());
    Tool.succeed("resize2fs", "-f", image.toString());
    assertClean(image);
    assertThat(Tool.succeed("dumpe2fs", "-h", image.toString())).contains("786432");
  }

  private Path write(DiskTree tree, Generation generation, long size) throws IOException {
    Ext4 plan =
        Ext4.plan(tree, new Ext4Options(generation, ID, SEED, "root", 1_700_000_000, size, 0, 0));
    Path image = folder.resolve("image");
    try (FileOutput output = FileOutput.create(image, plan.size())) {
      plan.write(output, Progress.NONE);
    }
    return image;
  }

  private static void assertClean(Path image) {
    Tool.Result result = Tool.run("e2fsck", "-fn", image.toString());
    assertThat(result.status()).as(result.output()).isZero();
  }
}
