package dev.cooper.base;

import dev.cooper.elf.Elf;
import dev.cooper.elf.ElfFile;
import dev.cooper.elf.ElfFormatException;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.CooperException;
import dev.cooper.image.Platform;
import dev.cooper.image.layer.TarEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * The root file system of a small system that is one program: a statically linked busybox, a link
 * for each command that it is, the directories of a Linux root, and the few files that programs
 * look for in {@code /etc}.
 *
 * <p>Nothing is run: what commands the binary has and what processor it is for are read from it, so
 * that one for any processor will do. The same binary and options give the same bytes, wherever.
 */
public final class BusyboxBase {
  /** Where commands are looked for, in an image and by a login shell. */
  public static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final List<Path> USUAL_PLACES =
      List.of(
          Path.of("/bin/busybox"),
          Path.of("/usr/bin/busybox"),
          Path.of("/usr/local/bin/busybox"),
          Path.of("/bin/busybox.static"));

  private static final long LARGEST = 64L << 20;
  private static final Pattern VERSION = Pattern.compile("BusyBox v([0-9][0-9A-Za-z.+-]*)");

  private final ElfFile elf;
  private final List<String> applets;
  private final String version;
  private final byte[] binary;
  private final Instant modified;
  private final BusyboxOptions options;

  private BusyboxBase(
      ElfFile elf,
      List<String> applets,
      String version,
      DebianPackage.Content binary,
      BusyboxOptions options) {
    this.binary = binary.bytes();
    this.modified = binary.modified();
    this.elf = elf;
    this.applets = applets;
    this.version = version;
    this.options = options;
  }

  /**
   * The statically linked busybox of this machine.
   *
   * @throws CooperException.NotFound when there is none, with the command that installs it
   */
  public static Path hostBinary() {
    for (Path place : USUAL_PLACES) {
      try {
        if (Files.isRegularFile(place) && Elf.read(place).isStatic()) {
          return place;
        }
      } catch (IOException e) {
        // Not one that can be used; perhaps the next is.
      }
    }
    throw new CooperException.NotFound(
        "no statically linked busybox on this machine",
        "apt-get install busybox-static, or give the path of one with --busybox");
  }

  /**
   * A root file system from this binary.
   *
   * @param binary a busybox, or Debian's package of it, for any processor
   * @throws CooperException.NotFound when there is no such file
   * @throws CooperException.InvalidInput when it is not a busybox, is not statically linked, or
   *     does not have the commands that were asked for
   */
  public static BusyboxBase of(Path binary, BusyboxOptions options) throws IOException {
    ElfFile elf;
    DebianPackage.Content content;
    try {
      if (Files.size(binary) > LARGEST) {
        throw new CooperException.InvalidInput(binary + " is too large to be a busybox");
      }
      content =
          DebianPackage.is(binary)
              ? inPackage(binary)
              : new DebianPackage.Content(
                  Files.readAllBytes(binary), Files.getLastModifiedTime(binary).toInstant());
      elf = Elf.read(content.bytes());
    } catch (NoSuchFileException e) {
      throw new CooperException.NotFound(binary + ": no such file", null, e);
    } catch (ElfFormatException e) {
      throw new CooperException.InvalidInput(
          binary + " is not a program for Linux: " + e.getMessage(), null, e);
    }
    if (!elf.isStatic()) {
      throw new CooperException.InvalidInput(
          binary
              + " is not statically linked"
              + elf.interpreter().map(loader -> ": it needs " + loader).orElse(""),
          "use the busybox of Debian's package busybox-static");
    }
    List<String> found = BusyboxApplets.read(content.bytes());
    if (found.isEmpty()) {
      throw new CooperException.InvalidInput(
          binary + " is not a busybox: it holds no table of commands");
    }
    return new BusyboxBase(
        elf, options.choose(binary, found), versionIn(content.bytes()), content, options);
  }

  private static DebianPackage.Content inPackage(Path deb) throws IOException {
    return DebianPackage.file(deb, List.of("bin/busybox", "usr/bin/busybox"))
        .orElseThrow(
            () ->
                new CooperException.InvalidInput(
                    deb + " holds no busybox", "it is Debian's package busybox-static"));
  }

  private static String versionIn(byte[] bytes) {
    Matcher matcher = VERSION.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
    return matcher.find() ? matcher.group(1) : "";
  }

  /** The commands that get a link, in ascending order. */
  public List<String> applets() {
    return applets;
  }

  /** The bytes of the binary: no image of it is smaller, however few commands have a link. */
  public int binarySize() {
    return binary.length;
  }

