package dev.cooper.elf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out which loader a program has, and by which rules that loader looks for libraries. */
final class Loaders {
  /** No loader and no cache of it is larger. */
  private static final int MAX_FILE = 16 << 20;

  private final FileLookup files;
  private final LoaderOptions options;

  Loaders(FileLookup files, LoaderOptions options) {
    this.files = files;
    this.options = options;
  }

  /** The rules of the loader at this path, whether or not it is there. */
  LoaderRules rules(String interpreter, Machine machine) throws IOException {
    String name = interpreter.substring(interpreter.lastIndexOf('/') + 1);
    if (name.startsWith("ld-musl-")) {
      return new MuslRules(options, muslFolders(name), name);
    }
    Optional<byte[]> cache = read("/etc/ld.so.cache");
    return new GlibcRules(
        options,
        cache.isPresent() ? LoaderCache.parse(cache.get()) : LoaderCache.EMPTY,
        glibcFolders(interpreter, machine),
        machine,
        name);
  }

  /** The loader that a library, which names none, would be loaded by in this tree. */
  String usual(ElfFile library) throws IOException {
    String musl = "/lib/ld-musl-" + muslName(library.machine()) + ".so.1";
    String glibc = glibcPath(library.machine());
    boolean asksForMusl =
        library.needed().stream().anyMatch(n -> n.startsWith("libc.musl-") || n.equals("libc.so"));
    return asksForMusl || files.resolve(glibc).isEmpty() && files.resolve(musl).isPresent()
        ? musl
        : glibc;
  }

  private List<String> muslFolders(String loaderName) throws IOException {
    String architecture = loaderName.substring("ld-musl-".length()).replaceFirst("\\.so\\..*", "");
    Optional<byte[]> file = read("/etc/ld-musl-" + architecture + ".path");
    if (file.isEmpty()) {
      return List.of("/lib", "/usr/local/lib", "/usr/lib");
    }
    List<String> folders = new ArrayList<>();
    for (String folder : new String(file.get(), StandardCharsets.UTF_8).split("[:\n]")) {
      if (!folder.isEmpty()) {
        folders.add(folder);
      }
    }
    return folders;
  }

  /**
   * glibc's folders are fixed when it is built, and differ from one distribution to another; the
   * loader has them in its read-only data, one after the other. Where it is missing, those of all
   * distributions are tried.
   */
  private List<String> glibcFolders(String interpreter, Machine machine) throws IOException {
    Optional<byte[]> loader = read(interpreter);
    if (loader.isPresent()) {
      List<String> built = folderList(loader.get());
      if (!built.isEmpty()) {
        return built;
      }
    }
    String tuple = debianTuple(machine);
    List<String> folders = new ArrayList<>();
    if (!tuple.isEmpty()) {
      folders.add("/lib/" + tuple + "/");
      folders.add("/usr/lib/" + tuple + "/");
    }
    if (machine.bits() == 64) {
      folders.add("/lib64/");
      folders.add("/usr/lib64/");
    }
    folders.add("/lib/");
    folders.add("/usr/lib/");
    return folders;
  }

  /** The longest run of strings, one after the other, that look like {@code /usr/lib64/}. */
  static List<String> folderList(byte[] file) {
    List<String> longest = List.of();
    List<String> run = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < file.length; i++) {
      if (file[i] != 0) {
        continue;
      }
      if (isFolder(file, start, i)) {
        run.add(new String(file, start, i - start, StandardCharsets.UTF_8));
      } else {
        run.clear();
      }
      if (run.size() > longest.size()) {
        longest = List.copyOf(run);
      }
      start = i + 1;
    }
    return longest;
  }

  private static boolean isFolder(byte[] file, int start, int end) {
    if (end - start < 5 || end - start > 4096 || file[start] != '/' || file[end - 1] != '/') {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (file[i] <= ' ' || file[i] == 0x7f || file[i] == '%' || file[i] == ':') {
        return false;
      }
    }
    return new String(file, start, end - start, StandardCharsets.ISO_8859_1).contains("/lib");
  }

  private Optional<byte[]> read(String path) throws IOException {
    Optional<String> file = files.resolve(path);
    return file.isPresent() ? files.bytes(file.get(), MAX_FILE) : Optional.empty();
  }

  private static String muslName(Machine machine) {
    return switch (machine.architecture()) {
      case "amd64" -> "x86_64";
      case "386" -> "i386";
      case "arm64" -> "aarch64";
      case "arm" -> "armhf";
      case "ppc64le" -> "powerpc64le";
      case "loong64" -> "loongarch64";
      default -> machine.architecture();
    };
  }

  private static String glibcPath(Machine machine) {
    return switch (machine.architecture()) {
      case "amd64" -> "/lib64/ld-linux-x86-64.so.2";
      case "amd64p32" -> "/libx32/ld-linux-x32.so.2";
      case "arm64" -> "/lib/ld-linux-aarch64.so.1";
      case "arm" -> "/lib/ld-linux-armhf.so.3";
      case "riscv64" -> "/lib/ld-linux-riscv64-lp64d.so.1";
      case "loong64" -> "/lib64/ld-linux-loongarch-lp64d.so.1";
      case "ppc64le" -> "/lib64/ld64.so.2";
      case "ppc64" -> "/lib64/ld64.so.1";
      case "s390x" -> "/lib/ld64.so.1";
      case "386", "sh4", "alpha", "sparc" -> "/lib/ld-linux.so.2";
      default -> machine.bits() == 64 ? "/lib64/ld.so.1" : "/lib/ld.so.1";
    };
  }

  private static String debianTuple(Machine machine) {
    return switch (machine.architecture()) {
      case "amd64" -> "x86_64-linux-gnu";
      case "386" -> "i386-linux-gnu";
      case "arm64" -> "aarch64-linux-gnu";
      case "arm" -> "arm-linux-gnueabihf";
      case "riscv64" -> "riscv64-linux-gnu";
      case "loong64" -> "loongarch64-linux-gnu";
      case "ppc64le" -> "powerpc64le-linux-gnu";
      case "ppc64" -> "powerpc64-linux-gnu";
      case "s390x" -> "s390x-linux-gnu";
      case "mips64le" -> "mips64el-linux-gnuabi64";
      case "mipsle" -> "mipsel-linux-gnu";
      default -> "";
    };
  }
}
