package dev.cooper.disk;

import dev.cooper.image.layer.PathBytes;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.FileTree;
import dev.cooper.image.tree.TreeContent;
import dev.cooper.linux.Xattrs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** Everything about every path of a tree, one line each, to be compared. */
public final class TreeListing {
  private TreeListing() {}

  /** As the image has it. */
  public static SortedMap<String, String> of(FileTree tree, TreeContent content)
      throws IOException {
    SortedMap<String, String> lines = new TreeMap<>();
    for (FileNode node : tree.walk()) {
      if (node.path().isEmpty()) {
        continue;
      }
      var entry = node.entry();
      int type =
          switch (node.type()) {
            case FILE -> 0100000;
            case DIRECTORY -> 0040000;
            case SYMLINK -> 0120000;
            case CHARACTER_DEVICE -> 0020000;
            case BLOCK_DEVICE -> 0060000;
            case FIFO -> 0010000;
            case HARD_LINK -> throw new AssertionError();
          };
      String what =
          switch (node.type()) {
            case FILE -> {
              try (InputStream in = content.open(node)) {
                yield entry.size() + " " + crc(in, entry.size());
              }
            }
            case SYMLINK -> entry.linkTarget();
            case CHARACTER_DEVICE, BLOCK_DEVICE -> entry.deviceMajor() + "," + entry.deviceMinor();
            default -> "";
          };
      lines.put(
          node.path(),
          line(
              type | entry.mode(),
              entry.uid(),
              entry.gid(),
              entry.modified(),
              node.linkCount(),
              what,
              entry.xattrs()));
    }
    return lines;
  }

  /** As a tree to be written, or read from a disk, has it. */
  public static SortedMap<String, String> of(Node.Directory root) throws IOException {
    SortedMap<String, String> lines = new TreeMap<>();
    Map<Node, Integer> links = new IdentityHashMap<>();
    Map<String, Node> nodes = new TreeMap<>();
    List<Map.Entry<String, Node.Directory>> directories =
        new ArrayList<>(List.of(Map.entry("", root)));
    for (int i = 0; i < directories.size(); i++) {
      String path = directories.get(i).getKey();
      for (var entry : directories.get(i).getValue().entries().entrySet()) {
        String child = path + PathBytes.decode(entry.getKey());
        nodes.put(child, entry.getValue());
        links.merge(entry.getValue(), 1, Integer::sum);
        if (entry.getValue() instanceof Node.Directory directory) {
          directories.add(Map.entry(child + "/", directory));
        }
      }
    }
    for (Map.Entry<String, Node> entry : nodes.entrySet()) {
      Node node = entry.getValue();
      int type =
          switch (node) {
            case Node.RegularFile file -> 0100000;
            case Node.Directory directory -> 0040000;
            case Node.SymbolicLink link -> 0120000;
            case Node.Special special ->
                switch (special.kind()) {
                  case CHARACTER_DEVICE -> 0020000;
                  case BLOCK_DEVICE -> 0060000;
                  case FIFO -> 0010000;
                  case SOCKET -> 0140000;
                };
          };
      String what =
          switch (node) {
            case Node.RegularFile file -> {
              try (InputStream in = ((Node.Content.Given) file.content()).source().open()) {
                yield file.size() + " " + crc(in, file.size());
              }
            }
            case Node.SymbolicLink link -> PathBytes.decode(link.target());
            case Node.Special special when special.kind().name().endsWith("DEVICE") ->
                special.major() + "," + special.minor();
            default -> "";
          };
      int count = links.get(node);
      if (node instanceof Node.Directory directory) {
        count =
            2
                + (int)
                    directory.entries().values().stream()
                        .filter(Node.Directory.class::isInstance)
                        .count();
      }
      Node.Attributes attributes = node.attributes();
      Instant time = Instant.ofEpochSecond(attributes.seconds(), attributes.nanoseconds());
      lines.put(
          entry.getKey(),
          line(
              type | attributes.mode(),
              attributes.uid(),
              attributes.gid(),
              time,
              count,
              what,
              attributes.extended()));
    }
    return lines;
  }

  /** As a mounted file system has it. */
  public static SortedMap<String, String> of(Path root) throws IOException {
    SortedMap<String, String> lines = new TreeMap<>();
    String[] paths = Tool.succeed("find", root.toString(), "-mindepth", "1", "-print0").split("\0");
    for (String latin : paths) {
      byte[] bytes = latin.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
      String name = PathBytes.decode(bytes).substring(root.toString().length() + 1);
      Path path = Path.of(new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        lines.put(name, "not reachable from Java");
        continue;
      }
      Map<String, Object> stat = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
      int mode = (Integer) stat.get("mode");
      long device = (Long) stat.get("rdev");
      String what =
          switch (mode & 0170000) {
            case 0100000 -> {
              try (InputStream in = Files.newInputStream(path)) {
                yield stat.get("size") + " " + crc(in, (Long) stat.get("size"));
              }
            }
            case 0120000 -> Files.readSymbolicLink(path).toString();
            case 0020000, 0060000 ->
                ((device >> 8) & 0xfff) + "," + ((device & 0xff) | (device >> 12) & ~0xff);
            default -> "";
          };
      Map<String, byte[]> xattrs = new TreeMap<>();
      for (String xattr : Xattrs.list(path)) {
        xattrs.put(xattr, Xattrs.get(path, xattr).orElseThrow());
      }
      lines.put(
          name,
          line(
              mode,
              Integer.toUnsignedLong((Integer) stat.get("uid")),
              Integer.toUnsignedLong((Integer) stat.get("gid")),
              ((FileTime) stat.get("lastModifiedTime")).toInstant(),
              (Integer) stat.get("nlink"),
              what,
              xattrs));
    }
    return lines;
  }

  private static String line(
      int mode, long uid, long gid, Instant time, int links, String what, Map<String, byte[]> x) {
    StringBuilder attributes = new StringBuilder();
    new TreeMap<>(x)
        .forEach(
            (name, value) ->
                attributes
                    .append(' ')
                    .append(name)
                    .append('=')
                    .append(HexFormat.of().formatHex(value)));
    // Java itself reads the times of far-away centuries without their last digits.
    Instant seen = time.getEpochSecond() > 1L << 33 ? time.truncatedTo(ChronoUnit.MICROS) : time;
    return "%06o %d:%d %s %d %s%s".formatted(mode, uid, gid, seen, links, what, attributes);
  }

  /** Of the whole file; of a huge one of a few bytes at each whole GiB and its hundreds. */
  private static String crc(InputStream in, long size) throws IOException {
    CRC32C crc = new CRC32C();
    if (size < 1L << 30) {
      crc.update(in.readAllBytes());
      return Long.toHexString(crc.getValue());
    }
    long at = 0;
    for (long gibibyte = 0; (gibibyte << 30) + 5000 * gibibyte + 16 < size; gibibyte++) {
      long place = (gibibyte << 30) + 5000 * gibibyte;
      in.skipNBytes(place - at);
      crc.update(in.readNBytes(16));
      at = place + 16;
    }
    return Long.toHexString(crc.getValue());
  }
}
