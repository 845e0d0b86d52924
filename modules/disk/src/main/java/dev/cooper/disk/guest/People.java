package dev.cooper.disk.guest;

import dev.cooper.disk.DiskTree;
import dev.cooper.disk.Node;
import dev.cooper.image.CooperException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets people in: a user of their own, and the key that opens the door. */
final class People {
  private static final int FIRST_UID = 1000;
  private static final int LAST_UID = 59_999;

  private final DiskTree tree;
  private final GuestOptions options;

  People(DiskTree tree, GuestOptions options) {
    this.tree = tree;
    this.options = options;
  }

  void install() throws IOException {
    if (!options.user().isEmpty()) {
      String[] known = user(options.user());
      if (known == null) {
        add();
      } else if (!options.sshKey().isEmpty()) {
        allow(known[5], Long.parseLong(known[2]), Long.parseLong(known[3]));
      }
    } else if (!options.sshKey().isEmpty()) {
      allow("/root", 0, 0);
    }
  }

  private void add() throws IOException {
    String name = options.user();
    long id = freeId();
    String home = "/home/" + name;
    String shell = tree.hasFile("bin/bash") ? "/bin/bash" : "/bin/sh";
    append("etc/passwd", 0644, "%s:x:%d:%d::%s:%s".formatted(name, id, id, home, shell));
    append("etc/group", 0644, "%s:x:%d:".formatted(name, id));
    // No password opens the account; "!" would also shut out keys where sshd asks PAM.
    append("etc/shadow", 0640, name + ":*:::::::");
    put(home, new Node.Directory(owned(0755, id, id)));
    if (tree.lookup("etc/sudoers.d") instanceof Node.Directory) {
      tree.putText("etc/sudoers.d/" + name, 0440, name + " ALL=(ALL) NOPASSWD: ALL\n");
    } else if (tree.hasFile("usr/bin/doas")) {
      tree.putText("etc/doas.d/" + name + ".conf", 0400, "permit nopass " + name + "\n");
    }
    if (!options.sshKey().isEmpty()) {
      allow(home, id, id);
    }
  }

  private void allow(String home, long uid, long gid) {
    Node.Directory folder = new Node.Directory(owned(0700, uid, gid));
    Node there = tree.resolve(home + "/.ssh");
    if (there instanceof Node.Directory known) {
      folder = known;
    } else {
      put(home + "/.ssh", folder);
    }
    byte[] line = (options.sshKey() + "\n").getBytes(StandardCharsets.UTF_8);
    Node.Content content = new Node.Content.Given(() -> new ByteArrayInputStream(line));
    folder.put(
        "authorized_keys".getBytes(StandardCharsets.US_ASCII),
        new Node.RegularFile(owned(0600, uid, gid), line.length, content));
  }

  private void put(String path, Node node) {
    tree.put(path.substring(1), node);
  }

  private Node.Attributes owned(int mode, long uid, long gid) {
    return new Node.Attributes(mode, uid, gid, tree.root().attributes().seconds(), 0, Map.of());
  }

  private String @Nullable [] user(String name) throws IOException {
    for (String line : tree.text("etc/passwd").lines().toList()) {
      String[] fields = line.split(":", -1);
      if (fields.length >= 7 && fields[0].equals(name)) {
        return fields;
      }
    }
    return null;
  }

  private long freeId() throws IOException {
    Set<String> taken = new HashSet<>();
    for (String file : new String[] {"etc/passwd", "etc/group"}) {
      for (String line : tree.text(file).lines().toList()) {
        String[] fields = line.split(":", -1);
        if (fields.length > 2) {
          taken.add(fields[2]);
        }
      }
    }
    for (long id = FIRST_UID; id <= LAST_UID; id++) {
      if (!taken.contains(String.valueOf(id))) {
        return id;
      }
    }
    throw new CooperException.InvalidInput("the image has no number left for a user");
  }

  /** Adds a line to a file, and keeps who owns it. */
  private void append(String path, int mode, String line) throws IOException {
    String text = tree.text(path);
    String separator = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
    byte[] bytes = (text + separator + line + "\n").getBytes(StandardCharsets.UTF_8);
    Node before = tree.resolve(path);
    Node.Attributes attributes = before == null ? owned(mode, 0, 0) : before.attributes();
    tree.put(
        path,
        new Node.RegularFile(
            attributes,
            bytes.length,
            new Node.Content.Given(() -> new ByteArrayInputStream(bytes))));
  }
}
