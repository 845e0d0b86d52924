package dev.cooper.base;

import dev.cooper.base.LeftOut.Remains;
import dev.cooper.image.Platform;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Dockerfile of a running system: a tar of it without what is left out, and, as tar can leave out
 * but not change, a stage that changes the rest. No layer of that stage is in the image; but the
 * tar stays where it is made, and its layer in the cache of the builds, which the Dockerfile says.
 */
final class HostDockerfile {
  private static final int MANY = 100;
  private static final List<String> PASSWORDS = List.of("/etc/shadow", "/etc/gshadow");

  private HostDockerfile() {}

  static String of(Path root, Platform platform, List<LeftOut> leftOut) {
    List<String> absent = new ArrayList<>();
    List<String> emptied = new ArrayList<>();
    for (LeftOut left : leftOut) {
      if (left.remains() == Remains.NOTHING) {
        absent.add("--exclude=." + left.path());
      } else if (left.remains() == Remains.DIRECTORY) {
        emptied.add("--exclude=." + left.path() + "/*");
      }
    }
    List<String> tar =
        new ArrayList<>(
            List.of(
                "tar",
                "--one-file-system",
                "--numeric-owner",
                "--xattrs",
                "--xattrs-include=user.*",
                "--xattrs-include=security.capability",
                "--anchored",
                "--no-wildcards"));
    boolean many = absent.size() > MANY;
    if (many) {
      tar.add("--exclude-from=absent");
    } else {
      tar.addAll(absent);
    }
    tar.add("--wildcards");
    tar.addAll(emptied);
    tar.addAll(List.of("-C", root.toString(), "-cf", "host.tar", "."));
    String changes = changes(leftOut);
    StringBuilder text = new StringBuilder("# ").append(ShellWords.join(tar)).append('\n');
    if (many) {
      text.append("# absent has a line ./PATH for each file that is left out\n");
    }
    String scratch = DockerfileText.scratch(platform);
    if (!changes.isEmpty()) {
      text.append("# host.tar and, until it is pruned, the build cache hold what RUN takes away\n");
      text.append(scratch.replace("\n", " AS system\n")).append("ADD host.tar /\n");
      text.append("RUN ").append(changes).append('\n');
      return text.append(scratch).append("COPY --from=system / /\n").toString();
    }
    return text.append(scratch).append("ADD host.tar /\n").toString();
  }

  private static String changes(List<LeftOut> leftOut) {
    List<String> folders = new ArrayList<>();
    List<String> passwords = new ArrayList<>();
    List<String> commands = new ArrayList<>();
    for (LeftOut left : leftOut) {
      if (left.remains() == Remains.DIRECTORIES) {
        folders.add(left.path());
      } else if (left.remains() == Remains.FILE && PASSWORDS.contains(left.path())) {
        passwords.add(left.path());
      } else if (left.remains() == Remains.FILE && left.path().equals("/etc/machine-id")) {
        commands.add(": >/etc/machine-id");
      }
    }
    if (!folders.isEmpty()) {
      commands.add("find " + ShellWords.join(folders) + " ! -type d -delete");
    }
    if (!passwords.isEmpty()) {
      commands.add("sed -i 's/^\\([^:]*\\):[^:]*/\\1:*/' " + ShellWords.join(passwords));
    }
    return String.join(" && ", commands);
  }
}
