package dev.cooper.disk;

import dev.cooper.disk.boot.Grub;
import dev.cooper.disk.boot.GrubMenu;
import dev.cooper.disk.boot.Kernel;
import dev.cooper.disk.ext4.Ext4;
import dev.cooper.disk.ext4.Ext4Options;
import dev.cooper.disk.ext4.TooSmall;
import dev.cooper.disk.fat.Fat;
import dev.cooper.disk.format.DiskFile;
import dev.cooper.disk.guest.Guest;
import dev.cooper.disk.machine.DirectKernel;
import dev.cooper.disk.partition.Partition;
import dev.cooper.disk.partition.PartitionTable;
import dev.cooper.image.CooperException;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.tree.FileTree;
import dev.cooper.image.tree.TreeContent;
import dev.cooper.linux.DelayedExit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** From an image to a disk that boots, in one write of the final bytes. */
public final class DiskImage {
  private static final int SECTOR = 512;
  private static final long SPARE = 64L << 20;
  private static final int SPARE_PERCENT = 25;

  private final DiskOptions options;
  private final DiskTree tree;
  private final Grub grub;
  private final UUID rootId;

  private DiskImage(DiskOptions options, DiskTree tree) {
    this.options = options;
    this.tree = tree;
    dateRoot();
    this.grub = new Grub(options.cache());
    this.rootId = DiskLayout.id(options, "root file system");
  }

  /** What no layer dates, and all that a machine needs beside, is as old as the image. */
  private void dateRoot() {
    Node.Attributes root = tree.root().attributes();
    if (root.seconds() == 0) {
      tree.root()
          .change(
              new Node.Attributes(
                  root.mode(), root.uid(), root.gid(), options.created(), 0, root.extended()));
    }
  }

  /**
   * Writes a disk. All that can be known to fail does so before the file is touched; what fails
   * later leaves nothing of the new file behind, and an older one of the name as it was.
   *
   * @param tree the image's files; they are not changed
   * @param config what the image runs
   * @param file what is written or replaced
   * @throws CooperException.InvalidInput when the image or the options do not make a machine
   * @throws CooperException.NotFound when there is no kernel, or the boot loader is not installed
   * @throws CooperException.Failed when the disk that holds the file is full
   * @return the size of the disk in bytes, as a machine sees it
   */
  public static long write(
      FileTree tree,
      TreeContent content,
      ImageConfig config,
      DiskOptions options,
      Path file,
      Progress progress)
      throws IOException {
    return of(tree, content, config, options).write(config, file, progress).layout.size();
  }

  private static DiskImage of(
      FileTree tree, TreeContent content, ImageConfig config, DiskOptions options) {
    String architecture = config.architecture();
    if (!architecture.isEmpty() && !architecture.equals("amd64")) {
      throw new CooperException.InvalidInput(
          "the image is for " + architecture + "; disks can be made for amd64");
    }
    return new DiskImage(options, DiskTree.of(tree, content));
  }

  /**
   * Writes a disk as {@link #write} does, and beside it the kernel that it boots, for a machine
   * that starts it at once.
   *
   * @param folder gets the kernel and its initramfs
   */
  public static DirectKernel writeWithKernel(
      FileTree tree,
      TreeContent content,
      ImageConfig config,
      DiskOptions options,
      Path file,
      Path folder,
      Progress progress)
      throws IOException {
    return of(tree, content, config, options).write(config, file, progress).copyTo(folder);
  }

  /** What a written disk boots. */
  private final class Start {
    private final Kernel kernel;
    private final DiskLayout layout;
    private final String commandLine;

    Start(Kernel kernel, DiskLayout layout, String commandLine) {
      this.kernel = kernel;
      this.layout = layout;
      this.commandLine = commandLine;
    }

    DirectKernel copyTo(Path folder) throws IOException {
      Path image = copy(kernel.image(), folder.resolve("vmlinuz"));
      if (kernel.initramfs().isEmpty()) {
        return new DirectKernel(
            image, Optional.empty(), "root=" + layout.rootPartition() + " " + commandLine);
      }
      Path initramfs = copy(kernel.initramfs(), folder.resolve("initramfs"));
      return new DirectKernel(
          image, Optional.of(initramfs), "root=UUID=" + rootId + " " + commandLine);
    }

    private Path copy(String path, Path to) throws IOException {
      if (tree.resolve(path) instanceof Node.RegularFile found) {
        try (InputStream in = tree.open(found)) {
          Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
        }
        return to;
      }
      throw new IllegalStateException("the kernel's file " + path + " has gone");
    }
  }

