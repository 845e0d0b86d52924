package dev.cooper.acceptance.build;

import dev.cooper.image.ContainerConfig;
import dev.cooper.image.Digest;
import dev.cooper.image.History;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.FileTree;
import dev.cooper.image.tree.TreeContent;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a build came to, as lines that can be compared. */
final class Outcomes {
  private Outcomes() {}

  /** The config's facts, one a line. */
  static List<String> config(ImageConfig image) {
    ContainerConfig config = image.config();
    Map<String, Object> facts = new TreeMap<>();
    facts.put("architecture", image.architecture());
    facts.put("os", image.os());
    facts.put("author", image.author() == null ? "" : image.author());
    facts.put("user", config.user());
    facts.put("ports", config.exposedPorts());
    facts.put("env", config.env());
    facts.put("entrypoint", config.entrypoint());
    facts.put("cmd", config.cmd());
    facts.put("volumes", config.volumes());
    // The two builders of the engine disagree about how to say that there is none.
    facts.put("workdir", config.workingDir().isEmpty() ? "/" : config.workingDir());
    facts.put("labels", config.labels());
    facts.put("stop signal", String.valueOf(config.stopSignal()));
    facts.put("healthcheck", String.valueOf(config.healthcheck()));
    facts.put("triggers", config.onBuild());
    facts.put("shell", config.shell());
    List<String> lines = new ArrayList<>();
    facts.forEach((name, value) -> lines.add(name + ": " + value));
    return lines;
  }

  /** The history's lines, content digests left out, since each builder has its own. */
  static List<String> history(ImageConfig image) {
    List<String> lines = new ArrayList<>();
    for (History step : image.history()) {
      String by = String.valueOf(step.createdBy()).replaceAll(":[0-9a-f]{64} in", ":DIGEST in");
      lines.add((step.isEmptyLayer() ? "- " : "+ ") + by);
    }
    return lines;
  }

  /**
   * Every entry of the tree, one a line: type, mode, owner, size, path, link, content, extended
   * attributes.
   */
  static List<String> tree(FileTree tree, TreeContent content) throws Exception {
    List<String> lines = new ArrayList<>();
    for (FileNode node : tree.walk()) {
      if (node.path().isEmpty()) {
        continue;
      }
      TarEntry entry = node.entry();
      String line =
          String.format(
              "%s %04o %d:%d %d /%s",
              node.type(), entry.mode(), entry.uid(), entry.gid(), entry.size(), node.path());
      switch (node.type()) {
        case SYMLINK -> line += " -> " + entry.linkTarget();
        case FILE -> line += " " + digest(content, node);
        case CHARACTER_DEVICE, BLOCK_DEVICE ->
            line += " " + entry.deviceMajor() + "," + entry.deviceMinor();
        default -> {}
      }
      StringBuilder attributes = new StringBuilder();
      entry
          .xattrs()
          .forEach(
              (name, value) ->
                  attributes
                      .append(' ')
                      .append(name)
                      .append('=')
                      .append(Base64.getEncoder().encodeToString(value)));
      lines.add(line + attributes);
    }
    return lines;
  }

  private static String digest(TreeContent content, FileNode node) throws Exception {
    try (InputStream in = content.open(node);
        DigestOutputStream out =
            new DigestOutputStream(OutputStream.nullOutputStream(), Digest.newSha256())) {
      in.transferTo(out);
      return Digest.ofSha256(out.getMessageDigest().digest()).shortHex();
    }
  }
}
