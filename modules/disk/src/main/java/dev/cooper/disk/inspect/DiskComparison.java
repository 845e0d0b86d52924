package dev.cooper.disk.inspect;

import dev.cooper.disk.inspect.Disk.Volume;
import dev.cooper.disk.partition.FoundPartition;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * How two disks differ: their tables, their partitions by number, the file systems in these, and
 * the files by path. How a file keeps its disk (its format) and where in a file system a file's
 * bytes lie are no differences.
 */
public final class DiskComparison {
  private final Disk one;
  private final Disk other;
  private final Consumer<Difference> found;

  private DiskComparison(Disk one, Disk other, Consumer<Difference> found) {
    this.one = one;
    this.other = other;
    this.found = found;
  }

  /**
   * One difference.
   *
   * @param partition its number; 0 for the disk as a whole
   * @param path of a file, with a leading slash; empty for what is no file's
   * @param what differs: {@code size}, {@code type}, {@code mode}, {@code contents} … or {@code
   *     presence}
   * @param one as the first disk has it; empty where it has none
   * @param other as the second has it
   */
  public record Difference(int partition, String path, String what, String one, String other) {}

  /** Tells all differences, in the order of the partitions and of the paths. */
  public static void compare(Disk one, Disk other, Consumer<Difference> found) throws IOException {
    new DiskComparison(one, other, found).compare();
  }

  private void compare() throws IOException {
    tell(0, "size", one.size(), other.size());
    tell(0, "partition table", scheme(one), scheme(other));
    tell(0, "id", tableId(one), tableId(other));
    Map<Integer, Volume> ones = byNumber(one);
    Map<Integer, Volume> others = byNumber(other);
    TreeMap<Integer, Volume> all = new TreeMap<>(ones);
    all.putAll(others);
    for (int number : all.keySet()) {
      Volume left = ones.get(number);
      Volume right = others.get(number);
      if (left == null || right == null) {
        String missing = left == null ? "" : "present";
        tell(number, "presence", missing, right == null ? "" : "present");
      } else {
        compare(number, left, right);
      }
    }
  }

  private void compare(int number, Volume left, Volume right) throws IOException {
    if (left.partition().isPresent() && right.partition().isPresent()) {
      FoundPartition first = left.partition().get();
      FoundPartition second = right.partition().get();
      tell(number, "type", first.type(), second.type());
      tell(number, "start", first.start(), second.start());
      tell(number, "size", first.size(), second.size());
      tell(number, "id", first.id(), second.id());
      tell(number, "name", first.name(), second.name());
    }
    FileSystem first = left.fileSystem().orElse(null);
    FileSystem second = right.fileSystem().orElse(null);
    if (first == null || second == null) {
      tell(number, "file system", type(first), type(second));
      return;
    }
    tell(number, "file system", first.type(), second.type());
    tell(number, "label", first.label(), second.label());
    tell(number, "file system's id", first.id(), second.id());
    tell(number, "file system's size", first.size(), second.size());
    new TreeComparison(number, found).compare(first.read(), second.read());
  }

  private void tell(int number, String what, Object left, Object right) {
    if (!Objects.equals(left, right)) {
      found.accept(new Difference(number, "", what, String.valueOf(left), String.valueOf(right)));
    }
  }

  private static String type(@org.jspecify.annotations.Nullable FileSystem system) {
    return system == null ? "" : system.type();
  }

  private static String scheme(Disk disk) {
    return disk.table().map(table -> table.scheme().name()).orElse("");
  }

  private static String tableId(Disk disk) {
    return disk.table().map(table -> table.id()).orElse("");
  }

  private static Map<Integer, Volume> byNumber(Disk disk) {
    Map<Integer, Volume> volumes = new TreeMap<>();
    for (Volume volume : disk.volumes()) {
      Optional<FoundPartition> partition = volume.partition();
      volumes.put(partition.map(FoundPartition::number).orElse(0), volume);
    }
    return volumes;
  }
}