  private Start write(ImageConfig config, Path file, Progress progress) throws IOException {
    if (!options.format().canHold(options.compression())) {
      throw new CooperException.InvalidInput(
          "a disk in the format %s cannot be compressed by %s"
              .formatted(
                  options.format().name().toLowerCase(Locale.ROOT),
                  options.compression().name().toLowerCase(Locale.ROOT)),
          "qcow2 can by zlib and zstd, vmdk by zlib");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new CooperException.InvalidInput(file + " is not a regular file");
    }
    Kernel kernel = Kernel.install(tree, options.kernel(), options.cache(), progress);
    Guest guest =
        new Guest(
            tree,
            options.guest(),
            options.console().terminals(),
            options.table() == PartitionTable.Scheme.GPT);
    String init = guest.prepare(config.config(), mounts());
    // The layout's numbers do not depend on the text's length, as the menu has a block of its own.
    DiskLayout provisional = DiskLayout.of(options, SECTOR);
    String commandLine = commandLine(init);
    tree.putText("boot/grub/grub.cfg", 0644, menu(kernel, commandLine, provisional));
    Ext4 root = planned();
    DiskLayout layout = DiskLayout.of(options, root.size());
    write(root, layout, file, progress);
    return new Start(kernel, layout, commandLine);
  }

  private Ext4 planned() {
    try {
      return Ext4.plan(tree, rootOptions());
    } catch (TooSmall e) {
      // One more, as an odd size may need another group, and with it more tables.
      long mebibytes = (DiskLayout.of(options.withSize(0), e.needed()).size() >> 20) + 1;
      throw new CooperException.InvalidInput(
          "a disk of %d MiB is too small for the files".formatted(options.size() >> 20),
          "--size %dM or more; without --size the disk is as large as it must be, and some room"
              .formatted(mebibytes),
          e);
    }
  }

  private List<String> mounts() {
    String type = options.fileSystem().title();
    List<String> lines = new ArrayList<>();
    lines.add("UUID=" + rootId + " / " + type + " defaults,x-systemd.growfs 0 1");
    if (options.swap() > 0) {
      lines.add("UUID=" + swapId() + " none swap sw 0 0");
    }
    return lines;
  }

  private UUID swapId() {
    return DiskLayout.id(options, "swap");
  }

  private String commandLine(String init) {
    List<String> words = new ArrayList<>();
    words.add("rw");
    words.add("quiet");
    words.add(options.console().commandLine());
    if (!init.isEmpty()) {
      words.add("init=" + init);
    }
    if (!options.commandLine().isBlank()) {
      words.add(options.commandLine().strip());
    }
    return String.join(" ", words);
  }

  private String menu(Kernel kernel, String commandLine, DiskLayout layout) {
    return GrubMenu.of(
        kernel, rootId, layout.rootPartition(), commandLine, options.console() != Console.SCREEN);
  }

  private Ext4Options rootOptions() {
    long size = options.size() == 0 ? 0 : DiskLayout.rootRoom(options);
    return new Ext4Options(
        options.fileSystem(),
        rootId,
        DiskLayout.id(options, "hash seed"),
        "root",
        options.created(),
        size,
        SPARE,
        SPARE_PERCENT);
  }

  private void write(Ext4 root, DiskLayout layout, Path file, Progress progress)
      throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new CooperException.NotFound(folder + ": no such directory");
    }
    try (DelayedExit _ = DelayedExit.interruptingThisThread()) {
      writeWhole(root, layout, file, folder, progress);
    }
  }

  private void writeWhole(Ext4 root, DiskLayout layout, Path file, Path folder, Progress progress)
      throws IOException {
    Path part = Files.createTempFile(folder, "." + file.getFileName(), ".part");
    try {
      try (DiskFile disk =
          DiskFile.create(
              part, options.format(), options.compression(), layout.size(), layout.table().id())) {
        write(root, layout, disk, progress);
        disk.finish();
      }
      Files.setPosixFilePermissions(
          part, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("No space left")) {
        throw new CooperException.Failed(
            "no space left in " + folder + " for a disk of up to " + (layout.size() >> 20) + " MiB",
            "write it elsewhere, or make room",
            e);
      }
      if (String.valueOf(e.getMessage()).contains("File too large")) {
        throw new CooperException.InvalidInput(
            "the file system of %s takes no file of %d MiB".formatted(folder, layout.size() >> 20),
            "another format leaves out what is free on the disk: --format qcow2",
            e);
      }
      throw e;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void write(Ext4 root, DiskLayout layout, DiskFile disk, Progress progress)
      throws IOException {
    byte[] code = {};
    if (options.firmware().hasBios()) {
      long sector = layout.bios().map(Partition::start).orElse((long) SECTOR) / SECTOR;
      Grub.BiosCode bios = grub.bios(options.table(), sector);
      code = bios.code();
      disk.write(sector * SECTOR, ByteBuffer.wrap(bios.core()));
    }
    layout.table().write(disk, layout.size(), code);
    if (layout.efi().isPresent()) {
      Partition efi = layout.efi().get();
      Fat.write(
          grub.efi(rootId, options.created()),
          efi.size(),
          "EFI",
          (int) efi.id().getLeastSignificantBits(),
          disk.from(efi.start()));
    }
    if (layout.swap().isPresent()) {
      Partition swap = layout.swap().get();
      Swap.write(disk.from(swap.start()), swap.size(), swapId());
    }
    root.write(disk.from(layout.root().start()), progress);
  }
}