  /** About how many bytes of an image that a registry keeps, packed with gzip, the binary takes. */
  public long packedSize() throws IOException {
    CountingOutput packed = new CountingOutput();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(binary);
    }
    return packed.count;
  }

  /** Keeps nothing but the number of the bytes. */
  private static final class CountingOutput extends OutputStream {
    private long count;

    @Override
    public void write(int b) {
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      count += length;
    }
  }

  /**
   * When the binary was changed last, in whole seconds. Of a package it is what the package says,
   * whenever it was fetched.
   */
  public Instant modified() {
    return modified.truncatedTo(ChronoUnit.SECONDS);
  }

  /** What the binary runs on. */
  public Platform platform() {
    return new Platform("linux", elf.architecture(), null);
  }

  /** The files, owned by root. */
  public RootFiles files() throws IOException {
    RootFiles files = new RootFiles(options.modified());
    for (String directory :
        List.of(
            "bin",
            "dev",
            "etc",
            "home",
            "proc",
            "run",
            "sbin",
            "sys",
            "usr",
            "usr/bin",
            "usr/lib",
            "usr/lib64",
            "usr/local",
            "usr/local/bin",
            "usr/sbin",
            "usr/share",
            "var",
            "var/cache",
            "var/lib",
            "var/log",
            "var/spool")) {
      files.directory(directory, 0755);
    }
    files.directory("root", 0700);
    files.directory("tmp", 01777);
    files.directory("var/tmp", 01777);
    files.symlink("lib", "usr/lib");
    files.symlink("lib64", "usr/lib64");
    files.symlink("var/run", "../run");
    files.add(
        TarEntry.file("bin/busybox", binary.length).withMode(0755),
        () -> new ByteArrayInputStream(binary));
    for (String applet : applets) {
      String directory = BusyboxApplets.directory(applet);
      String up = directory.equals("bin") ? "" : directory.replaceAll("[^/]+", "..") + "/bin/";
      files.symlink(directory + "/" + applet, up + "busybox");
    }
    SystemFiles.addTo(files, options.users(), version);
    return files;
  }

  /** An image of it, made without further choice. */
  public BaseImage image() throws IOException {
    return image("cooper base busybox");
  }

  /**
   * An image of it that starts a shell, or shows its commands if it has none.
   *
   * @param command how a user would say it, beginning with {@code cooper base busybox}: the image's
   *     history tells it
   */
  public BaseImage image(String command) throws IOException {
    RootFiles files = files();
    ContainerConfig config =
        ContainerConfig.EMPTY.withEnv(List.of("PATH=" + PATH)).withCmd(start());
    return new BaseImage(
        platform(),
        config,
        command + (version.isEmpty() ? "" : " # BusyBox v" + version),
        "# in the folder that has rootfs, which "
            + command
            + " -o rootfs fills\n"
            + dockerfile("rootfs"),
        files::writeTo);
  }

  /** A shell; of a busybox without one, its list of commands. */
  private List<String> start() {
    return List.of(applets.contains("sh") ? "/bin/sh" : "/bin/busybox");
  }

  /**
   * The Dockerfile that makes the image of the directory that {@link #writeTo} fills.
   *
   * @param directory the name of that directory in the build context
   */
  public String dockerfile(String directory) {
    return DockerfileText.scratch(platform())
        + DockerfileText.add(directory + "/")
        + DockerfileText.path(PATH)
        + "CMD "
        + DockerfileText.array(start())
        + "\n";
  }

  /**
   * Writes the files below a directory, owned by whoever runs this: a build makes them root's. An
   * existing directory must be empty or hold what this method wrote before, and then is brought up
   * to date.
   *
   * @throws CooperException.Conflict when it holds anything else
   */
  public void writeTo(Path directory) throws IOException {
    RootFiles files = files();
    if (Files.exists(directory) && !isEmpty(directory) && !isOurs(directory, files)) {
      throw new CooperException.Conflict(
          directory + " is not empty", "name a new directory, or remove that one");
    }
    files.writeTo(directory);
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      return !entries.iterator().hasNext();
    } catch (NotDirectoryException e) {
      throw new CooperException.Conflict(directory + " is not a directory", null, e);
    }
  }

  /** Whether the directory was written by this class: never the root of a running system. */
  private static boolean isOurs(Path directory, RootFiles files) throws IOException {
    Set<String> others = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        others.add(String.valueOf(entry.getFileName()));
      }
    }
    others.removeIf(
        name -> files.contains(name) || name.endsWith("ockerfile") || name.equals(".dockerignore"));
    Optional<String> release = read(directory.resolve("etc/os-release"));
    return others.isEmpty() && release.filter(text -> text.contains(SystemFiles.MARK)).isPresent();
  }

  private static Optional<String> read(Path file) throws IOException {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
