package dev.cooper.explore.software;

import dev.cooper.elf.ElfFile;
import dev.cooper.elf.ElfType;
import dev.cooper.explore.fact.Fact;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The modules that a Go program says it was built from (Go's debug/buildinfo, 1.18 and later). */
public final class GoBuildInfo {
  /** The package URL type of modules. */
  public static final String TYPE = "golang";

  private static final byte[] MAGIC = "\u00ff Go buildinf:".getBytes(StandardCharsets.ISO_8859_1);
  private static final int HEADER = 32;
  private static final int INLINE = 2;

  /** Go's linker puts its note into the first page, unless it is told to leave out the build ID. */
  private static final byte[] NOTE = {'G', 'o', 0, 0};

  /** The linker keeps this function's name, stripped or not, where something may call it. */
  private static final byte[] TLS_CLIENT =
      "crypto/tls.(*Conn).clientHandshake".getBytes(StandardCharsets.ISO_8859_1);

  private static final int MAX_PROGRAM = 160 << 20;
  private static final int MARK = 16;

  private GoBuildInfo() {}

  /**
   * What a Go program was built from, and whether it can open a TLS connection; empty for a program
   * that is not Go's.
   *
   * @param elf its headers
   */
  public static List<Fact> read(ElfFile elf, SeekableByteChannel program) throws IOException {
    if (program.size() > MAX_PROGRAM
        || !isStatic(elf) && indexOf(bytes(program, 4096), NOTE, 4) < 0) {
      return List.of();
    }
    byte[] all = bytes(program, (int) program.size());
    int at = 0;
    while (true) {
      at = indexOf(all, MAGIC, 16, at);
      if (at < 0) {
        return List.of();
      }
      if (at + HEADER < all.length && (all[at + 15] & INLINE) != 0) {
        List<Fact> facts = new ArrayList<>(modules(all, at + HEADER));
        if (!facts.isEmpty() && indexOf(all, TLS_CLIENT, 1) >= 0) {
          facts.add(new Fact.TlsClient());
        }
        return facts;
      }
      at += 16;
    }
  }

  /** Few programs are, and most of those are Go's: worth reading whole, note or not. */
  private static boolean isStatic(ElfFile elf) {
    return elf.type() == ElfType.EXECUTABLE
        && elf.interpreter().isEmpty()
        && elf.needed().isEmpty();
  }

  private static List<Fact.Software> modules(byte[] all, int start) {
    int[] at = {start};
    String version = text(all, at);
    String modules = text(all, at);
    List<Fact.Software> found = new ArrayList<>();
    if (!version.isEmpty()) {
      // Experiments follow after a blank.
      String release = version.startsWith("go") ? version.substring(2) : version;
      found.add(software("stdlib", release.split(" ", 2)[0]));
    }
    if (modules.length() > 2 * MARK) {
      int last = -1;
      int main = -1;
      Map<String, String> settings = new HashMap<>();
      for (String line : modules.substring(MARK, modules.length() - MARK).split("\n")) {
        String[] words = line.split("\t");
        if (words.length >= 3 && (words[0].equals("mod") || words[0].equals("dep"))) {
          last = found.size();
          main = words[0].equals("mod") ? last : main;
          found.add(software(words[1], words[2]));
        } else if (words.length >= 2 && words[0].equals("=>") && last >= 0) {
          found.set(last, replaced(found.get(last), words[1], words.length > 2 ? words[2] : ""));
        } else if (words.length == 2 && words[0].equals("build")) {
          int equals = words[1].indexOf('=');
          settings.put(words[1].substring(0, Math.max(equals, 0)), words[1].substring(equals + 1));
        }
      }
      if (main >= 0 && found.get(main).version().isEmpty()) {
        found.set(main, software(found.get(main).name(), pseudoVersion(settings)));
      }
    }
    return found;
  }

  /**
   * How Go calls a commit that has no tag (Go Modules Reference, "Pseudo-versions"); empty when the
   * program was not built in a repository.
   */
  private static String pseudoVersion(Map<String, String> settings) {
    String revision = settings.getOrDefault("vcs.revision", "");
    // 2024-05-14T10:00:00Z
    String time = settings.getOrDefault("vcs.time", "").replaceAll("[-:TZ]", "");
    return revision.length() < 12 || time.length() != 14
        ? ""
        : "v0.0.0-" + time + "-" + revision.substring(0, 12);
  }

  /** By another module, or by a folder: then it keeps its name, but is no published version. */
  private static Fact.Software replaced(Fact.Software module, String by, String version) {
    boolean folder = by.startsWith("./") || by.startsWith("../") || by.startsWith("/");
    return folder ? software(module.name(), "") : software(by, version);
  }

  private static Fact.Software software(String module, String version) {
    return Fact.Software.of(TYPE, "", module, version.equals("(devel)") ? "" : version, "");
  }

  /** A string after its length, which is a varint; the index moves on. */
  private static String text(byte[] all, int[] at) {
    long length = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      if (at[0] >= all.length) {
        return "";
      }
      byte b = all[at[0]++];
      length |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        break;
      }
    }
    if (length > all.length - at[0]) {
      return "";
    }
    String text = new String(all, at[0], (int) length, StandardCharsets.ISO_8859_1);
    at[0] += (int) length;
    return text;
  }

  private static byte[] bytes(SeekableByteChannel program, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(count, program.size()));
    program.position(0);
    while (buffer.hasRemaining() && program.read(buffer) >= 0) {}
    return java.util.Arrays.copyOf(buffer.array(), buffer.position());
  }

  private static int indexOf(byte[] all, byte[] wanted, int step) {
    return indexOf(all, wanted, step, 0);
  }

  private static int indexOf(byte[] all, byte[] wanted, int step, int from) {
    for (int i = from; i + wanted.length <= all.length; i += step) {
      if (all[i] == wanted[0]
          && java.util.Arrays.equals(all, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }
}
