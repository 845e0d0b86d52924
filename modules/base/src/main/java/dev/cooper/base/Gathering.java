package dev.cooper.base;

import dev.cooper.image.CooperException;
import dev.cooper.image.layer.PathBytes;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.linux.Linux;
import dev.cooper.linux.Xattrs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Takes files of a tree of this machine into a root file system: each to the path that it has, with
 * the folders and the links that lead to it. Everything is root's there; a set-user-id bit stays
 * only on what was root's before, and a set-group-id bit on what was its group's. File capabilities
 * come along.
 */
final class Gathering {
  /** Linux's own limit (path_resolution(7)). */
  private static final int MAX_LINKS = 40;

  private static final boolean UNIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
  private static final int SET_USER_ID = 04000;
  private static final int SET_GROUP_ID = 02000;
  private static final String CAPABILITIES = "security.capability";

  private final Path root;
  private final RootFiles files;
  private final Instant latest;
  private Instant newest = Instant.EPOCH;

  /**
   * @param root the folder that is the tree's root
   * @param latest no file gets a later time
   */
  Gathering(Path root, RootFiles files, Instant latest) {
    this.root = root;
    this.files = files;
    this.latest = latest;
  }

  /** When the file changed last that did so last; 1970 before there is one. */
  Instant newest() {
    return newest;
  }

  /** Where a path of the tree is on this machine. */
  Path onHost(String path) {
    return root.resolve(path.substring(1));
  }

  /**
   * Takes what a path leads to: a file, or a folder without its contents.
   *
   * @param path from the tree's root
   * @return the path without links
   * @throws CooperException.NotFound when nothing is there
   * @throws CooperException.InvalidInput when links lead round in a circle
   */
  String add(String path) throws IOException {
    Deque<String> rest = new ArrayDeque<>(Arrays.asList(path.split("/")));
    List<String> at = new ArrayList<>();
    int links = 0;
    while (!rest.isEmpty()) {
      String name = rest.removeFirst();
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (name.equals("..")) {
        if (!at.isEmpty()) {
          at.removeLast();
        }
        continue;
      }
      at.add(name);
      String here = "/" + String.join("/", at);
      BasicFileAttributes attributes = attributes(here, path);
      if (attributes.isSymbolicLink()) {
        String target = link(here, attributes);
        if (++links > MAX_LINKS) {
          throw new CooperException.InvalidInput(
              path + ": too many symbolic links, or they go round in a circle");
        }
        at.removeLast();
        if (target.startsWith("/")) {
          at.clear();
        }
        String[] parts = target.split("/");
        for (int i = parts.length - 1; i >= 0; i--) {
          rest.addFirst(parts[i]);
        }
      } else if (attributes.isDirectory()) {
        directory(here);
      } else if (!rest.stream().allMatch(String::isEmpty)) {
        throw new CooperException.NotFound(path + ": " + here + " is not a directory");
      } else if (attributes.isRegularFile()) {
        file(here, attributes);
      } else {
        throw new CooperException.InvalidInput(path + " is neither a file nor a directory");
      }
    }
    return "/" + String.join("/", at);
  }

  /** Adds a link that the tree does not have; its folder is there already. */
  void link(String path, String target) {
    files.symlink(path.substring(1), target);
  }

  /**
   * Takes a folder with all that is in it. Where links in it lead out of it, what they lead to
   * comes along; links that lead nowhere stay as they are.
   *
   * @param unwanted names that are left out, wherever in the folder
   * @return the files taken, by their paths
   */
  List<String> addTree(String folder, Predicate<String> unwanted) throws IOException {
    List<String> taken = new ArrayList<>();
    tree(add(folder), unwanted, taken);
    return taken;
  }

