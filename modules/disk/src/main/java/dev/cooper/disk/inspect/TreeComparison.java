package dev.cooper.disk.inspect;

import dev.cooper.disk.Node;
import dev.cooper.disk.inspect.DiskComparison.Difference;
import dev.cooper.image.layer.PathBytes;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Compares the files of two file systems, path by path. */
final class TreeComparison {
  private static final int CHUNK = 1 << 16;

  private final int partition;
  private final Consumer<Difference> found;
  private final Map<Node, String> firstNames = new IdentityHashMap<>();
  private final Map<Node, String> otherFirstNames = new IdentityHashMap<>();

  private record Pair(String path, Node.Directory one, Node.Directory other) {}

  TreeComparison(int partition, Consumer<Difference> found) {
    this.partition = partition;
    this.found = found;
  }

  void compare(Node.Directory one, Node.Directory other) throws IOException {
    attributes("/", one, other);
    Deque<Pair> waiting = new ArrayDeque<>();
    waiting.push(new Pair("", one, other));
    while (!waiting.isEmpty()) {
      compare(waiting.pop(), waiting);
    }
  }

  private void compare(Pair pair, Deque<Pair> waiting) throws IOException {
    TreeSet<byte[]> names = new TreeSet<>(Arrays::compareUnsigned);
    names.addAll(pair.one().entries().keySet());
    names.addAll(pair.other().entries().keySet());
    for (byte[] name : names) {
      String path = pair.path() + "/" + PathBytes.decode(name);
      Node left = pair.one().entry(name);
      Node right = pair.other().entry(name);
      if (left == null || right == null) {
        String first = left == null ? "" : kind(left);
        found.accept(
            new Difference(partition, path, "presence", first, right == null ? "" : kind(right)));
      } else {
        compare(path, left, right);
        if (left instanceof Node.Directory first && right instanceof Node.Directory second) {
          waiting.push(new Pair(path, first, second));
        }
      }
    }
  }

  private void compare(String path, Node left, Node right) throws IOException {
    if (!kind(left).equals(kind(right))) {
      tell(path, "type", kind(left), kind(right));
      return;
    }
    attributes(path, left, right);
    if (!(left instanceof Node.Directory)) {
      String first = firstNames.putIfAbsent(left, path);
      String second = otherFirstNames.putIfAbsent(right, path);
      tell(path, "hard link to", first == null ? "" : first, second == null ? "" : second);
      if (first != null && second != null) {
        return;
      }
    }
    switch (left) {
      case Node.SymbolicLink link when right instanceof Node.SymbolicLink second ->
          tell(path, "target", PathBytes.decode(link.target()), PathBytes.decode(second.target()));
      case Node.Special special when right instanceof Node.Special second ->
          tell(path, "device", device(special), device(second));
      case Node.RegularFile file when right instanceof Node.RegularFile second -> {
        tell(path, "size", String.valueOf(file.size()), String.valueOf(second.size()));
        if (file.size() == second.size()) {
          contents(path, file, second);
        }
      }
      default -> {}
    }
  }

  private void attributes(String path, Node left, Node right) {
    Node.Attributes one = left.attributes();
    Node.Attributes other = right.attributes();
    tell(path, "mode", "%04o".formatted(one.mode()), "%04o".formatted(other.mode()));
    tell(path, "owner", one.uid() + ":" + one.gid(), other.uid() + ":" + other.gid());
    tell(path, "time", time(one), time(other));
    Map<String, byte[]> names = new TreeMap<>(one.extended());
    names.putAll(other.extended());
    for (String name : names.keySet()) {
      tell(path, "attribute " + name, hex(one, name), hex(other, name));
    }
  }

  private void contents(String path, Node.RegularFile one, Node.RegularFile other)
      throws IOException {
    byte[] left = new byte[CHUNK];
    byte[] right = new byte[CHUNK];
    try (InputStream first = open(one);
        InputStream second = open(other)) {
      for (long at = 0; at < one.size(); at += CHUNK) {
        int length = first.readNBytes(left, 0, CHUNK);
        int there = second.readNBytes(right, 0, CHUNK);
        int differs = Arrays.mismatch(left, 0, length, right, 0, there);
        if (differs >= 0) {
          String place = "differ from byte " + (at + differs);
          found.accept(new Difference(partition, path, "contents", place, place));
          return;
        }
      }
    }
  }

  private static InputStream open(Node.RegularFile file) throws IOException {
    if (file.content() instanceof Node.Content.Given given) {
      return given.source().open();
    }
    throw new IllegalStateException("a file of a disk that is in an image");
  }

  private void tell(String path, String what, String left, String right) {
    if (!Objects.equals(left, right)) {
      found.accept(new Difference(partition, path, what, left, right));
    }
  }

  private static String hex(Node.Attributes attributes, String name) {
    byte[] value = attributes.extended().get(name);
    return value == null ? "" : "0x" + HexFormat.of().formatHex(value);
  }

  private static String time(Node.Attributes attributes) {
    return Instant.ofEpochSecond(attributes.seconds(), attributes.nanoseconds()).toString();
  }

  private static String device(Node.Special special) {
    return special.major() + "," + special.minor();
  }

  static String kind(Node node) {
    return switch (node) {
      case Node.RegularFile file -> "file";
      case Node.Directory directory -> "directory";
      case Node.SymbolicLink link -> "symbolic link";
      case Node.Special special ->
          switch (special.kind()) {
            case CHARACTER_DEVICE -> "character device";
            case BLOCK_DEVICE -> "block device";
            case FIFO -> "FIFO";
            case SOCKET -> "socket";
          };
    };
  }
}
