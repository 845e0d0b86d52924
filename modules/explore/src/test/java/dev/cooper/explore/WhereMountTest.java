package dev.cooper.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.TarEntry;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kernel's own overlay mount says which layer everything is from: random layers of files,
 * folders, links, names of the same file, removals and opaque folders, whose paths get in each
 * other's way; all paths there could be, those that are not there too.
 */
class WhereMountTest {
  private static final int ROUNDS = 40;
  private static final int NAMES = 3;
  private static final int ENTRIES = 9;

  /** What one layer does at one path. */
  private enum Kind {
    FILE,
    DIRECTORY,
    OPAQUE,
    LINK,
    HARD_LINK,
    REMOVAL
  }

  /** One round: the layers, and the script that makes the same for the kernel. */
  private static final class Round {
    final Random random;
    final MadeImage image = new MadeImage();
    final StringBuilder script = new StringBuilder("set -e\n");
    final List<String> lowers = new ArrayList<>();
    final String work;

    /** Which layer a file of this size is from. */
    final Map<Integer, Integer> layerOfSize = new HashMap<>();

    final TreeSet<String> paths = new TreeSet<>();

    Round(String work, long seed) {
      this.work = work;
      this.random = new Random(seed);
    }

    void layer(int number) {
      Map<String, Kind> kinds = new TreeMap<>();
      for (int i = 0; i < ENTRIES; i++) {
        String path = path();
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        boolean bottom = number == 0 && (kind == Kind.REMOVAL || kind == Kind.OPAQUE);
        if (bottom || !fits(path, kind, kinds)) {
          continue;
        }
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
          kinds.putIfAbsent(path.substring(0, slash), Kind.DIRECTORY);
        }
        kinds.put(path, kind);
      }
      String folder = work + "/l" + number;
      lowers.addFirst(folder);
      script.append("mkdir ").append(folder).append("; cd ").append(folder).append('\n');
      image.layer(
          "layer " + number,
          l -> {
            kinds.forEach((path, kind) -> add(l, number, path, kind));
            return l;
          });
      paths.addAll(kinds.keySet());
    }

    private String path() {
      StringBuilder path = new StringBuilder();
      for (int depth = random.nextInt(3); depth >= 0; depth--) {
        path.append((char) ('a' + random.nextInt(NAMES))).append(depth == 0 ? "" : "/");
      }
      return path.toString();
    }

    /** Whether a layer can say this beside what it says already. */
    private static boolean fits(String path, Kind kind, Map<String, Kind> kinds) {
      if (kinds.containsKey(path)) {
        return false;
      }
      for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
        Kind above = kinds.getOrDefault(path.substring(0, slash), Kind.DIRECTORY);
        if (above != Kind.DIRECTORY && above != Kind.OPAQUE) {
          return false;
        }
      }
      return true;
    }

    private void add(MadeImage.Layer layer, int number, String path, Kind kind) {
      switch (kind) {
        case FILE -> {
          int size = layerOfSize.size() + 1;
          layerOfSize.put(size, number);
          layer.sized(path, size);
          script.append("head -c ").append(size).append(" /dev/zero > ").append(path).append('\n');
        }
        case DIRECTORY, OPAQUE -> {
          // The mode tells which layer's folder is seen.
          layer.entry(TarEntry.directory(path).withMode(0700 + number));
          script.append("mkdir -m 070").append(number).append(' ').append(path).append('\n');
          if (kind == Kind.OPAQUE) {
            layer.opaque(path);
            script
                .append("/usr/bin/python3 -c \"import os; os.setxattr('")
                .append(path)
                .append("', 'trusted.overlay.opaque', b'y')\"\n");
          }
        }
        case LINK -> {
          layer.link(path, "/nowhere" + number);
          script.append("ln -s /nowhere").append(number).append(' ').append(path).append('\n');
        }
        case HARD_LINK -> {
          int size = layerOfSize.size() + 1;
          layerOfSize.put(size, number);
          String other = path + ".twin";
          layer.sized(path, size).entry(TarEntry.hardLink(other, path));
          paths.add(other);
          script.append("head -c ").append(size).append(" /dev/zero > ").append(path).append('\n');
          script.append("ln ").append(path).append(' ').append(other).append('\n');
        }
        case REMOVAL -> {
          layer.remove(path);
          script.append("mknod ").append(path).append(" c 0 0\n");
        }
      }
    }

    /** What the kernel shows: by path what it is and which layer it is from. */
    Map<String, String> mounted() throws Exception {
      script.append("mkdir ").append(work).append("/m; cd ").append(work).append('\n');
      script.append("mount -t overlay none -o lowerdir=").append(String.join(":", lowers));
      // The kernel lists a removal of nothing in a folder of one layer, and then does not find it.
      script.append(" m; cd m\nfind . -mindepth 1 -printf '%y %P %m %s %l\\n' 2>/dev/null || :\n");
      Path file = Path.of(work + ".sh");
      Files.writeString(file, "mount -t tmpfs none " + work + "\n" + script);
      Process process =
          new ProcessBuilder("unshare", "-m", "sh", file.toString())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      List<String> lines;
      try (var reader = process.inputReader()) {
        lines = reader.lines().toList();
      }
      assertThat(process.waitFor()).as("%s\n%s", lines, script).isZero();
      Map<String, String> seen = new TreeMap<>();
      for (String line : lines) {
        String[] fields = line.split(" ", -1);
        int layer =
            switch (fields[0]) {
              case "f" -> layerOfSize.get(Integer.parseInt(fields[3]));
              case "d" -> Integer.parseInt(fields[2].substring(2));
              default -> Integer.parseInt(fields[4].substring("/nowhere".length()));
            };
        seen.put(fields[1], fields[0] + " " + layer);
      }
      return seen;
    }

    /** The same, as {@link Where} tells it. */
    Map<String, String> told() {
      ExploredImage explored = image.open();
      Map<String, String> told = new TreeMap<>();
      for (String path : paths) {
        // The parent is asked for, for a link at the end would be followed.
        Origin origin = Where.find(explored, path);
        if (!origin.links().isEmpty()) {
          Origin.Link link = origin.links().getFirst();
          if (link.path().equals("/" + path)) {
            told.put(path, "l " + link.layer());
          }
          continue;
        }
        if (origin.found().isPresent()) {
          EntryType type = origin.found().get().type();
          String letter = type == EntryType.DIRECTORY ? "d" : "f";
          told.put(path, letter + " " + origin.provider().orElseThrow());
        }
      }
      return told;
    }
  }

  @Test
  void whereAgreesWithTheRealMount(@TempDir Path work) throws Exception {
    Assumptions.assumeTrue(
        System.getProperty("user.name").equals("root") && run("unshare", "-m", "true") == 0,
        "SKIPPED: mounting an overlay needs root");
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/python3")), "SKIPPED: apt-get install python3");
    int compared = 0;
    int absent = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      Path folder = Files.createDirectory(work.resolve("round" + seed));
      Round round = new Round(folder.toString(), seed);
      int layers = 2 + round.random.nextInt(3);
      for (int layer = 0; layer < layers; layer++) {
        round.layer(layer);
      }
      Map<String, String> mounted = round.mounted();
      assertThat(round.told())
          .as(String.format(Locale.ROOT, "seed %d:%n%s", seed, round.script))
          .isEqualTo(mounted);
      compared += mounted.size();
      absent += round.paths.size() - mounted.size();
      assertThat(Files.exists(folder.resolve("m"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    }
    // The layers do hide and remove: otherwise nothing was tested.
    assertThat(compared).isGreaterThan(400);
    assertThat(absent).isGreaterThan(100);
  }

  private static int run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }
}
