package dev.cooper.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.disk.ext4.Ext4;
import dev.cooper.disk.ext4.Ext4Options;
import dev.cooper.disk.ext4.Generation;
import dev.cooper.disk.inspect.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the tree: e2fsck has no complaint, and all of it is there again. */
class RandomTreeTest {
  /** What a thing is; the last is another name for an earlier one. */
  enum Kind {
    FILE,
    DIRECTORY,
    LINK,
    DEVICE,
    FIFO,
    SOCKET,
    NAME
  }

  /**
   * One thing of a tree.
   *
   * @param where which of the directories there are by then it lies in, modulo their number
   * @param size of a file or a link's target; also which earlier thing a name is for
   */
  record Thing(
      Kind kind,
      int where,
      String name,
      long owner,
      int mode,
      long seconds,
      int size,
      int attributes) {}

  @Provide
  Arbitrary<List<Thing>> trees() {
    Arbitrary<Kind> kinds = Arbitraries.of(Kind.class);
    Arbitrary<Integer> places = Arbitraries.integers().between(0, 1000);
    Arbitrary<String> names =
        Arbitraries.strings()
            .withCharRange('!', '~')
            .excludeChars('/')
            .ofMinLength(1)
            .ofMaxLength(85);
    Arbitrary<Long> owners =
        Arbitraries.oneOf(Arbitraries.longs().between(0, 70_000), Arbitraries.just(4_294_967_294L));
    Arbitrary<Long> times = Arbitraries.longs().between(-(1L << 31), (1L << 34) - (1L << 31) - 1);
    Arbitrary<Integer> sizes =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(6, Arbitraries.integers().between(0, 9000)),
            net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(0, 3_000_000)));
    return Combinators.combine(
            kinds,
            places,
            names,
            owners,
            Arbitraries.integers().between(0, 07777),
            times,
            sizes,
            Arbitraries.integers().between(-3, 5))
        .as(Thing::new)
        .list()
        .ofMaxSize(150);
  }

  @Property(tries = 12)
  void isWrittenAndReadAgain(
      @ForAll("trees") List<Thing> things, @ForAll Generation generation, @ForAll boolean sized)
      throws IOException {
    Tool.require("e2fsck");
    Path folder = Files.createTempDirectory("cooper-tree-");
    try {
      check(things, generation, sized ? 96L << 20 : 0, folder);
    } finally {
      try (Stream<Path> left = Files.walk(folder)) {
        left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      }
    }
  }

  private static void check(List<Thing> things, Generation generation, long size, Path folder)
      throws IOException {
    DiskTree tree = tree(things, generation);
    SortedMap<String, String> expected = TreeListing.of(tree.root());
    Path image = write(tree, generation, size, folder.resolve("image"));
    Tool.Result clean = Tool.run("e2fsck", "-fn", image.toString());
    assertThat(clean.status()).as(clean.output()).isZero();
    expected.remove("lost+found");
    try (Disk disk = Disk.open(image)) {
      Node.Directory read = disk.volumes().getFirst().fileSystem().orElseThrow().read();
      SortedMap<String, String> found = TreeListing.of(read);
      found.remove("lost+found");
      assertThat(found).isEqualTo(expected);
    }
    Path again = write(tree(things, generation), generation, size, folder.resolve("again"));
    assertThat(Files.mismatch(image, again)).isEqualTo(-1);
    if (Tool.isRoot()) {
      try (Mounted mounted = Mounted.of(image, folder)) {
        SortedMap<String, String> found = new TreeMap<>(TreeListing.of(mounted.root()));
        found.remove("lost+found");
        assertThat(found).isEqualTo(expected);
      }
    }
  }

  private static Path write(DiskTree tree, Generation generation, long size, Path file)
      throws IOException {
    Ext4 plan =
        Ext4.plan(
            tree,
            new Ext4Options(generation, new UUID(1, 2), new UUID(3, 4), "random", 1, size, 0, 0));
    try (FileOutput output = FileOutput.create(file, plan.size())) {
      plan.write(output, Progress.NONE);
    }
    return file;
  }

  private static DiskTree tree(List<Thing> things, Generation generation) {
    DiskTree tree = DiskTree.empty(Node.Attributes.ofRoot(0755, 1_700_000_000));
    List<Node.Directory> directories = new ArrayList<>(List.of(tree.root()));
    List<Node> others = new ArrayList<>();
    for (Thing thing : things) {
      Node.Directory parent = directories.get(thing.where() % directories.size());
      byte[] name = thing.name().getBytes(StandardCharsets.UTF_8);
      boolean reserved = Stream.of(".", "..", "lost+found").anyMatch(thing.name()::equals);
      if (reserved || parent.entry(name) != null) {
        continue;
      }
      if (thing.kind() == Kind.NAME) {
        if (!others.isEmpty()) {
          parent.put(name, others.get(thing.size() % others.size()));
        }
        continue;
      }
      Node node = node(thing, generation);
      parent.put(name, node);
      if (node instanceof Node.Directory directory) {
        directories.add(directory);
      } else {
        others.add(node);
      }
    }
    return tree;
  }

  private static Node node(Thing thing, Generation generation) {
    Node.Attributes attributes =
        new Node.Attributes(
            thing.kind() == Kind.LINK ? 0777 : thing.mode(),
            thing.owner(),
            thing.owner() / 2,
            thing.seconds(),
            thing.size() * 100,
            extended(thing, generation));
    return switch (thing.kind()) {
      case FILE -> {
        byte[] bytes = bytes(thing);
        yield new Node.RegularFile(
            attributes,
            bytes.length,
            new Node.Content.Given(() -> new java.io.ByteArrayInputStream(bytes)));
      }
      case DIRECTORY -> new Node.Directory(attributes);
      case LINK -> {
        byte[] target = new byte[1 + thing.size() % 4000];
        Arrays.fill(target, (byte) 't');
        yield new Node.SymbolicLink(attributes, target);
      }
      case DEVICE ->
          new Node.Special(
              attributes,
              thing.size() % 2 == 0
                  ? Node.Special.Kind.BLOCK_DEVICE
                  : Node.Special.Kind.CHARACTER_DEVICE,
              1 + thing.size() % 4095,
              thing.size() % (1 << 20));
      case FIFO -> new Node.Special(attributes, Node.Special.Kind.FIFO, 0, 0);
      case SOCKET -> new Node.Special(attributes, Node.Special.Kind.SOCKET, 0, 0);
      case NAME -> throw new IllegalArgumentException("a name is no thing of its own");
    };
  }

  /** Attributes as many as fit: few in the inode, more in a block, a large one beside it. */
  private static Map<String, byte[]> extended(Thing thing, Generation generation) {
    Map<String, byte[]> extended = new TreeMap<>();
    boolean allowed = thing.kind() == Kind.FILE || thing.kind() == Kind.DIRECTORY;
    for (int i = 0; allowed && i < thing.attributes(); i++) {
      extended.put("user." + "n".repeat(i + 1), new byte[(thing.size() * (i + 1)) % 500]);
    }
    if (allowed && thing.attributes() == 5 && generation == Generation.EXT4) {
      extended.put("trusted.large", bytes(thing).length > 60_000 ? new byte[9] : bytes(thing));
    }
    return extended;
  }

  /** Noise with holes in it. */
  private static byte[] bytes(Thing thing) {
    byte[] bytes = new byte[thing.size()];
    Random random = new Random(thing.size());
    random.nextBytes(bytes);
    for (int start = 0; start < bytes.length; start += 1 + random.nextInt(400_000)) {
      int end = Math.min(bytes.length, start + random.nextInt(100_000));
      if (random.nextBoolean()) {
        Arrays.fill(bytes, start, end, (byte) 0);
      }
    }
    return bytes;
  }
}
