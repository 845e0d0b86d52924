package dev.cooper.disk.guest;

import dev.cooper.disk.DiskTree;
import dev.cooper.disk.Node;
import dev.cooper.image.layer.PathBytes;
import java.util.List;

/** The keys by which people know a machine that they log in to. */
final class SshHostKeys {
  private SshHostKeys() {}

  /** Whether the image has a server of ssh, and what makes its keys. */
  static boolean areWanted(DiskTree tree) {
    return tree.hasFile("usr/bin/ssh-keygen") && tree.hasFile("usr/sbin/sshd");
  }

  /** Keys that came with the image would be the same on every machine made of it. */
  static void forget(DiskTree tree) {
    if (tree.resolve("etc/ssh") instanceof Node.Directory folder) {
      for (byte[] name : List.copyOf(folder.entries().keySet())) {
        if (PathBytes.decode(name).startsWith("ssh_host_")) {
          folder.remove(name);
        }
      }
    }
  }
}
