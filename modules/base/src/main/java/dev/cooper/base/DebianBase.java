package dev.cooper.base;

import dev.cooper.image.BlobSink;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.CooperException;
import dev.cooper.image.Platform;
import dev.cooper.image.layer.Layer;
import dev.cooper.image.layer.LayerWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A Debian root file system from Debian's own packages, through mmdebstrap, which needs no root
 * where the kernel lets users have namespaces. Package lists, caches and device files are left out,
 * as in the official images.
 *
 * @param suite a release, such as {@code bookworm}
 * @param variant what to install, by mmdebstrap's names: {@code minbase}, {@code essential}, {@code
 *     apt}, …
 * @param include further packages
 * @param mirror where packages come from; empty for mmdebstrap's choice
 * @param modified no file says that it was changed later than this, so that the same packages give
 *     the same image
 */
public record DebianBase(
    String suite, String variant, List<String> include, Optional<String> mirror, Instant modified) {
  private static final int LAST_WORDS = 5;

  /**
   * mmdebstrap's own hooks that begin with a merged /usr where the suite can. Else apt would
   * install usrmerge and, for it, all of Perl: 45 MB that no official image has.
   */
  private static final Path MERGED_USR = Path.of("/usr/share/mmdebstrap/hooks/maybe-merged-usr");

  /**
   * @throws CooperException.InvalidInput when a word cannot be the name of such a thing
   */
  public DebianBase {
    check("suite", suite, "[A-Za-z0-9][A-Za-z0-9.+-]*");
    check("variant", variant, "[a-z][a-z-]*");
    include.forEach(name -> check("package", name, "[A-Za-z0-9][A-Za-z0-9.+:~-]*"));
    mirror.ifPresent(uri -> check("mirror", uri, "[a-z+]+:[^\\s,'\"]+"));
    include = List.copyOf(include);
  }

  private static void check(String what, String word, String pattern) {
    if (!word.matches(pattern)) {
      throw new CooperException.InvalidInput("not the name of a " + what + ": \"" + word + "\"");
    }
  }

  /** The command that is run, its output a tar. */
  public List<String> command() {
    List<String> command =
        new ArrayList<>(
            List.of("mmdebstrap", "--format=tar", "--variant=" + variant, "--skip=output/dev"));
    if (!include.isEmpty()) {
      command.add("--include=" + String.join(",", include));
    }
    if (Files.isDirectory(MERGED_USR)) {
      command.add("--hook-dir=" + MERGED_USR);
    }
    // As in the official images: what RUN apt-get downloads stays in no layer.
    command.add("--aptopt=Acquire::Languages \"none\"");
    // Not for mmdebstrap's own apt, which needs what it downloaded.
    command.add(
        "--customize-hook=echo 'APT::Keep-Downloaded-Packages \"false\";'"
            + " >\"$1/etc/apt/apt.conf.d/99container\"");
    // The host's own name and name servers are not the image's.
    command.add("--customize-hook=rm -f \"$1/etc/hostname\" \"$1/etc/resolv.conf\"");
    command.add(suite);
    command.add("-");
    mirror.ifPresent(command::add);
    return command;
  }

  /**
   * The image. It is made when it is written, which takes a minute or so.
   *
   * @param progress told what mmdebstrap says, line by line
   */
  public BaseImage image(Consumer<String> progress) {
    ContainerConfig config =
        ContainerConfig.EMPTY.withEnv(List.of("PATH=" + BusyboxBase.PATH)).withCmd(List.of("bash"));
    return new BaseImage(
        Platform.host(),
        config,
        origin(),
        "# "
            + ShellWords.join(command())
            + " > debian.tar\nFROM scratch\nADD debian.tar /\n"
            + "ENV PATH="
            + BusyboxBase.PATH
            + "\nCMD [\"bash\"]\n",
        sink -> write(sink, progress));
  }

  /** How a user would say it. */
  private String origin() {
    return "cooper base debian "
        + suite
        + (variant.equals("minbase") ? "" : " --variant " + variant)
        + (include.isEmpty() ? "" : " --include " + String.join(",", include))
        + mirror.map(uri -> " --mirror " + uri).orElse("");
  }

  private Layer write(BlobSink sink, Consumer<String> progress) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.environment().put("SOURCE_DATE_EPOCH", Long.toString(modified.getEpochSecond()));
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new CooperException.NotFound(
          "mmdebstrap is not installed", "apt-get install mmdebstrap", e);
    }
    Deque<String> last = new ArrayDeque<>();
    Thread listener = Thread.ofVirtual().start(() -> listen(process, last, progress));
    try (InputStream tar = process.getInputStream()) {
      process.getOutputStream().close();
      Layer layer;
      try {
        layer = LayerWriter.adopt(tar, sink);
      } catch (CooperException.Corrupt e) {
        throw finish(process, listener) != 0 ? failed(last, e) : e;
      }
      if (finish(process, listener) != 0) {
        throw failed(last, null);
      }
      return layer;
    } finally {
      process.destroy();
    }
  }

  private static void listen(Process process, Deque<String> last, Consumer<String> progress) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line; (line = lines.readLine()) != null; ) {
        synchronized (last) {
          last.addLast(line);
          if (last.size() > LAST_WORDS) {
            last.removeFirst();
          }
        }
        progress.accept(line);
      }
    } catch (IOException e) {
      // The process is gone; its exit code says why.
    }
  }

  private static int finish(Process process, Thread listener) throws IOException {
    try {
      int status = process.waitFor();
      listener.join();
      return status;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while mmdebstrap was running");
    }
  }

  private CooperException failed(Deque<String> last, @Nullable Exception cause) {
    synchronized (last) {
      return new CooperException.Failed(
          "mmdebstrap could not make " + suite + ": " + String.join(" | ", last),
          "is the mirror reachable, and does it have this suite?",
          cause);
    }
  }
}
