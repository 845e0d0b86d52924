package dev.cooper.api;

import dev.cooper.disk.DiskImage;
import dev.cooper.disk.DiskOptions;
import dev.cooper.disk.Progress;
import dev.cooper.disk.guest.GuestOptions;
import dev.cooper.disk.machine.DirectKernel;
import dev.cooper.image.Image;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.tree.ImageTree;
import dev.cooper.store.Lease;
import dev.cooper.store.Store;
import dev.cooper.store.StoredImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Bootable disks of images. Nothing here runs a process of the image or needs root. */
public final class Disks {
  private static final int LONGEST_HOST_NAME = 63;

  private final Store store;

  Disks(Store store) {
    this.store = store;
  }

  /**
   * Writes a bootable disk of an image. The same image and the same choices give the same bytes.
   *
   * @param image a name or an id
   * @param choices changes the options that an image has by itself
   * @param file what is written or replaced; an earlier file of that name stays as it was when this
   *     fails
   * @return the size of the disk in bytes, as a machine sees it
   * @throws dev.cooper.image.CooperException when there is no such image, or no machine can be made
   *     of it
   */
  public long write(String image, UnaryOperator<DiskOptions> choices, Path file, Progress progress)
      throws IOException {
    return read(
        image,
        choices,
        (tree, config, options) ->
            DiskImage.write(tree.tree(), tree.content(), config, options, file, progress));
  }

  /**
   * Writes a disk of an image as {@link #write} does, and beside it the kernel that it boots, for a
   * machine that starts it at once.
   *
   * @param folder gets the kernel's files
   */
  public DirectKernel writeWithKernel(
      String image, UnaryOperator<DiskOptions> choices, Path file, Path folder, Progress progress)
      throws IOException {
    return read(
        image,
        choices,
        (tree, config, options) ->
            DiskImage.writeWithKernel(
                tree.tree(), tree.content(), config, options, file, folder, progress));
  }

  /** What is done with an image whose layers are held. */
  private interface Task<T> {
    T run(ImageTree tree, ImageConfig config, DiskOptions options) throws IOException;
  }

  private <T> T read(String image, UnaryOperator<DiskOptions> choices, Task<T> task)
      throws IOException {
    // Nothing of the image is collected while its layers are read, whatever happens to its name.
    try (Lease held = store.lease()) {
      StoredImage stored = store.images().require(image);
      Image read = store.images().read(stored);
      try (ImageTree tree = ImageTree.open(store.blobs(), read, store.indexes())) {
        DiskOptions options =
            choices.apply(
                DiskOptions.of(read.manifestDigest(), store.cacheDirectory().resolve("disk"))
                    .withCreated(created(read.config().created()))
                    .withGuest(new GuestOptions(hostName(stored), "", "")));
        return task.run(tree, read.config(), options);
      }
    }
  }

  /** A new, empty folder for a disk that is thrown away; removed by the caller. */
  public Path temporaryFolder() throws IOException {
    return Files.createTempDirectory(store.root().resolve("tmp"), "disk-");
  }

  /**
   * The machine of an image {@code example.com/team/web:2} is called {@code web}; that of an image
   * without a name what the image says.
   */
  private static String hostName(StoredImage image) {
    if (image.names().isEmpty()) {
      return "";
    }
    String path = image.names().getFirst().path();
    String last = path.substring(path.lastIndexOf('/') + 1);
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < last.length() && name.length() < LONGEST_HOST_NAME; i++) {
      char c = last.charAt(i);
      name.append((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '-');
    }
    // A repository's name begins and ends with a letter or a digit; a shortened one may not.
    while (!name.isEmpty() && name.charAt(name.length() - 1) == '-') {
      name.setLength(name.length() - 1);
    }
    return name.toString();
  }

  private static long created(@Nullable Instant time) {
    return time == null ? 0 : time.getEpochSecond();
  }
}
