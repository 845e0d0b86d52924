package dev.cooper.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.image.Descriptor;
import dev.cooper.image.Image;
import dev.cooper.image.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that die at any instant, and processes that work at once. */
class CrashTest {
  @TempDir Path directory;

  /** Makes, names, unpacks, removes and collects images, and says each name it has given. */
  static final class Worker {
    public static void main(String[] arguments) throws Exception {
      String name = arguments[1];
      int count = Integer.parseInt(arguments[2]);
      boolean collecting = Boolean.parseBoolean(arguments[3]);
      Store store = Store.open(Path.of(arguments[0]));
      for (int i = 0; i < count; i++) {
        String reference = name + ":" + i;
        try (Lease lease = store.lease()) {
          Path work = Files.createDirectory(lease.newDirectory().resolve("upper"));
          Files.writeString(work.resolve("file"), reference);
          byte[] content = new byte[50_000];
          new Random(i).nextBytes(content);
          Descriptor target =
              Samples.image(
                  store,
                  reference,
                  List.of(
                      Samples.tar()
                          .file("f", new String(content, StandardCharsets.ISO_8859_1))
                          .toBytes()));
          store.images().tag(Reference.parse(reference), target);
        }
        System.out.println(reference);
        if (collecting && i % 3 == 2) {
          store.images().remove(name + ":" + (i - 1), false, ImageUsers.NONE);
          store.collect(GarbageRoots.NONE);
        }
      }
    }
  }

  @Test
  void aProcessMayBeKilledAtAnyInstant() throws Exception {
    Path root = directory.resolve("store");
    Random random = new Random(11);
    for (int round = 0; round < 8; round++) {
      Path output = directory.resolve("output" + round);
      Process worker =
          ChildProcess.command(Worker.class, root, "round" + round, 100_000, true)
              .redirectOutput(output.toFile())
              .start();
      int enough = 3 + random.nextInt(20);
      while (worker.isAlive() && Files.readAllLines(output).size() < enough) {
        Thread.sleep(1);
      }
      Thread.sleep(0, random.nextInt(999_999));
      assertThat(worker.isAlive()).as(Files.readString(output)).isTrue();
      worker.destroyForcibly().waitFor();
      List<String> said = Files.readAllLines(output);

      Store store = Store.open(root);
      Set<String> names = new TreeSet<>();
      for (StoredImage stored : store.images().list()) {
        assertThat(stored.problem()).isEmpty();
        Image image = store.images().read(stored);
        for (var layer : image.layers()) {
          store.blobs().verify(layer.digest());
        }
        stored.names().forEach(name -> names.add(name.familiar()));
      }
      String prefix = "round" + round + ":";
      int last = said.stream().mapToInt(name -> number(name)).max().orElseThrow();
      for (String name : said) {
        int i = number(name);
        // Every third round takes the name before away; the kill may have come around the last.
        if (i % 3 != 1 || i >= last) {
          assertThat(names).contains(prefix + i);
        }
      }
      assertThat(store.collect(GarbageRoots.NONE)).isPresent();
      assertThat(root.resolve("tmp")).isEmptyDirectory();
      assertThat(store.damagedBlobs()).isEmpty();
      assertThat(store.images().list()).allMatch(image -> image.problem().isEmpty());
    }
  }

  private static int number(String name) {
    return Integer.parseInt(name.substring(name.indexOf(':') + 1));
  }

  @Test
  void processesAtOnceLoseNothingOfEachOther() throws Exception {
    Path root = directory.resolve("store");
    List<Process> workers = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      workers.add(ChildProcess.start(Worker.class, root, name, 15, false));
    }
    Store store = Store.open(root);
    // The collector comes by all the time and must not take what is not named yet.
    while (workers.stream().anyMatch(Process::isAlive)) {
      store.collect(GarbageRoots.NONE);
    }
    for (Process worker : workers) {
      String output = new String(worker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(worker.waitFor()).as(output).isZero();
    }
    Set<String> names = new TreeSet<>();
    for (StoredImage image : store.images().list()) {
      assertThat(image.problem()).isEmpty();
      image.names().forEach(name -> names.add(name.familiar()));
    }
    Set<String> expected = new TreeSet<>();
    for (String name : List.of("a", "b", "c")) {
      for (int i = 0; i < 15; i++) {
        expected.add(name + ":" + i);
      }
    }
    assertThat(names).isEqualTo(expected);
    assertThat(store.damagedBlobs()).isEmpty();
    store.collect(GarbageRoots.NONE);
    assertThat(root.resolve("tmp")).isEmptyDirectory();
  }
}
