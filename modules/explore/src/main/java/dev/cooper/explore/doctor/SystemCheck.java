package dev.cooper.explore.doctor;

import dev.cooper.explore.ImageFiles;
import dev.cooper.explore.fact.VisibleText;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.FileTree;
import java.util.Locale;

/** What programs expect of a system: a place for temporary files, sane permissions. */
final class SystemCheck {
  private final ContainerConfig config;
  private final FileTree tree;
  private final Doctor.Findings findings;

  SystemCheck(ContainerConfig config, ImageFiles files, Doctor.Findings findings) {
    this.config = config;
    this.tree = files.tree();
    this.findings = findings;
  }

  void check() {
    boolean programs = false;
    for (FileNode node : tree.walk()) {
      permissions(node);
      programs |= node.isFile() && (node.entry().mode() & 0111) != 0;
    }
    // A volume is made where there is nothing.
    if (programs && config.volumes().stream().noneMatch(SystemCheck::isTmp)) {
      temporary();
    }
  }

  /** Whether a volume's path, however it is written, is that of /tmp. */
  private static boolean isTmp(String volume) {
    String found = "";
    for (String part : volume.split("/")) {
      if (!part.isEmpty() && !part.equals(".")) {
        found += "/" + part;
      }
    }
    return found.equals("/tmp");
  }

  private void temporary() {
    FileNode tmp = tree.resolve("tmp");
    FileNode itself = tree.lookup("tmp");
    if (tmp == null || !tmp.isDirectory()) {
      String cure =
          tree.resolve("bin/sh") == null
              ? "run with --tmpfs /tmp, or COPY --from a stage that has one"
              : "RUN mkdir -m 1777 /tmp, or run with --tmpfs /tmp";
      if (itself == null) {
        findings.add(
            Finding.Severity.WARNING,
            FindingKind.NO_TMP,
            "/tmp",
            "it is not in the image: programs that make temporary files fail",
            cure);
      } else {
        findings.warning(
            FindingKind.NO_TMP,
            itself,
            (itself.isSymlink()
                    ? "it is a link to "
                        + VisibleText.of(itself.entry().linkTarget())
                        + ", which is no directory of the image"
                    : "it is not a directory")
                + ": programs that make temporary files fail",
            cure);
      }
    } else if ((tmp.entry().mode() & 01777) != 01777) {
      findings.warning(
          FindingKind.TMP_MODE,
          tmp,
          String.format(
              Locale.ROOT,
              "it has mode %04o: users other than its owner cannot make files in it safely",
              tmp.entry().mode()),
          "RUN chmod 1777 /tmp");
    }
  }

  private void permissions(FileNode node) {
    int mode = node.entry().mode();
    if (node.type() == EntryType.SYMLINK || node.layer() == FileNode.IMPLIED) {
      return;
    }
    if (node.isFile() && (mode & 06000) != 0 && (mode & 0111) != 0) {
      findings.add(
          Finding.Severity.NOTE,
          FindingKind.SET_ID,
          node,
          String.format(
              Locale.ROOT,
              "runs as %s, whoever starts it (mode %04o)",
              (mode & 04000) != 0 ? "user " + node.entry().uid() : "group " + node.entry().gid(),
              mode),
          "chmod a-s it unless it is needed, or run with --security-opt no-new-privileges");
    }
    boolean sticky = node.isDirectory() && (mode & 01000) != 0;
    if ((node.isFile() || node.isDirectory()) && (mode & 0002) != 0 && !sticky) {
      findings.warning(
          FindingKind.WORLD_WRITABLE,
          node,
          String.format(Locale.ROOT, "everybody may change it (mode %04o)", mode),
          node.isDirectory() ? "chmod o-w it, or +t as /tmp has" : "chmod o-w it");
    }
  }
}