  private void tree(String folder, Predicate<String> unwanted, List<String> taken)
      throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(onHost(folder))) {
      stream.forEach(entries::add);
    }
    entries.sort(Comparator.comparing(Path::toString));
    for (Path entry : entries) {
      String name = String.valueOf(entry.getFileName());
      if (unwanted.test(name)) {
        continue;
      }
      String here = (folder.equals("/") ? "" : folder) + "/" + name;
      BasicFileAttributes attributes = attributes(here, here);
      if (attributes.isDirectory()) {
        directory(here);
        tree(here, unwanted, taken);
      } else if (attributes.isRegularFile()) {
        file(here, attributes);
        taken.add(here);
      } else if (attributes.isSymbolicLink()) {
        link(here, attributes);
        follow(here, unwanted, taken);
      }
    }
  }

  private void follow(String link, Predicate<String> unwanted, List<String> taken)
      throws IOException {
    String target;
    try {
      target = add(link);
    } catch (CooperException.NotFound | CooperException.InvalidInput e) {
      return;
    }
    boolean above = (link + "/").startsWith(target.equals("/") ? "/" : target + "/");
    if (Files.isDirectory(onHost(target), LinkOption.NOFOLLOW_LINKS)
        && !above
        && !target.startsWith(link.substring(0, link.lastIndexOf('/') + 1))) {
      tree(target, unwanted, taken);
    }
  }

  private BasicFileAttributes attributes(String here, String asked) throws IOException {
    try {
      return Files.readAttributes(
          onHost(here), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException | InvalidPathException e) {
      throw new CooperException.NotFound(
          asked + ": no such file" + (here.equals(asked) ? "" : " (" + here + " is not there)"),
          null,
          e);
    }
  }

  private String link(String path, BasicFileAttributes attributes) throws IOException {
    String target =
        PathBytes.decode(
            Files.readSymbolicLink(onHost(path)).toString().getBytes(StandardCharsets.UTF_8));
    files.addDated(
        TarEntry.symlink(path.substring(1), target).withModified(time(attributes)),
        InputStream::nullInputStream);
    return target;
  }

  private void directory(String path) throws IOException {
    if (!files.contains(path.substring(1))) {
      files.directory(path.substring(1), mode(path, 0755));
    }
  }

  private void file(String path, BasicFileAttributes attributes) throws IOException {
    Path file = onHost(path);
    if (!Files.isReadable(file)) {
      throw new CooperException.Failed(
          path + ": permission denied", "run as a user who may read it");
    }
    Instant modified = time(attributes);
    newest = modified.isAfter(newest) ? modified : newest;
    files.addDated(
        TarEntry.file(path.substring(1), attributes.size())
            .withMode(mode(path, 0755))
            .withModified(modified)
            .withXattrs(capabilities(file)),
        () -> Files.newInputStream(file));
  }

  private static Map<String, byte[]> capabilities(Path file) throws IOException {
    if (!Linux.available()) {
      return Map.of();
    }
    Optional<byte[]> capabilities = Xattrs.get(file, CAPABILITIES);
    return capabilities.isPresent() ? Map.of(CAPABILITIES, capabilities.get()) : Map.of();
  }

  private int mode(String path, int otherwise) throws IOException {
    if (!UNIX) {
      return otherwise;
    }
    int mode = (int) Files.getAttribute(onHost(path), "unix:mode", LinkOption.NOFOLLOW_LINKS);
    int user = (int) Files.getAttribute(onHost(path), "unix:uid", LinkOption.NOFOLLOW_LINKS);
    int group = (int) Files.getAttribute(onHost(path), "unix:gid", LinkOption.NOFOLLOW_LINKS);
    return mode & 07777 & (user == 0 ? -1 : ~SET_USER_ID) & (group == 0 ? -1 : ~SET_GROUP_ID);
  }

  private Instant time(BasicFileAttributes attributes) {
    Instant whole =
        Instant.ofEpochSecond(attributes.lastModifiedTime().toInstant().getEpochSecond());
    return whole.isAfter(latest) ? latest : whole;
  }
}
