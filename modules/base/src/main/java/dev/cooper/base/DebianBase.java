package dev.cooper.base;

import dev.cooper.image.BlobSink;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.CooperException;
import dev.cooper.image.Platform;
import dev.cooper.image.layer.Layer;
import dev.cooper.image.layer.LayerWriter;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.TarWriter;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A Debian root file system from Debian's own packages, through mmdebstrap, which needs no root
 * where the kernel lets users have namespaces. Package lists, caches and device files are left out,
 * and apt and dpkg are set, as in the official images.
 *
 * @param suite a release, such as {@code bookworm}; with {@code -slim} after it, no manual pages,
 *     documents and translations are installed, now and later
 * @param variant what to install, by mmdebstrap's names: {@code minbase}, {@code essential}, {@code
 *     apt}, …
 * @param include further packages
 * @param mirror where packages come from; empty for mmdebstrap's choice
 * @param architecture the processor, by Debian's name or by the name that images use; empty for
 *     this machine's. Installing runs the system's programs, so another needs qemu-user
 * @param modified no file says that it was changed later than this, so that the same packages give
 *     the same image
 */
public record DebianBase(
    String suite,
    String variant,
    List<String> include,
    Optional<String> mirror,
    Optional<String> architecture,
    Instant modified) {
  private static final int LAST_LINES = 5;

  /** It removes what it made so far before it ends. */
  private static final int PATIENCE_SECONDS = 20;

  private static final String SLIM = "-slim";
  private static final int TAR_BLOCK = 512;

  /** Debian's names of processors that images name otherwise. */
  private static final Map<String, String> DEBIAN_NAMES =
      Map.of(
          "386", "i386",
          "arm", "armhf",
          "arm/v5", "armel",
          "arm/v7", "armhf",
          "ppc64le", "ppc64el",
          "mips64le", "mips64el",
          "mipsle", "mipsel");

  private static final Map<String, String> IMAGE_NAMES =
      Map.of(
          "armel", "arm/v5",
          "ppc64el", "ppc64le",
          "mips64el", "mips64le",
          "mipsel", "mipsle");

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
    architecture.ifPresent(name -> check("processor", name, "[a-z0-9][a-z0-9-]*(/v[0-9])?"));
    include = List.copyOf(include);
  }

  private static void check(String what, String word, String pattern) {
    if (!word.matches(pattern)) {
      throw new CooperException.InvalidInput("not the name of a " + what + ": \"" + word + "\"");
    }
  }

  private boolean slim() {
    return suite.endsWith(SLIM);
  }

  private String release() {
    return slim() ? suite.substring(0, suite.length() - SLIM.length()) : suite;
  }

  /** The processor that the system is for. */
  public Platform platform() {
    return architecture
        .map(name -> Platform.parse("linux/" + IMAGE_NAMES.getOrDefault(name, name)))
        .orElseGet(Platform::host);
  }

  /** The command that is run, its output a tar. */
  public List<String> command() {
    List<String> command =
        new ArrayList<>(List.of("mmdebstrap", "--format=tar", "--variant=" + variant));
    // Else mmdebstrap would remove, with its own, the one that the image is to have.
    command.add("--skip=chroot/policy-rc.d");
    architecture.ifPresent(
        name -> command.add("--architectures=" + DEBIAN_NAMES.getOrDefault(name, name)));
    if (!include.isEmpty()) {
      command.add("--include=" + String.join(",", include));
    }
    if (Files.isDirectory(MERGED_USR)) {
      command.add("--hook-dir=" + MERGED_USR);
    }
    DebianSettings.dpkg(slim()).forEach(line -> command.add("--dpkgopt=" + line));
    command.add("--customize-hook=" + DebianSettings.script(release(), slim(), include, mirror));
    command.add(release());
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
    return new BaseImage(platform(), config, origin(), dockerfile(), sink -> write(sink, progress));
  }

  private String dockerfile() {
    StringBuilder text = new StringBuilder("# export SOURCE_DATE_EPOCH=");
    text.append(modified.getEpochSecond()).append("\n# ");
    List<String> words = command();
    for (int i = 0; i < words.size(); i++) {
      boolean option = words.get(i).startsWith("--");
      text.append(ShellWords.join(List.of(words.get(i))));
      text.append(option ? " \\\n#   " : " ");
    }
    // Of the devices only the folder stays.
    text.append("| mmtarfilter '--path-exclude=/dev/*' >debian.tar\n");
    return text.append(DockerfileText.scratch(platform()))
        .append(DockerfileText.add("debian.tar"))
        .append(DockerfileText.path(BusyboxBase.PATH))
        .append("CMD ")
        .append(DockerfileText.array(List.of("bash")))
        .append('\n')
        .toString();
  }

  /** How a user would say it. */
  private String origin() {
    return "cooper base debian "
        + suite
        + (variant.equals("minbase") ? "" : " --variant " + variant)
        + architecture.map(name -> " --arch " + name).orElse("")
        + (include.isEmpty() ? "" : " --include " + String.join(",", include))
        + mirror.map(uri -> " --mirror " + uri).orElse("");
  }

  private Layer write(BlobSink sink, Consumer<String> progress) throws IOException {
    List<String> command = command();
    command.add(1, "--skip=output/dev");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SOURCE_DATE_EPOCH", Long.toString(modified.getEpochSecond()));
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new CooperException.NotFound(
          "mmdebstrap is not installed", "apt-get install mmdebstrap", e);
    }
    Thread ending = new Thread(() -> stop(process));
    Runtime.getRuntime().addShutdownHook(ending);
    Deque<String> last = new ArrayDeque<>();
    Thread listener = Thread.ofVirtual().start(() -> listen(process, last, progress));
    try (InputStream tar =
        new SequenceInputStream(new ByteArrayInputStream(devices()), process.getInputStream())) {
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
      stop(process);
      try {
        Runtime.getRuntime().removeShutdownHook(ending);
      } catch (IllegalStateException e) {
        // This is the shutdown.
      }
    }
  }

  /**
   * Ends it with all that it started, as control-C does: left alone, it would go on, and at its end
   * leave a root file system with mounts in it.
   */
  private static void stop(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The start of a tar: the folder, without which no read-only container could have devices. */
  private byte[] devices() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarWriter writer = new TarWriter(bytes)) {
      writer.write(TarEntry.directory("dev").withModified(modified));
      writer.finish();
    }
    return Arrays.copyOf(bytes.toByteArray(), TAR_BLOCK);
  }

  private static void listen(Process process, Deque<String> last, Consumer<String> progress) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line; (line = lines.readLine()) != null; ) {
        synchronized (last) {
          if (last.size() == LAST_LINES && !last.removeIf(earlier -> !isCause(earlier))) {
            last.removeFirst();
          }
          last.addLast(line);
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
      List<String> causes =
          last.stream().filter(DebianBase::isCause).map(line -> line.substring(3)).toList();
      List<String> words = causes.isEmpty() ? List.copyOf(last) : causes;
      return new CooperException.Failed(
          "mmdebstrap could not make " + suite + ": " + String.join(" | ", words),
          hint(String.join(" ", words)),
          cause);
    }
  }

  /** Whether a line tells a cause, rather than who failed for it. */
  private static boolean isCause(String line) {
    return line.startsWith("E: ")
        && !line.startsWith("E: command failed")
        && !line.startsWith("E: setup failed")
        && !line.startsWith("E: Some index files")
        && !line.startsWith("E: mmdebstrap failed");
  }

  private static @Nullable String hint(String words) {
    if (words.contains("arch-test")) {
      return "apt-get install arch-test qemu-user-static";
    }
    if (words.contains("chroot mode")) {
      return "run it as root; or let users have namespaces, with lines in /etc/subuid and /etc/subgid"
          + " (usermod --add-subuids)";
    }
    if (words.contains("binfmt_misc")) {
      return "its programs run here once qemu-user-static is installed and registered";
    }
    if (words.contains("Release file")) {
      return "the mirror has no such release: bookworm, trixie and sid are some of Debian's";
    }
    return words.contains("Failed to fetch") || words.contains("resolve")
        ? "is the mirror reachable?"
        : null;
  }
}
