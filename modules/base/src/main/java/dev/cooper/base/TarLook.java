package dev.cooper.base;

import dev.cooper.elf.Elf;
import dev.cooper.elf.Machine;
import dev.cooper.image.CooperException;
import dev.cooper.image.Platform;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.TarReader;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A first look at a tar: whether it is one of a root file system, and for which processor.
 *
 * @param platform what its programs run on; empty when none was seen
 */
record TarLook(Optional<Platform> platform) {
  /** No further than this is looked for a program. */
  static final int FAR = 64 << 20;

  private static final int HEADER = 512;
  private static final int MAGIC = 257;
  private static final int EXECUTABLE = 0111;
  private static final List<String> FOLDERS = List.of("bin/", "sbin/", "usr/bin/", "usr/sbin/");

  /** The names at the top of what docker save, skopeo and podman write. */
  private static final Pattern ARCHIVE =
      Pattern.compile(
          "oci-layout|(index|manifest)\\.json|repositories|blobs(/sha256(/.*)?)?"
              + "|[0-9a-f]{64}(\\.json|\\.tar|/.*)?");

  /** So many such names, and no other, make an archive of images. */
  private static final int SURE = 3;

  /** What else people take for a tar, by how it begins. */
  private record Kind(String magic, String what) {}

  private static final List<Kind> OTHERS =
      List.of(
          new Kind("PK\3\4", "a zip archive"),
          new Kind("7z\u00bc\u00af", "a 7z archive"),
          new Kind("0707", "a cpio archive"),
          new Kind("\u00c7\u0071", "a cpio archive"),
          new Kind("!<arch>\ndebian", "a Debian package"),
          new Kind("\u00ed\u00ab\u00ee\u00db", "an RPM package"),
          new Kind("\4\"M\30", "packed with lz4"),
          new Kind("LZIP", "packed with lzip"),
          new Kind("\37\u009d", "packed with compress"),
          new Kind("hsqs", "a squashfs image"),
          new Kind("QFI\u00fb", "a qcow2 disk"),
          new Kind("\177ELF", "a program"));

  /**
   * Looks at an unpacked tar from its start until a program is found, or {@link #FAR} bytes.
   *
   * @param name what it is called in what is said
   * @throws CooperException.InvalidInput when it is empty, or something else than a tar of files
   * @throws CooperException.Corrupt when it is damaged
   */
  static TarLook at(InputStream plain, String name) throws IOException {
    byte[] head = plain.readNBytes(HEADER);
    if (head.length == 0) {
      throw new CooperException.InvalidInput(name + " is empty");
    }
    for (Kind kind : OTHERS) {
      if (startsWith(head, kind.magic()) && !isTar(head)) {
        throw new CooperException.InvalidInput(
            name + " is no tar but " + kind.what(),
            "unpack it into a directory, and use cooper base from-dir");
      }
    }
    Start start = new Start(new SequenceInputStream(new ByteArrayInputStream(head), plain));
    try {
      return at(new TarReader(start), name);
    } catch (CooperException.Corrupt e) {
      if (start.left > 0) {
        throw e;
      }
      return new TarLook(Optional.empty()); // Only the look ends here.
    }
  }

  private static TarLook at(TarReader tar, String name) throws IOException {
    Optional<Platform> other = Optional.empty();
    int archived = 0;
    boolean files = false;
    for (TarEntry entry; (entry = tar.next()) != null; ) {
      if (!entry.path().isEmpty() && !files) {
        files = !ARCHIVE.matcher(entry.path()).matches();
        if (!files && ++archived == SURE) {
          throw new CooperException.InvalidInput(
              name + " is an archive of images",
              "cooper load -i " + ShellWords.join(List.of(name)));
        }
      }
      Optional<Platform> found = platform(entry, tar);
      if (found.isPresent() && FOLDERS.stream().anyMatch(entry.path()::startsWith)) {
        return new TarLook(found);
      }
      other = other.or(() -> found);
    }
    return new TarLook(other);
  }

  private static Optional<Platform> platform(TarEntry entry, TarReader tar) throws IOException {
    if (!entry.isFile() || (entry.mode() & EXECUTABLE) == 0) {
      return Optional.empty();
    }
    return Elf.machine(tar.content().readNBytes(Elf.MACHINE_LENGTH))
        .map(Machine::architecture)
        .map(architecture -> new Platform("linux", architecture, null));
  }

  /** A stream that ends where the look does. */
  private static final class Start extends FilterInputStream {
    private int left = FAR;

    Start(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = left == 0 ? -1 : super.read(bytes, offset, Math.min(length, left));
      left -= Math.max(n, 0);
      return n;
    }

    @Override
    public long skip(long count) throws IOException {
      long n = super.skip(Math.min(count, left));
      left -= (int) n;
      return n;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }

  /** A tar begins with a name, which may be any: also one as other kinds of files begin. */
  private static boolean isTar(byte[] head) throws IOException {
    if (head.length < HEADER) {
      return false;
    }
    if (startsWith(Arrays.copyOfRange(head, MAGIC, HEADER), "ustar")) {
      return true;
    }
    try {
      return new TarReader(new ByteArrayInputStream(head)).next() != null; // By its checksum.
    } catch (CooperException.Corrupt e) {
      return false;
    }
  }

  private static boolean startsWith(byte[] head, String magic) {
    if (head.length < magic.length()) {
      return false;
    }
    for (int i = 0; i < magic.length(); i++) {
      if ((head[i] & 0xff) != magic.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
