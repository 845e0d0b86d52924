package dev.cooper.image.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.LayerIndex;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.TarWriter;
import dev.cooper.image.layer.Whiteouts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import org.junit.jupiter.api.Assumptions;

/**
 * A tree shows what the kernel's overlayfs shows: random stacks of layers are unpacked by GNU tar,
 * marks turned into what overlayfs understands, and mounted in a namespace of their own.
 */
class OverlayTest {
  private static final byte[] YES = {'y'};
  private static final String OPAQUE = "trusted.overlay.opaque";

  private Path directory;

  @Provide
  Arbitrary<List<List<TarEntry>>> stacks() {
    Arbitrary<String> paths =
        Arbitraries.of("a", "b", "c")
            .list()
            .ofMinSize(1)
            .ofMaxSize(3)
            .map(parts -> String.join("/", parts));
    Arbitrary<TarEntry> entries =
        Combinators.combine(
                paths,
                Arbitraries.of(
                    "file", "file", "dir", "dir", "link", "hard", "gone", "gone", "only", "root"),
                Arbitraries.of(0600, 0644, 0755, 04711, 01777),
                Arbitraries.integers().between(0, 9))
            .as(OverlayTest::entry);
    return entries
        .list()
        .ofMaxSize(8)
        .map(OverlayTest::consistent)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Property(tries = 80)
  void theTreeIsWhatTheKernelShows(@ForAll("stacks") List<List<TarEntry>> stack)
      throws IOException, InterruptedException {
    Assumptions.assumeTrue(canMount(), "needs root, unshare, overlayfs and GNU tar");
    directory = Files.createTempDirectory("cooper-overlay-");
    List<Map<String, TarEntry>> forms = new ArrayList<>();
    List<LayerIndex> indexes = new ArrayList<>();
    for (List<TarEntry> layer : stack) {
      Map<String, TarEntry> form = overlayForm(layer, forms);
      try (TarWriter tar =
          new TarWriter(Files.newOutputStream(directory.resolve(forms.size() + ".tar")))) {
        for (TarEntry entry : form.values()) {
          tar.write(entry, new ByteArrayInputStream(new byte[(int) entry.size()]));
        }
      }
      forms.add(form);
      indexes.add(
          new LayerIndex(layer.stream().map(e -> new LayerIndex.Entry(e, 0, null)).toList()));
    }
    assertThat(ours(FileTree.of(indexes))).isEqualTo(kernels(stack.size()));
  }

  @AfterTry
  void remove() throws IOException {
    if (directory != null) {
      try (var files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
      directory = null;
    }
  }

  private static TarEntry entry(String path, String kind, int mode, int number) {
    Instant time = Instant.ofEpochSecond(1_600_000_000L + number);
    return switch (kind) {
      case "file" -> TarEntry.file(path, number).withMode(mode).withModified(time);
      case "dir" -> TarEntry.directory(path).withMode(mode).withModified(time);
      case "link" -> TarEntry.symlink(path, "t" + number).withModified(time);
      case "hard" -> TarEntry.hardLink(path, "?");
      case "gone" -> TarEntry.whiteout(path);
      case "only" -> TarEntry.opaque(path);
      default -> TarEntry.directory("").withMode(mode).withModified(time);
    };
  }

  /**
   * What can stand in one layer: one entry a path, directories above, hard links to files in it.
   */
  private static List<TarEntry> consistent(List<TarEntry> given) {
    Map<String, TarEntry> kept = new LinkedHashMap<>();
    List<String> files = new ArrayList<>();
    for (TarEntry entry : given) {
      boolean directory = entry.isDirectory();
      boolean fits = !kept.containsKey(entry.path());
      for (TarEntry other : kept.values()) {
        fits &= other.isDirectory() || !entry.path().startsWith(other.path() + "/");
        fits &= directory || !other.path().startsWith(entry.path() + "/");
      }
      if (entry.type() == EntryType.HARD_LINK) {
        fits &= !files.isEmpty();
        entry = fits ? TarEntry.hardLink(entry.path(), files.getLast()) : entry;
      }
      if (fits) {
        kept.put(entry.path(), entry);
        if (entry.isFile() && !Whiteouts.isMark(entry.name())) {
          files.add(entry.path());
        }
      }
    }
    return List.copyOf(kept.values());
  }

  /** The layer as a directory that overlayfs understands. */
  private static Map<String, TarEntry> overlayForm(
      List<TarEntry> layer, List<Map<String, TarEntry>> below) {
    Map<String, TarEntry> form = new LinkedHashMap<>();
    TreeSet<String> opaque = new TreeSet<>();
    TreeSet<String> gone = new TreeSet<>();
    Map<String, TarEntry> listed = new TreeMap<>();
    for (TarEntry entry : layer) {
      if (entry.name().equals(Whiteouts.OPAQUE)) {
        opaque.add(entry.parentPath());
      } else if (Whiteouts.isMark(entry.name())) {
        String name = entry.name().substring(Whiteouts.PREFIX.length());
        gone.add(entry.parentPath().isEmpty() ? name : entry.parentPath() + "/" + name);
      } else {
        listed.put(entry.path(), entry);
      }
    }
    TreeSet<String> directories = new TreeSet<>();
    directories.add("");
    directories.addAll(opaque);
    TreeSet<String> all = new TreeSet<>(listed.keySet());
    all.addAll(gone);
    all.addAll(opaque);
    for (String path : all) {
      for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        directories.add(path.substring(0, slash));
      }
    }
    for (String path : directories) {
      TarEntry own = listed.remove(path);
      boolean hidden = gone.contains(path);
      for (String above = path; !above.isEmpty(); ) {
        above = above.contains("/") ? above.substring(0, above.lastIndexOf('/')) : "";
        hidden |= opaque.contains(above) || gone.contains(above);
      }
      own = own != null ? own : hidden ? TarEntry.directory(path) : fromBelow(path, below);
      boolean alone = opaque.contains(path) || gone.contains(path);
      form.put(path, alone ? own.withXattrs(Map.of(OPAQUE, YES)) : own);
    }
    for (TarEntry entry : layer) {
      if (listed.containsKey(entry.path())) {
        boolean alone = entry.isDirectory() && gone.contains(entry.path());
        form.put(entry.path(), alone ? entry.withXattrs(Map.of(OPAQUE, YES)) : entry);
      }
    }
    for (String path : gone) {
      form.putIfAbsent(path, TarEntry.device(path, EntryType.CHARACTER_DEVICE, 0, 0));
    }
    return form;
  }

  /** The directory that the layers below show at a path, else the default. */
  private static TarEntry fromBelow(String path, List<Map<String, TarEntry>> below) {
    for (Map<String, TarEntry> form : below.reversed()) {
      TarEntry found = form.get(path);
      if (found != null) {
        return found.isDirectory() ? found.withXattrs(Map.of()) : TarEntry.directory(path);
      }
      for (String above = path; !above.isEmpty(); ) {
        above = above.contains("/") ? above.substring(0, above.lastIndexOf('/')) : "";
        TarEntry entry = form.get(above);
        if (entry != null && (!entry.isDirectory() || entry.xattrs().containsKey(OPAQUE))) {
          return TarEntry.directory(path);
        }
      }
    }
    return TarEntry.directory(path);
  }

  private static String ours(FileTree tree) {
    TreeMap<String, String> lines = new TreeMap<>();
    Map<Integer, String> first = new HashMap<>();
    for (FileNode node : tree.walk()) {
      TarEntry entry = node.entry();
      String type = node.isDirectory() ? "d" : node.isFile() ? "f" : "l";
      if (!node.isDirectory()) {
        first.merge(node.inodeKey(), node.path(), (a, b) -> a.compareTo(b) < 0 ? a : b);
      }
      lines.put(
          node.path(),
          type
              + " "
              + Integer.toOctalString(entry.mode())
              + " "
              + (node.isFile() ? entry.size() : 0)
              + " "
              + entry.modified().getEpochSecond()
              + " "
              + entry.linkTarget()
              + " "
              + node.inodeKey());
    }
    lines.replaceAll((path, line) -> withFirst(line, tree.lookup(path).inodeKey() + "", first));
    return lines.toString();
  }

  private static String withFirst(String line, String key, Map<Integer, String> first) {
    String name = first.getOrDefault(Integer.parseInt(key), "");
    return line.substring(0, line.lastIndexOf(' ') + 1) + name;
  }

  private String kernels(int layers) throws IOException, InterruptedException {
    StringBuilder script =
        new StringBuilder("set -e\nmount -t tmpfs none mnt\nmkdir mnt/bottom mnt/m\n");
    StringBuilder lower = new StringBuilder();
    for (int i = layers - 1; i >= 0; i--) {
      script.append("mkdir mnt/").append(i).append('\n');
      script
          .append("tar --delay-directory-restore --xattrs --xattrs-include='*' -xpf ")
          .append(i)
          .append(".tar -C mnt/")
          .append(i);
      script.append('\n');
      lower.append("mnt/").append(i).append(':');
    }
    script.append("mount -t overlay none -o lowerdir=").append(lower).append("mnt/bottom mnt/m\n");
    // A mark in a directory that only one layer has is listed by the kernel, but is not there.
    script.append(
        "cd mnt/m\nfind . -printf '%P\\t%y\\t%m\\t%s\\t%T@\\t%l\\t%i\\n' 2> /dev/null || true\n");
    Files.createDirectory(directory.resolve("mnt"));
    TreeMap<String, String> lines = new TreeMap<>();
    Map<String, String> first = new HashMap<>();
    Map<String, String> inodes = new HashMap<>();
    for (String line : run(script.toString()).split("\n")) {
      String[] fields = line.split("\t", -1);
      boolean directory = fields[1].equals("d");
      if (!directory) {
        first.merge(fields[6], fields[0], (a, b) -> a.compareTo(b) < 0 ? a : b);
      }
      inodes.put(fields[0], directory ? "" : fields[6]);
      String seconds = fields[4].substring(0, fields[4].indexOf('.'));
      String size = fields[1].equals("f") ? fields[3] : "0";
      lines.put(
          fields[0],
          fields[1] + " " + fields[2] + " " + size + " " + seconds + " " + fields[5] + " ");
    }
    lines.replaceAll((path, line) -> line + first.getOrDefault(inodes.get(path), ""));
    return lines.toString();
  }

  private String run(String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("unshare", "-m", "sh", "-c", script)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static boolean canMount() {
    try {
      Process process =
          new ProcessBuilder(
                  "unshare",
                  "-m",
                  "sh",
                  "-c",
                  "tar --version | grep -q GNU && grep -qw overlay /proc/filesystems")
              .redirectErrorStream(true)
              .start();
      return process.waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }
}
