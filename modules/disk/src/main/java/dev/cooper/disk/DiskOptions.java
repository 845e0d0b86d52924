package dev.cooper.disk;

import dev.cooper.disk.boot.KernelChoice;
import dev.cooper.disk.ext4.Generation;
import dev.cooper.disk.format.Compression;
import dev.cooper.disk.format.Format;
import dev.cooper.disk.guest.GuestOptions;
import dev.cooper.disk.partition.PartitionTable.Scheme;
import dev.cooper.image.Digest;
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
    KernelChoice kernel) {

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

  public DiskOptions withCreated(long changed) {
    Draft draft = new Draft(this);
    draft.created = changed;
    return draft.finish();
  }

  public DiskOptions withFormat(Format changed) {
    Draft draft = new Draft(this);
    draft.format = changed;
    return draft.finish();
  }

  public DiskOptions withCompression(Compression changed) {
    Draft draft = new Draft(this);
    draft.compression = changed;
    return draft.finish();
  }

  public DiskOptions withFirmware(Firmware changed) {
    Draft draft = new Draft(this);
    draft.firmware = changed;
    return draft.finish();
  }

  public DiskOptions withTable(Scheme changed) {
    Draft draft = new Draft(this);
    draft.table = changed;
    return draft.finish();
  }

  public DiskOptions withFileSystem(Generation changed) {
    Draft draft = new Draft(this);
    draft.fileSystem = changed;
    return draft.finish();
  }

  public DiskOptions withSize(long changed) {
    Draft draft = new Draft(this);
    draft.size = changed;
    return draft.finish();
  }

  public DiskOptions withSwap(long changed) {
    Draft draft = new Draft(this);
    draft.swap = changed;
    return draft.finish();
  }

  public DiskOptions withGuest(GuestOptions changed) {
    Draft draft = new Draft(this);
    draft.guest = changed;
    return draft.finish();
  }

  public DiskOptions withConsole(Console changed) {
    Draft draft = new Draft(this);
    draft.console = changed;
    return draft.finish();
  }

  public DiskOptions withCommandLine(String changed) {
    Draft draft = new Draft(this);
    draft.commandLine = changed;
    return draft.finish();
  }

  public DiskOptions withKernel(KernelChoice changed) {
    Draft draft = new Draft(this);
    draft.kernel = changed;
    return draft.finish();
  }

  /** A copy on the way to other options: what every {@code with…} changes one part of. */
  private static final class Draft {
    private final DiskOptions before;
    private long created;
    private Format format;
    private Compression compression;
    private Firmware firmware;
    private Scheme table;
    private Generation fileSystem;
    private long size;
    private long swap;
    private GuestOptions guest;
    private Console console;
    private String commandLine;
    private KernelChoice kernel;

    Draft(DiskOptions before) {
      this.before = before;
      created = before.created;
      format = before.format;
      compression = before.compression;
      firmware = before.firmware;
      table = before.table;
      fileSystem = before.fileSystem;
      size = before.size;
      swap = before.swap;
      guest = before.guest;
      console = before.console;
      commandLine = before.commandLine;
      kernel = before.kernel;
    }

    DiskOptions finish() {
      return new DiskOptions(
          before.identity,
          before.cache,
          created,
          format,
          compression,
          firmware,
          table,
          fileSystem,
          size,
          swap,
          guest,
          console,
          commandLine,
          kernel);
    }
  }
}
