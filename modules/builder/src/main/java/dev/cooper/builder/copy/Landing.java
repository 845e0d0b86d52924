package dev.cooper.builder.copy;

import dev.cooper.builder.context.SourceFile;
import dev.cooper.image.CooperException;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.TarEntry;
import dev.cooper.image.layer.Whiteouts;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.FileTree;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a step's files land: the image as the step found it, and what the step has put there so
 * far. Links in the image are followed as a process in the image would, so nothing lands outside.
 */
final class Landing {
  private static final int LINKS = 40;
  private static final int DIRECTORY_MODE = 0755;

  /**
   * Something that the layer will hold.
   *
   * @param content where a regular file's bytes come from; null for everything else
   */
  record Item(TarEntry entry, @Nullable SourceFile content) {}

  private final FileTree base;
  private final long uid;
  private final long gid;
  private final Instant created;
  private final Map<String, TarEntry> landed = new HashMap<>();
  private final Map<String, Item> unwritten = new LinkedHashMap<>();
  private final Set<String> fresh = new HashSet<>();

  /**
   * @param uid the owner of directories that the step has to make; likewise {@code gid}
   * @param created when they are made
   */
  Landing(FileTree base, long uid, long gid, Instant created) {
    this.base = base;
    this.uid = uid;
    this.gid = gid;
    this.created = created;
  }

  /**
   * What was put since the last call, in the order in which it came; of two at one path the later.
   */
  List<Item> takeNew() {
    List<Item> taken = new ArrayList<>(unwritten.values());
    unwritten.clear();
    return taken;
  }

  /** What is at a path without links, or null. */
  @Nullable TarEntry at(String real) {
    TarEntry entry = landed.get(real);
    if (entry != null) {
      return entry;
    }
    int slash = real.lastIndexOf('/');
    if (slash >= 0 && fresh.contains(real.substring(0, slash))) {
      return null;
    }
    FileNode node = base.lookup(real);
    return node == null ? null : node.entry();
  }

  /** Whether a path without links is a directory. */
  boolean isDirectory(String real) {
    TarEntry entry = real.isEmpty() ? null : at(real);
    return real.isEmpty() || (entry != null && entry.isDirectory());
  }

  /**
   * The path without links that {@code path} leads to; the part of it that does not exist is taken
   * as written.
   *
   * @throws CooperException.Failed if something on the way is neither a directory nor a link
   */
  String resolve(String path) {
    Deque<String> rest = new ArrayDeque<>(Arrays.asList(path.split("/")));
    List<String> real = new ArrayList<>();
    int links = 0;
    while (!rest.isEmpty()) {
      String part = rest.pop();
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      if (part.equals("..")) {
        if (!real.isEmpty()) {
          real.removeLast();
        }
        continue;
      }
      real.add(part);
      String candidate = String.join("/", real);
      TarEntry entry = at(candidate);
      if (entry == null || entry.isDirectory()) {
        continue;
      }
      if (entry.type() == EntryType.SYMLINK) {
        if (++links > LINKS) {
          throw new CooperException.Failed("/" + path + ": too many levels of symbolic links");
        }
        real.removeLast();
        String target = entry.linkTarget();
        if (target.startsWith("/")) {
          real.clear();
        }
        List<String> parts = Arrays.asList(target.split("/"));
        for (int i = parts.size() - 1; i >= 0; i--) {
          rest.push(parts.get(i));
        }
      } else if (rest.stream().anyMatch(later -> !later.isEmpty() && !later.equals("."))) {
        throw new CooperException.Failed("/" + candidate + ": not a directory");
      }
    }
    return String.join("/", real);
  }

  /**
   * Makes a directory and those above it, as far as they do not exist.
   *
   * @param real a path without links
   * @throws CooperException.Failed if something else is there
   */
  void makeDirectory(String real) {
    TarEntry there = real.isEmpty() ? null : at(real);
    if (real.isEmpty() || (there != null && there.isDirectory())) {
      return;
    }
    if (there != null) {
      throw new CooperException.Failed("cannot copy to non-directory: /" + real);
    }
    makeDirectory(real.substring(0, Math.max(0, real.lastIndexOf('/'))));
    TarEntry directory =
        TarEntry.directory(real).withMode(DIRECTORY_MODE).withOwner(uid, gid).withModified(created);
    add(directory, null);
    fresh.add(real);
  }

  /**
   * Puts something into a directory that exists. What was there is replaced, a directory with all
   * that is in it; only a directory upon a directory keeps that, and takes the new attributes.
   *
   * @throws CooperException.Failed if it has a name that layers cannot hold
   */
  void put(TarEntry entry, @Nullable SourceFile content) {
    if (Whiteouts.isMark(entry.name())) {
      throw new CooperException.Failed(
          "/" + entry.path() + ": names that begin with .wh. cannot be kept in a layer",
          "rename the file, or leave it out by .dockerignore");
    }
    String path = entry.path();
    TarEntry there = at(path);
    if (entry.isDirectory()) {
      if (there == null) {
        fresh.add(path);
      }
    } else if (there != null && there.isDirectory()) {
      forgetBelow(path);
    }
    add(entry, content);
  }

  /** What this step had put into a directory goes with the directory. */
  private void forgetBelow(String path) {
    String prefix = path + "/";
    landed.keySet().removeIf(each -> each.startsWith(prefix));
    unwritten.keySet().removeIf(each -> each.startsWith(prefix));
    fresh.removeIf(each -> each.equals(path) || each.startsWith(prefix));
  }

  private void add(TarEntry entry, @Nullable SourceFile content) {
    landed.put(entry.path(), entry);
    unwritten.put(entry.path(), new Item(entry, content));
  }
}
