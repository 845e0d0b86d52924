package dev.cooper.disk.boot;

import dev.cooper.disk.DiskTree;
import dev.cooper.disk.Node;
import dev.cooper.disk.partition.PartitionTable.Scheme;
import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** GRUB as this computer's Debian packages bring it. */
public final class Grub {
  private static final Path BIOS = Path.of("/usr/lib/grub/i386-pc");
  private static final Path EFI = Path.of("/usr/lib/grub/x86_64-efi/monolithic/grubx64.efi");
  private static final String MAKE_IMAGE = "grub-mkimage";
  private static final String PACKAGES = "grub-common grub-pc-bin grub-efi-amd64-bin";
  private static final List<String> MODULES =
      List.of(
          "biosdisk",
          "part_gpt",
          "part_msdos",
          "ext2",
          "normal",
          "linux",
          "configfile",
          "regexp",
          "test",
          "echo",
          "serial",
          "terminal",
          "search",
          "search_fs_uuid",
          "all_video");

  private static final int CODE_LENGTH = 440;
  private static final int SECTOR = 512;

  private final Path cache;

  /**
   * @param cache a folder for what {@code grub-mkimage} makes; made when it is not there
   */
  public Grub(Path cache) {
    this.cache = cache;
  }

  /** The size of the image for BIOS never exceeds what is between the table and 1 MiB. */
  public static final int LARGEST_CORE = 2014 * SECTOR;

  /**
   * What BIOS loads: the code of the first sector and the image that it loads in turn.
   *
   * @param code 440 bytes
   * @param core whole sectors
   */
  public record BiosCode(byte[] code, byte[] core) {}

  /**
   * The code for BIOS, with the root file system in the table's first partition.
   *
   * @param coreSector the sector of the disk at which the image is going to be
   * @throws CooperException.NotFound when GRUB is not installed
   * @throws CooperException.Failed when it cannot make the image
   */
  public BiosCode bios(Scheme scheme, long coreSector) throws IOException {
    require(BIOS.resolve("boot.img"));
    byte[] code = Arrays.copyOf(Files.readAllBytes(BIOS.resolve("boot.img")), CODE_LENGTH);
    ByteBuffer fields = ByteBuffer.wrap(code).order(ByteOrder.LITTLE_ENDIAN);
    fields.putLong(0x5c, coreSector);
    // Two instructions that do nothing, in place of a jump that mistrusts the drive's number.
    fields.putShort(0x66, (short) 0x9090);
    byte[] core = core(scheme == Scheme.GPT ? "(,gpt1)/boot/grub" : "(,msdos1)/boot/grub");
    byte[] padded = Arrays.copyOf(core, Math.ceilDiv(core.length, SECTOR) * SECTOR);
    if (padded.length > LARGEST_CORE) {
      throw new CooperException.Failed("GRUB's image for BIOS has " + core.length + " bytes");
    }
    // The first sector of the image ends with where the others are.
    ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN).putLong(0x1f4, coreSector + 1);
    return new BiosCode(code, padded);
  }

  /**
   * What UEFI loads: the files of its partition.
   *
   * @param root the UUID of the root file system
   * @throws CooperException.NotFound when GRUB is not installed
   */
  public DiskTree efi(UUID root, long created) throws IOException {
    require(EFI);
    DiskTree tree = DiskTree.empty(Node.Attributes.ofRoot(0755, created));
    tree.putCopy("EFI/BOOT/BOOTX64.EFI", 0644, EFI);
    tree.putText(
        "EFI/debian/grub.cfg",
        0644,
        """
        search --no-floppy --fs-uuid --set=root %s
        set prefix=($root)/boot/grub
        configfile $prefix/grub.cfg
        """
            .formatted(root));
    return tree;
  }

  /** How large the files for UEFI are together, in bytes. */
  public long efiSize() throws IOException {
    require(EFI);
    return Files.size(EFI);
  }

  private byte[] core(String prefix) throws IOException {
    require(BIOS.resolve("kernel.img"));
    String key = prefix + MODULES + Digest.sha256(Files.readAllBytes(BIOS.resolve("kernel.img")));
    Path cached =
        cache.resolve(
            "grub-"
                + Digest.sha256(key.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 16)
                + ".img");
    if (!Files.exists(cached)) {
      Files.createDirectories(cache);
      Path made = Files.createTempFile(cache, "grub-", ".part");
      try {
        List<String> command =
            new ArrayList<>(
                List.of(MAKE_IMAGE, "-O", "i386-pc", "-p", prefix, "-o", made.toString()));
        command.addAll(MODULES);
        HostCommand.run(command, "apt-get install " + PACKAGES);
        move(made, cached);
      } finally {
        Files.deleteIfExists(made);
      }
    }
    return Files.readAllBytes(cached);
  }

  static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void require(Path file) {
    if (!Files.isReadable(file)) {
      throw new CooperException.NotFound(
          file + " is not there: the boot loader is not installed", "apt-get install " + PACKAGES);
    }
  }
}
