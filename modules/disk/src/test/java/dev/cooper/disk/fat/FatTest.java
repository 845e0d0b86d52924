package dev.cooper.disk.fat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.disk.DiskTree;
import dev.cooper.disk.FileOutput;
import dev.cooper.disk.Node;
import dev.cooper.disk.Tool;
import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FatTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"1,12", "3,16", "32,16", "40,32", "300,32"})
  void allWidthsAreClean(int mebibytes, int bits) throws IOException {
    DiskTree tree = DiskTree.empty(Node.Attributes.ofRoot(0755, 1_700_000_000));
    byte[] bytes = new byte[300_000];
    new Random(5).nextBytes(bytes);
    tree.putBytes("EFI/BOOT/BOOTX64.EFI", 0644, bytes);
    tree.putText("a long name with Letters of both kinds.config", 0644, "text\n");
    tree.putText("A LONG NAME too.config", 0644, "text\n");
    tree.putText("empty", 0644, "");
    for (int i = 0; i < 100; i++) {
      tree.putText("many/file number " + i, 0644, "" + i);
    }
    Path image = folder.resolve("image");
    try (FileOutput output = FileOutput.create(image, (long) mebibytes << 20)) {
      Fat.write(tree, (long) mebibytes << 20, "EFI", 0x1234abcd, output);
    }
    Tool.Result check = Tool.run("fsck.fat", "-nv", image.toString());
    assertThat(check.status()).as(check.output()).isZero();
    assertThat(check.output()).contains(bits + " bit entries").doesNotContain("differences");
    Path copy = folder.resolve("copy");
    Tool.succeed("mcopy", "-i", image.toString(), "::EFI/BOOT/BOOTX64.EFI", copy.toString());
    assertThat(Files.readAllBytes(copy)).isEqualTo(bytes);
    assertThat(Tool.succeed("mdir", "-b", "-i", image.toString(), "::many"))
        .contains("file number 99");
    assertThat(Tool.succeed("mdir", "-i", image.toString(), "::"))
        .contains("a long name with Letters of both kinds.config", "2023-11-14");
  }

  @Test
  void whatFatCannotHoldIsRefused() {
    DiskTree tree = DiskTree.empty(Node.Attributes.ofRoot(0755, 0));
    tree.putLink("link", "target");
    assertThatThrownBy(() -> Fat.write(tree, 1 << 20, "x", 0, (offset, data) -> {}))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessageContaining("only files and directories");
  }
}
