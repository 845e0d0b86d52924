package dev.cooper.disk.ext4;

import dev.cooper.disk.DiskTree;
import dev.cooper.disk.Node;
import dev.cooper.image.CooperException;
import dev.cooper.image.layer.PathBytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every node of a tree with its inode number: the root 2, lost+found 11, the others from 12 on,
 * those of one directory next to each other. Values of large extended attributes come last.
 */
final class InodePlan {
  private static final byte[] LOST_AND_FOUND = PathBytes.encode("lost+found");

  private final Generation generation;
  private final Map<Node, Inode> byNode = new IdentityHashMap<>();
  private final List<Inode> inodes = new ArrayList<>();
  private final List<Inode> values = new ArrayList<>();
  private final Map<ExtendedAttribute, Inode> valueOf = new IdentityHashMap<>();
  private final Node.Directory root;
  private int next = Geometry.FIRST_INODE;

  private InodePlan(Generation generation, Node.Directory root) {
    this.generation = generation;
    this.root = root;
  }

  /**
   * Numbers the nodes. A tree without lost+found gets one.
   *
   * @throws CooperException.InvalidInput when a node has more links, or larger attributes, than the
   *     file system can hold
   */
  static InodePlan of(DiskTree tree, Generation generation) {
    InodePlan plan = new InodePlan(generation, tree.root());
    plan.number();
    plan.inodes.forEach(plan::planAttributes);
    for (Inode value : plan.values) {
      plan.inodes.add(value);
    }
    return plan;
  }

  /** All but the journal's, by ascending number. */
  List<Inode> inodes() {
    return Collections.unmodifiableList(inodes);
  }

  /** The inode of a node of the tree. */
  Inode of(Node node) {
    Inode inode = byNode.get(node);
    if (inode == null) {
      throw new IllegalStateException("the tree changed after it was planned");
    }
    return inode;
  }

  /** The inode that holds the value of an attribute. */
  Inode valueOf(ExtendedAttribute attribute) {
    Inode inode = valueOf.get(attribute);
    if (inode == null) {
      throw new IllegalStateException("the attribute's value is not outside");
    }
    return inode;
  }

  /** Whether any attribute's value has an inode of its own. */
  boolean hasValues() {
    return !values.isEmpty();
  }

  /** The highest number in use. */
  int highest() {
    return next - 1;
  }

  private record Visit(Inode inode, Node.Directory directory, String path) {}

  private void number() {
    Inode rootInode = new Inode(Geometry.ROOT_INODE, root, Geometry.ROOT_INODE, 2);
    add(rootInode, root);
    Deque<Visit> open = new ArrayDeque<>();
    open.push(new Visit(rootInode, root, ""));
    if (!(root.entry(LOST_AND_FOUND) instanceof Node.Directory)) {
      if (root.entry(LOST_AND_FOUND) != null) {
        throw new CooperException.InvalidInput(
            "/lost+found is not a directory; " + generation.title() + " needs it to be one");
      }
      Node.Attributes own = Node.Attributes.ofRoot(0700, root.attributes().seconds());
      root.put(LOST_AND_FOUND, new Node.Directory(own));
    }
    Node.Directory lostAndFound = (Node.Directory) present(root.entry(LOST_AND_FOUND));
    addDirectory(rootInode, lostAndFound);
    while (!open.isEmpty()) {
      Visit visit = open.pop();
      List<Visit> below = new ArrayList<>();
      for (Map.Entry<byte[], Node> entry : visit.directory.entries().entrySet()) {
        String path = visit.path + "/" + PathBytes.decode(entry.getKey());
        switch (entry.getValue()) {
          case Node.Directory directory -> {
            Inode inode =
                directory == lostAndFound ? of(directory) : addDirectory(visit.inode, directory);
            checkSubdirectories(visit);
            below.add(new Visit(inode, directory, path));
          }
          case Node other -> addName(other, visit.inode, path);
        }
      }
      below.reversed().forEach(open::push);
    }
  }

  private static Node present(@org.jspecify.annotations.Nullable Node node) {
    if (node == null) {
      throw new IllegalStateException("an entry went away");
    }
    return node;
  }

  private Inode addDirectory(Inode parent, Node.Directory directory) {
    Inode inode = new Inode(next++, directory, parent.number, 2);
    parent.links++;
    add(inode, directory);
    return inode;
  }

  private void checkSubdirectories(Visit visit) {
    if (generation == Generation.EXT3 && visit.inode.links > generation.maximumLinks()) {
      throw new CooperException.InvalidInput(
          visit.path + ": ext3 holds up to 31998 subdirectories in a directory",
          "use ext4, which has no such limit");
    }
  }

  private void addName(Node node, Inode parent, String path) {
    Inode known = byNode.get(node);
    if (known != null) {
      if (++known.links > generation.maximumLinks()) {
        throw new CooperException.InvalidInput(
            "%s: %s holds up to %d hard links to a file"
                .formatted(path, generation.title(), generation.maximumLinks()));
      }
      return;
    }
    if (node instanceof Node.RegularFile file
        && Math.ceilDiv(file.size(), Geometry.BLOCK) > generation.maximumFileBlocks()) {
      throw new CooperException.InvalidInput(
          "%s: %d bytes are more than a file on %s can have"
              .formatted(path, file.size(), generation.title()));
    }
    add(new Inode(next++, node, parent.number, 1), node);
  }

  private void add(Inode inode, Node node) {
    byNode.put(node, inode);
    inodes.add(inode);
  }

  private void planAttributes(Inode inode) {
    Node node = inode.node;
    if (node == null || node.attributes().extended().isEmpty()) {
      return;
    }
    String owner = "inode " + inode.number;
    inode.attributes = AttributePlan.of(node.attributes().extended(), generation, owner);
    for (ExtendedAttribute attribute : inode.attributes.outside()) {
      Inode value = new Inode(next++, null, 0, 1);
      value.value = attribute.value();
      values.add(value);
      valueOf.put(attribute, value);
    }
  }
}
