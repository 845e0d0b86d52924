package dev.cooper.base;

import dev.cooper.image.ContainerConfig;
import dev.cooper.image.Platform;
import dev.cooper.linux.FileStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * This running system as a root file system: its one file system, without what the kernel makes,
 * without caches, logs and images, without what tells the machine from others, and without the
 * secrets that are known by their places and names: host keys, users' keys, password hashes. What
 * was left out is told. Needs Linux, and root to read everything.
 */
public final class HostBase implements Selection {
  private final Path root;
  private final long device;
  private final Map<String, String> mounted;
  private final List<Path> others;
  private final HostRules rules;

  private HostBase(Path root, long device, Map<String, String> mounted, List<Path> others)
      throws IOException {
    this.rules = new HostRules(HostHomes.of(root));
    this.root = root;
    this.device = device;
    this.mounted = Map.copyOf(mounted);
    this.others = List.copyOf(others);
  }

  /**
   * An image of the system whose root this directory is: {@code /}, or one mounted elsewhere.
   *
   * @param excluded further patterns to leave out, as in {@code .dockerignore}
   * @param others directories that are left out with all they hold, such as the store of the image
   * @param latest no file gets a later time
   * @param leftOut told of what is not in the image, while it is written
   * @throws dev.cooper.image.CooperException.NotFound when there is no such directory
   */
  public static BaseImage of(
      Path root,
      List<String> excluded,
      List<Path> others,
      Instant latest,
      Consumer<LeftOut> leftOut)
      throws IOException {
    Path real = TreeLayer.requireDirectory(root);
    HostBase selection =
        new HostBase(real, FileStatus.following(real).device(), mounts(real), others);
    TreeLayer layer =
        new TreeLayer(
            real,
            DirectoryBase.excluding(excluded, selection),
            IdMapping.KEPT,
            latest,
            true,
            leftOut);
    Platform platform = TreePlatform.of(real).orElseGet(Platform::host);
    return new BaseImage(
        platform,
        ContainerConfig.EMPTY
            .withEnv(List.of("PATH=" + BusyboxBase.PATH))
            .withCmd(List.of(shell(real))),
        "cooper base host",
        dockerfile(real, List.of()),
        layer::writeTo);
  }

  private static String shell(Path root) {
    return Files.isExecutable(root.resolve("bin/bash")) ? "/bin/bash" : "/bin/sh";
  }

  /**
   * The Dockerfile that makes such an image.
   *
   * @param root the system's root directory
   * @param leftOut what was told of while the image was written
   */
  public static String dockerfile(Path root, List<LeftOut> leftOut) {
    return HostDockerfile.of(root, TreePlatform.of(root).orElseGet(Platform::host), leftOut)
        + DockerfileText.path(BusyboxBase.PATH)
        + "CMD "
        + DockerfileText.array(List.of(shell(root)))
        + "\n";
  }

  @Override
  public Decision decide(String path, FileStatus status) {
    for (Path other : others) {
      // By its text: a name that is no UTF-8 cannot be a Path.
      if (other.startsWith(root) && root.relativize(other).toString().equals(path)) {
        return status.isDirectory()
            ? new Decision(Kind.EMPTY, "images and containers", path)
            : Decision.leaveOut(path, "images and containers");
      }
    }
    List<String> parts = Arrays.asList(path.split("/"));
    Optional<HostRules.Rule> rule = rules.find(parts);
    if (rule.isPresent()) {
      return decide(rule.get(), path, status);
    }
    String type = mounted.get(path);
    if (type != null || status.isDirectory() && status.device() != device) {
      String why = "another file system" + (type == null ? "" : " (" + type + ")");
      return status.isDirectory()
          ? new Decision(Kind.EMPTY, why, path)
          : Decision.leaveOut(path, why);
    }
    return Decision.KEEP;
  }

  private static Decision decide(HostRules.Rule rule, String path, FileStatus status) {
    return switch (rule.effect()) {
      case LEAVE_OUT -> Decision.leaveOut(path, rule.why());
      case EMPTY ->
          status.isDirectory()
              ? new Decision(Kind.EMPTY, rule.why(), path)
              : status.isLink() ? Decision.KEEP : Decision.leaveOut(path, rule.why());
      case NO_FILES ->
          status.isDirectory()
              ? Decision.KEEP
              : Decision.leaveOut(String.join("/", rule.parts()), rule.why());
      case EMPTY_FILE, NO_PASSWORDS ->
          status.isRegular()
              ? new Decision(
                  Kind.REPLACE,
                  rule.why()
                      + (rule.effect() == HostRules.Effect.EMPTY_FILE
                          ? "; is empty"
                          : "; nobody has a password"),
                  path)
              : Decision.leaveOut(path, rule.why());
    };
  }

  @Override
  public byte[] replacement(String path, byte[] content) {
    return path.endsWith("shadow") ? withoutPasswords(content) : new byte[0];
  }

  /** Each line's second field (shadow(5)) becomes one that no password matches. */
  static byte[] withoutPasswords(byte[] content) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    return text.lines()
        .map(
            line -> {
              int first = line.indexOf(':');
              int second = first < 0 ? -1 : line.indexOf(':', first + 1);
              return second < 0 ? "" : line.substring(0, first) + ":*" + line.substring(second);
            })
        .filter(line -> !line.isEmpty())
        .map(line -> line + "\n")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** What is mounted below a directory (proc(5), mountinfo), with its type, by path from there. */
  private static Map<String, String> mounts(Path root) throws IOException {
    Path table = Path.of("/proc/self/mountinfo");
    Map<String, String> mounts = new HashMap<>();
    if (!Files.isReadable(table)) {
      return mounts;
    }
    for (String line : Files.readAllLines(table, StandardCharsets.ISO_8859_1)) {
      String[] fields = line.split(" ");
      int separator = line.indexOf(" - ");
      if (fields.length < 5 || separator < 0) {
        continue;
      }
      Path point = Path.of(unescaped(fields[4]));
      if (point.startsWith(root) && !point.equals(root)) {
        mounts.put(root.relativize(point).toString(), line.substring(separator + 3).split(" ")[0]);
      }
    }
    return mounts;
  }

  /** Blanks and the like are written as three octal digits. */
  private static String unescaped(String text) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\' && i + 3 < text.length()) {
        result.append((char) Integer.parseInt(text, i + 1, i + 4, 8));
        i += 3;
      } else {
        result.append(text.charAt(i));
      }
    }
    return result.toString();
  }
}
