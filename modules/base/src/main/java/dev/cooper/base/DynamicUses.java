package dev.cooper.base;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What programs and libraries open while they run, guessed from the functions that they name. A
 * name that is there but not called costs some kilobytes; the other way round, a program fails.
 */
final class DynamicUses {
  private static final int LARGEST = 512 << 20;

  /** Functions of glibc that load a module of the name service (nsswitch.conf(5)). */
  private static final List<String> NAME_SERVICE =
      List.of(
          "getaddrinfo",
          "gethostbyname",
          "gethostbyname_r",
          "getnameinfo",
          "getpwnam",
          "getpwnam_r",
          "getpwuid",
          "getpwuid_r",
          "getgrnam",
          "getgrnam_r",
          "getgrgid",
          "getgrgid_r",
          "getservbyname",
          "initgroups",
          "getgrouplist");

  /** Functions of glibc that load libgcc_s to unwind the stack. */
  private static final List<String> UNWINDING =
      List.of("pthread_cancel", "pthread_exit", "backtrace");

  /** Go's TLS client, whose name its linker keeps, stripped or not, where something may call it. */
  private static final List<String> TLS = List.of("crypto/tls.(*Conn).clientHandshake");

  private boolean nameService;
  private boolean unwinding;
  private boolean tls;

  /** Looks at one program or library; not at the C library, which has all of these. */
  void look(Path file) throws IOException {
    if (nameService && unwinding && tls || Files.size(file) > LARGEST) {
      return;
    }
    byte[] bytes = Files.readAllBytes(file);
    nameService |= names(bytes, NAME_SERVICE);
    unwinding |= names(bytes, UNWINDING);
    tls |= names(bytes, TLS);
  }

  boolean nameService() {
    return nameService;
  }

  boolean unwinding() {
    return unwinding;
  }

  /**
   * Whether a program speaks TLS with no library of the system: certificates it takes from there.
   */
  boolean tls() {
    return tls;
  }

  /** Whether any of the names is among the strings, each ended by a zero byte. */
  private static boolean names(byte[] bytes, List<String> names) {
    byte[][] wanted = new byte[names.size()][];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = (names.get(i) + "\0").getBytes(StandardCharsets.US_ASCII);
    }
    for (int end = 0; end < bytes.length; end++) {
      if (bytes[end] != 0) {
        continue;
      }
      for (byte[] name : wanted) {
        int start = end + 1 - name.length;
        // Linkers let a name share the end of a longer one, so what is before does not matter.
        if (start > 0 && matches(bytes, start, name)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean matches(byte[] bytes, int start, byte[] name) {
    for (int i = 0; i < name.length; i++) {
      if (bytes[start + i] != name[i]) {
        return false;
      }
    }
    return true;
  }
}
