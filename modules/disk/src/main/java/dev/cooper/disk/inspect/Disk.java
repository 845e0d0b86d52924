package dev.cooper.disk.inspect;

import dev.cooper.disk.format.DiskInput;
import dev.cooper.disk.format.Format;
import dev.cooper.disk.partition.FoundPartition;
import dev.cooper.disk.partition.FoundTable;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A disk that is looked into. Files can be read until it is closed.
 *
 * @param file that keeps it
 * @param input its bytes
 * @param table empty for a disk that is one file system from end to end
 * @param volumes by number; of a disk without a table, one without a partition
 */
public record Disk(Path file, DiskInput input, Optional<FoundTable> table, List<Volume> volumes)
    implements Closeable {

  /**
   * A partition, or a whole disk.
   *
   * @param fileSystem empty when it holds none that is known
   */
  public record Volume(Optional<FoundPartition> partition, Optional<FileSystem> fileSystem) {}

  public Disk {
    volumes = List.copyOf(volumes);
  }

  /**
   * Opens a disk in any of the formats.
   *
   * @throws dev.cooper.image.CooperException.NotFound when there is no such file
   * @throws dev.cooper.image.CooperException.InvalidInput when it needs more than this one file
   * @throws dev.cooper.image.CooperException.Corrupt when its tables make no sense
   */
  public static Disk open(Path file) throws IOException {
    DiskInput input = DiskInput.open(file);
    try {
      Optional<FoundTable> table = FoundTable.of(input);
      List<Volume> volumes = new ArrayList<>();
      if (table.isPresent()) {
        for (FoundPartition partition : table.get().partitions()) {
          volumes.add(
              new Volume(
                  Optional.of(partition),
                  FileSystem.of(input.part(partition.start(), partition.size()))));
        }
      } else {
        FileSystem.of(input).ifPresent(found -> volumes.add(volumeOf(found)));
      }
      return new Disk(file, input, table, volumes);
    } catch (IOException | RuntimeException e) {
      input.close();
      throw e;
    }
  }

  private static Volume volumeOf(FileSystem whole) {
    return new Volume(Optional.empty(), Optional.of(whole));
  }

  public Format format() {
    return input.format();
  }

  /** In bytes, as a machine sees it. */
  public long size() {
    return input.size();
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
