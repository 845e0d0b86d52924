package dev.cooper.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.image.CooperException;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blobs and images need no root, only a directory that may be written to. */
class OrdinaryUserTest {
  @TempDir Path directory;

  /** Makes, names, lists, removes and collects. */
  static final class User {
    public static void main(String[] arguments) throws Exception {
      try {
        Store store = Store.open(Path.of(arguments[0]));
        StoredImage image = Samples.tagged(store, "mine");
        Samples.tagged(store, "other");
        store.images().remove("other", false, ImageUsers.NONE);
        store.collect(GarbageRoots.NONE).orElseThrow();
        System.out.println(store.images().list().equals(List.of(image)) ? "good" : "bad");
      } catch (CooperException e) {
        System.out.println("refused: " + e.getMessage());
      }
    }
  }

  private String runAsNobody(Path root) throws Exception {
    Assumptions.assumeTrue(
        ChildProcess.has("setpriv") && System.getProperty("user.name").equals("root"),
        "becoming an ordinary user needs root and setpriv");
    Path classes = Files.createDirectory(directory.resolve("classes"));
    Process child =
        new ProcessBuilder(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                readableCopy(classes),
                User.class.getName(),
                root.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    child.waitFor();
    return output.strip();
  }

  /** The class path copied to where others than root may read it. */
  private static String readableCopy(Path target) throws Exception {
    List<String> copies = new ArrayList<>();
    for (String entry : ChildProcess.classPath().split(File.pathSeparator)) {
      if (!Files.exists(Path.of(entry))) {
        continue;
      }
      Path copy = target.resolve(String.valueOf(copies.size()));
      ChildProcess.run("cp", "-rL", "--no-preserve=all", entry, copy.toString());
      copies.add(copy.toString());
    }
    return String.join(File.pathSeparator, copies);
  }

  @Test
  void inADirectoryOfOnesOwn() throws Exception {
    Path home = Files.createDirectory(directory.resolve("home"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setAttribute(home, "unix:uid", 65534);
    assertThat(runAsNobody(home.resolve(".local/share/cooper"))).isEqualTo("good");
  }

  @Test
  void elsewhereItIsSaidClearly() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(runAsNobody(directory.resolve("store")))
        .startsWith("refused: permission denied: cannot open the store at ");
  }
}
