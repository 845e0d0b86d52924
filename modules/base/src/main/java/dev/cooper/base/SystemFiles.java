package dev.cooper.base;

import dev.cooper.image.layer.TarEntry;
import java.io.InputStream;
import java.util.List;

/** The few files of {@code /etc} that programs look for. */
final class SystemFiles {
  /** A line that tells a directory made here from any other. */
  static final String MARK = "ID=cooper-busybox\n";

  private SystemFiles() {}

  static void addTo(RootFiles files, List<BusyboxOptions.User> users, String version) {
    StringBuilder passwd =
        new StringBuilder(
            """
            root:x:0:0:root:/root:/bin/sh
            daemon:x:1:1:daemon:/usr/sbin:/bin/false
            """);
    StringBuilder group =
        new StringBuilder(
            """
            root:x:0:
            daemon:x:1:
            tty:x:5:
            disk:x:6:
            """);
    StringBuilder shadow = new StringBuilder("root:*:::::::\ndaemon:*:::::::\n");
    for (BusyboxOptions.User user : users) {
      String home = "/home/" + user.name();
      passwd.append(user.name()).append(":x:").append(user.id()).append(':').append(user.id());
      passwd.append("::").append(home).append(":/bin/sh\n");
      group.append(user.name()).append(":x:").append(user.id()).append(":\n");
      shadow.append(user.name()).append(":*:::::::\n");
      files.add(
          TarEntry.directory(home.substring(1)).withOwner(user.id(), user.id()),
          InputStream::nullInputStream);
    }
    passwd.append("nobody:x:65534:65534:nobody:/nonexistent:/bin/false\n");
    group.append("nogroup:x:65534:\n");
    shadow.append("nobody:*:::::::\n");
    files.text("etc/passwd", 0644, passwd.toString());
    files.text("etc/group", 0644, group.toString());
    files.text("etc/shadow", 0600, shadow.toString());
    files.text(
        "etc/hosts", 0644, "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n");
    files.text("etc/resolv.conf", 0644, "");
    files.text("etc/shells", 0644, "/bin/sh\n/bin/ash\n");
    files.text(
        "etc/profile",
        0644,
        """
        export PATH=%s
        export PS1='\\u@\\h:\\w\\$ '
        umask 022
        """
            .formatted(BusyboxBase.PATH));
    files.text(
        "etc/os-release",
        0644,
        "NAME=BusyBox\n"
            + MARK
            + "PRETTY_NAME=\"BusyBox"
            + (version.isEmpty() ? "\"\n" : " v" + version + "\"\nVERSION_ID=" + version + "\n"));
  }

  /**
   * Who root and nobody are, for programs that ask; what is there already stays.
   *
   * @param nameService whether glibc looks names up, which it does as this file says
   */
  static void addNames(RootFiles files, boolean nameService) {
    addText(
        files,
        "etc/passwd",
        "root:x:0:0:root:/root:/sbin/nologin\n"
            + "nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\n");
    addText(files, "etc/group", "root:x:0:\nnogroup:x:65534:\n");
    if (nameService) {
      addText(files, "etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
    }
  }

  private static void addText(RootFiles files, String path, String text) {
    if (!files.contains(path)) {
      files.text(path, 0644, text);
    }
  }
}
