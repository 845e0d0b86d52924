package dev.cooper.disk;

import dev.cooper.disk.boot.KernelChoice;
import dev.cooper.disk.ext4.Generation;
import dev.cooper.disk.format.Compression;
import dev.cooper.disk.format.Format;
import dev.cooper.disk.guest.GuestOptions;
import dev.cooper.disk.partition.PartitionTable.Scheme;
import dev.cooper.image.Digest;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;

/**
 * How a disk is made. Equal trees and options give equal bytes, as long as the boot loader and the
 * kernel that come from outside the image are the same.
 *
 * @param identity what the disk is made of, the image's digest: all its UUIDs follow from it
 * @param cache a folder for what is downloaded and made once; made when it is not there
 * @param created in seconds since 1970: the time of all that the image does not date
 * @param format how the file keeps the disk's bytes
 * @param compression how it packs them, which only some formats can
 * @param firmware what can start it
 * @param table how it is partitioned
 * @param fileSystem of the root partition
 * @param size of the whole disk in bytes; 0 for what the files take, a quarter more, and 64 MiB
 * @param swap size of the swap partition in bytes; 0 for none
 * @param guest what the machine is told about itself
 * @param console where it talks
 * @param commandLine what the kernel is told beside what it needs; may be empty
 * @param kernel where the kernel comes from
 */
@RecordBuilder
public record DiskOptions(
    Digest identity,
    Path cache,
    long created,
    Format format,
    Compression compression,
    Firmware firmware,
    Scheme table,
    Generation fileSystem,
    long size,
    long swap,
    GuestOptions guest,
    Console console,
    String commandLine,
    KernelChoice kernel)
    implements DiskOptionsBuilder.With {

  /**
   * A raw disk with GPT and ext4, for BIOS and UEFI, with the image's kernel, just large enough.
   */
  public static DiskOptions of(Digest identity, Path cache) {
    return new DiskOptions(
        identity,
        cache,
        0,
        Format.RAW,
        Compression.NONE,
        Firmware.BOTH,
        Scheme.GPT,
        Generation.EXT4,
        0,
        0,
        GuestOptions.NONE,
        Console.BOTH,
        "",
        new KernelChoice.OfImage());
  }
}
