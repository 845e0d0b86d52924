package dev.cooper.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel's own overlay mount says which layer a file is from; random layers, all paths. */
class WhereMountTest {
  private static final int ROUNDS = 12;

  @Test
  void whereAgreesWithTheRealMount(@TempDir Path work) throws Exception {
    Assumptions.assumeTrue(
        System.getProperty("user.name").equals("root") && run("unshare", "-m", "true") == 0,
        "mounting an overlay needs root");
    // The folder itself may be on an overlay, which cannot be an upper or lower folder everywhere.
    int compared = 0;
    for (int round = 0; round < ROUNDS; round++) {
      compared += compare(Files.createDirectory(work.resolve("round" + round)), new Random(round));
    }
    assertThat(compared).isGreaterThan(50);
  }

  private static int compare(Path work, Random random) throws Exception {
    int layers = 2 + random.nextInt(3);
    MadeImage image = new MadeImage();
    List<String> lowers = new ArrayList<>();
    StringBuilder script = new StringBuilder("set -e\nmount -t tmpfs none " + work + "\n");
    for (int layer = 0; layer < layers; layer++) {
      String folder = work + "/l" + layer;
      lowers.addFirst(folder);
      script.append("mkdir ").append(folder).append('\n');
      int number = layer;
      image.layer(
          "layer " + layer,
          l -> {
            fill(l, script, folder, number, random);
            return l;
          });
    }
    script
        .append("mkdir ")
        .append(work)
        .append("/m\n")
        .append("mount -t overlay none -o lowerdir=")
        .append(String.join(":", lowers))
        .append(' ')
        .append(work)
        .append("/m\n")
        .append("cd ")
        .append(work)
        .append("/m\n")
        .append("find . -type f -exec sh -c 'for f; do echo \"$f $(cat \"$f\")\"; done' _ {} +\n");
    Path file = Files.writeString(work.resolveSibling(work.getFileName() + ".sh"), script);
    Process process =
        new ProcessBuilder("unshare", "-m", "sh", file.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    List<String> seen;
    try (var lines = process.inputReader().lines()) {
      seen = lines.sorted().toList();
    }
    assertThat(process.waitFor()).as("%s", seen).isZero();
    ExploredImage explored = image.open();
    TreeSet<String> expected = new TreeSet<>();
    explored
        .tree()
        .walk()
        .forEach(
            node -> {
              if (node.isFile()) {
                Optional<Integer> provider = Where.find(explored, node.path()).provider();
                expected.add("./" + node.path() + " " + provider.orElseThrow());
              }
            });
    assertThat(seen).containsExactlyElementsOf(expected);
    assertThat(Files.exists(work.resolve("m"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    return seen.size();
  }

  /** Random files whose content is their layer, and whiteouts of what may be below. */
  private static void fill(
      MadeImage.Layer layer, StringBuilder script, String folder, int number, Random random) {
    TreeSet<String> used = new TreeSet<>();
    for (int i = 0; i < 6; i++) {
      String directory = "d" + random.nextInt(3) + (random.nextBoolean() ? "/e" : "");
      String path = directory + "/f" + random.nextInt(3);
      String at = folder + "/" + path;
      if (!used.add(path)) {
        continue;
      }
      script.append("mkdir -p ").append(folder).append('/').append(directory).append('\n');
      if (number > 0 && random.nextInt(3) == 0) {
        layer.remove(path);
        script.append("mknod ").append(at).append(" c 0 0\n");
      } else {
        layer.file(path, Integer.toString(number));
        script.append("printf ").append(number).append(" > ").append(at).append('\n');
      }
    }
    if (number > 0 && random.nextInt(2) == 0) {
      String gone = "d" + random.nextInt(3);
      if (used.stream().noneMatch(p -> p.startsWith(gone + "/"))) {
        layer.remove(gone);
        script.append("mknod ").append(folder).append('/').append(gone).append(" c 0 0\n");
      }
    }
  }

  private static int run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }
}
