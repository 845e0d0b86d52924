package dev.cooper.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.disk.ext4.Ext4;
import dev.cooper.disk.ext4.Ext4Options;
import dev.cooper.disk.ext4.Generation;
import dev.cooper.disk.inspect.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel and e2fsck as judges of an image that has all that is hard. */
class NastyTreeTest {
  @TempDir Path folder;

  @Test
  void kernelSeesWhatTheImageHas() throws IOException {
    Path image = folder.resolve("image");
    try (TarImage nasty = NastyTree.in(folder)) {
      Ext4 plan =
          Ext4.plan(
              nasty.tree(),
              new Ext4Options(
                  Generation.EXT4, new UUID(1, 2), new UUID(3, 4), "nasty", 1, 0, 0, 0));
      try (FileOutput output = FileOutput.create(image, plan.size())) {
        plan.write(output, Progress.NONE);
      }
      Tool.Result check = Tool.run("e2fsck", "-fn", image.toString());
      assertThat(check.status()).as(check.output()).isZero();
      SortedMap<String, String> expected =
          TreeListing.of(nasty.opened().tree(), nasty.opened().content());
      try (Disk disk = Disk.open(image)) {
        Node.Directory read = disk.volumes().getFirst().fileSystem().orElseThrow().read();
        assertThat(TreeListing.of(read)).isEqualTo(expected);
      }
      SortedMap<String, String> found;
      try (Mounted mounted = Mounted.of(image, folder)) {
        found = TreeListing.of(mounted.root());
      }
      assertThat(found.keySet()).isEqualTo(expected.keySet());
      for (Map.Entry<String, String> line : found.entrySet()) {
        if (!line.getValue().startsWith("not reachable")) {
          assertThat(line.getValue()).as(line.getKey()).isEqualTo(expected.get(line.getKey()));
        }
      }
    }
  }
}
