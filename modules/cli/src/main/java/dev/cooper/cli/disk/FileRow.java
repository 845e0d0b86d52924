package dev.cooper.cli.disk;

import dev.cooper.disk.Node;
import dev.cooper.image.layer.PathBytes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One path of a file system, to be shown.
 *
 * @param path with a leading slash
 * @param links how many paths of the file system lead to it; 1 for a directory
 */
record FileRow(String path, Node node, int links) {
  private static final String PERMISSIONS = "rwxrwxrwx";

  /** All paths of a file system but its root's, in the order of their bytes, folder by folder. */
  static List<FileRow> of(Node.Directory root) {
    Map<Node, Integer> links = new IdentityHashMap<>();
    List<FileRow> found = new ArrayList<>();
    // A list that grows and no recursion: a tree may be deeper than a stack.
    List<FileRow> directories = new ArrayList<>(List.of(new FileRow("", root, 1)));
    for (int i = 0; i < directories.size(); i++) {
      FileRow directory = directories.get(i);
      ((Node.Directory) directory.node())
          .entries()
          .forEach(
              (name, node) -> {
                links.merge(node, 1, Integer::sum);
                FileRow row = new FileRow(directory.path() + "/" + PathBytes.decode(name), node, 1);
                found.add(row);
                if (node instanceof Node.Directory) {
                  directories.add(row);
                }
              });
    }
    List<FileRow> rows = new ArrayList<>(found.size());
    for (FileRow row : found) {
      rows.add(new FileRow(row.path(), row.node(), links.getOrDefault(row.node(), 1)));
    }
    rows.sort((one, other) -> PathBytes.compare(one.path(), other.path()));
    return rows;
  }

  /** As {@code ls -l} would show it, with numbers for owners. */
  String text() {
    Node.Attributes attributes = node.attributes();
    Instant time = Instant.ofEpochSecond(attributes.seconds());
    String size =
        switch (node) {
          case Node.RegularFile file -> String.valueOf(file.size());
          case Node.Special special when special.major() + special.minor() > 0 ->
              special.major() + "," + special.minor();
          default -> "0";
        };
    String target =
        node instanceof Node.SymbolicLink link ? " -> " + PathBytes.decode(link.target()) : "";
    return "%s %3d %5d %5d %10s %s %s%s"
        .formatted(
            letter() + permissions(attributes.mode()),
            links,
            attributes.uid(),
            attributes.gid(),
            size,
            time.truncatedTo(ChronoUnit.SECONDS),
            path,
            target);
  }

  /** As JSON has it. */
  Map<String, Object> document() {
    Node.Attributes attributes = node.attributes();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("path", path);
    document.put("type", String.valueOf(letter()));
    document.put("mode", "%04o".formatted(attributes.mode()));
    document.put("uid", attributes.uid());
    document.put("gid", attributes.gid());
    document.put(
        "modified",
        Instant.ofEpochSecond(attributes.seconds(), attributes.nanoseconds()).toString());
    document.put("links", links);
    switch (node) {
      case Node.RegularFile file -> document.put("size", file.size());
      case Node.SymbolicLink link -> document.put("target", PathBytes.decode(link.target()));
      case Node.Special special -> {
        document.put("major", special.major());
        document.put("minor", special.minor());
      }
      case Node.Directory directory -> {}
    }
    if (!attributes.extended().isEmpty()) {
      Map<String, Object> extended = new TreeMap<>();
      attributes
          .extended()
          .forEach((name, value) -> extended.put(name, HexFormat.of().formatHex(value)));
      document.put("extendedAttributes", extended);
    }
    return document;
  }

  private char letter() {
    return switch (node) {
      case Node.RegularFile file -> '-';
      case Node.Directory directory -> 'd';
      case Node.SymbolicLink link -> 'l';
      case Node.Special special ->
          switch (special.kind()) {
            case CHARACTER_DEVICE -> 'c';
            case BLOCK_DEVICE -> 'b';
            case FIFO -> 'p';
            case SOCKET -> 's';
          };
    };
  }

  private static String permissions(int mode) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 9; i++) {
      out.append((mode & 0400 >> i) != 0 ? PERMISSIONS.charAt(i) : '-');
    }
    if ((mode & 04000) != 0) {
      out.setCharAt(2, (mode & 0100) != 0 ? 's' : 'S');
    }
    if ((mode & 02000) != 0) {
      out.setCharAt(5, (mode & 010) != 0 ? 's' : 'S');
    }
    if ((mode & 01000) != 0) {
      out.setCharAt(8, (mode & 01) != 0 ? 't' : 'T');
    }
    return out.toString();
  }
}
