package dev.cooper.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.image.Reference;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other tools that read, and write, the store in place. */
class JudgesTest {
  @TempDir Path directory;

  private static void need(String program) {
    Assumptions.assumeTrue(ChildProcess.has(program), program + " is not installed");
  }

  @Test
  void skopeoReadsIt() throws Exception {
    need("skopeo");
    Store store = Store.open(directory.resolve("store"));
    StoredImage image = Samples.tagged(store, "minios");
    Samples.tagged(store, "localhost:5000/x:1");
    String output = ChildProcess.run("skopeo", "inspect", "oci:" + store.root() + ":minios:latest");
    assertThat(output).contains(image.target().digest().toString());
    ChildProcess.run("skopeo", "inspect", "oci:" + store.root() + ":localhost:5000/x:1");
  }

  @Test
  void umociReadsIt() throws Exception {
    need("umoci");
    Store store = Store.open(directory.resolve("store"));
    Samples.tagged(store, "minios");
    Samples.tagged(store, "other:2");
    store.layers().unpack(store.images().require(Reference.parse("minios")));
    assertThat(ChildProcess.run("umoci", "ls", "--layout", store.root().toString()))
        .contains("minios:latest", "other:2");
    assertThat(
            ChildProcess.run("umoci", "stat", "--json", "--image", store.root() + ":minios:latest"))
        .contains("history");
  }

  @Test
  void anEmptyStoreIsALayoutToo() throws Exception {
    need("umoci");
    Store store = Store.open(directory.resolve("store"));
    assertThat(ChildProcess.run("umoci", "ls", "--layout", store.root().toString())).isBlank();
  }

  @Test
  void skopeoWritesIntoIt() throws Exception {
    need("skopeo");
    Store from = Store.open(directory.resolve("from"));
    StoredImage image = Samples.tagged(from, "minios");
    Store to = Store.open(directory.resolve("to"));
    Samples.tagged(to, "before");
    ChildProcess.run(
        "skopeo",
        "copy",
        "oci:" + from.root() + ":minios:latest",
        "oci:" + to.root() + ":copied:1");
    StoredImage copied = to.images().require("copied:1");
    assertThat(copied.problem()).isEmpty();
    assertThat(copied.id()).isEqualTo(image.id());
    assertThat(to.images().list()).hasSize(2);
    assertThat(to.collect(GarbageRoots.NONE).orElseThrow().blobs()).isEmpty();
    assertThat(to.images().remove("copied:1", false, ImageUsers.NONE).deleted())
        .contains(image.id());
  }
}
