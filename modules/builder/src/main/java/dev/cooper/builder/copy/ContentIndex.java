package dev.cooper.builder.copy;

import dev.cooper.builder.context.SourceFile;
import dev.cooper.builder.context.SourceTree;
import dev.cooper.image.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Knows the digests of a context's files from earlier builds, so that the key of an unchanged
 * selection costs the look at its files' status and nothing else. Kept as one {@link
 * ContentSnapshot} for each selection; it may be lost at any time.
 */
public final class ContentIndex {
  private final @Nullable Path directory;
  private final Map<String, byte[]> given;

  private ContentIndex(@Nullable Path directory, Map<String, byte[]> given) {
    this.directory = directory;
    this.given = given;
  }

  /** Knows nothing and remembers nothing. */
  public static final ContentIndex NONE = new ContentIndex(null, Map.of());

  /**
   * Knows the SHA-256 of some files, and remembers nothing.
   *
   * @param digests by path; not to be changed by anyone
   */
  public static ContentIndex knowing(Map<String, byte[]> digests) {
    return new ContentIndex(null, digests);
  }

  /**
   * The index of one context.
   *
   * @param cache where indexes are kept; made when needed
   * @param context what tells contexts apart, such as a folder's path
   */
  public static ContentIndex in(Path cache, String context) {
    return new ContentIndex(cache.resolve(name(context)), Map.of());
  }

  private static String name(String text) {
    return Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32);
  }

  /** The knowledge about one selection. */
  Lookup look(SourceTree tree, Selection selection, String selectionName, boolean owners)
      throws IOException {
    Instant started = Instant.now();
    if (directory == null) {
      Lookup lookup = new Lookup(tree, selection, owners, null, Map.of(), started);
      lookup.learn(given);
      return lookup;
    }
    Path file = directory.resolve(name(selectionName));
    ContentSnapshot snapshot = ContentSnapshot.load(file);
    if (snapshot != null && snapshot.matches(ContentSnapshot.states(selection.files()))) {
      Lookup lookup = new Lookup(tree, selection, owners, null, Map.of(), started);
      lookup.key = snapshot.key();
      lookup.builtBefore = true;
      return lookup;
    }
    Map<String, byte[]> known = snapshot == null ? others() : snapshot.byPath();
    Lookup lookup = new Lookup(tree, selection, owners, file, known, started);
    lookup.builtBefore = snapshot != null;
    lookup.before = snapshot == null ? null : known;
    return lookup;
  }

  /** What the snapshots of other selections know: for a Dockerfile that was edited. */
  private Map<String, byte[]> others() throws IOException {
    Map<String, byte[]> known = new HashMap<>();
    if (directory == null) {
      return known;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        ContentSnapshot snapshot =
            file.toString().endsWith(".new") ? null : ContentSnapshot.load(file);
        if (snapshot != null) {
          known.putAll(snapshot.byPath());
        }
      }
    } catch (NoSuchFileException e) {
      return known;
    }
    return known;
  }

  /** What is known about one selection, and where more is added. */
  static final class Lookup {
    private final SourceTree tree;
    private final Selection selection;
    private final boolean owners;
    private final @Nullable Path file;
    private final Instant started;
    private final Map<String, byte[]> hashes = new HashMap<>();
    private boolean builtBefore;
    private @Nullable Map<String, byte[]> before;
    private @Nullable Digest key;
    private long unknownBytes;

    private Lookup(
        SourceTree tree,
        Selection selection,
        boolean owners,
        @Nullable Path file,
        Map<String, byte[]> known,
        Instant started) {
      this.tree = tree;
      this.selection = selection;
      this.owners = owners;
      this.file = file;
      this.started = started;
      if (!known.isEmpty()) {
        for (SourceFile each : selection.files()) {
          byte[] hash =
              each.isRegular()
                  ? ContentSnapshot.hashIfUnchanged(known.get(each.path()), each)
                  : null;
          if (hash != null) {
            hashes.put(each.path(), hash);
          }
        }
      }
      for (SourceFile each : selection.files()) {
        unknownBytes += each.isRegular() && !hashes.containsKey(each.path()) ? each.size() : 0;
      }
    }

    private void learn(Map<String, byte[]> digests) {
      for (SourceFile each : selection.files()) {
        byte[] digest = digests.get(each.path());
        if (digest != null && each.isRegular()) {
          hashes.put(each.path(), digest);
          unknownBytes -= each.size();
        }
      }
    }

    /** Bytes that have to be read before the key is known; 0 if it is known. */
    long unknownBytes() {
      return key != null ? 0 : unknownBytes;
    }

    /** Whether an earlier build had the same selection, with whatever content. */
    boolean builtBefore() {
      return builtBefore;
    }

    /**
     * Where digests are added while files are read for another reason; by path, with those that are
     * known already. Null if the key is known, so that nobody needs them.
     */
    @Nullable Map<String, byte[]> hashes() {
      return key != null ? null : hashes;
    }

    /** The selection's key. Files whose digest is still not known are read now. */
    Digest key() throws IOException {
      Digest known = key;
      if (known != null) {
        return known;
      }
      ContentHashes reader = new ContentHashes(tree);
      for (SourceFile each : selection.files()) {
        if (each.isRegular() && !hashes.containsKey(each.path())) {
          hashes.put(each.path(), reader.of(each));
        }
      }
      known = ContentKey.of(tree, selection, owners, this::hash);
      key = known;
      save(known);
      return known;
    }

    /** What differs from the selection as an earlier build saw it; empty if none is known. */
    List<FileChange> changes() throws IOException {
      Map<String, byte[]> earlier = before;
      if (earlier == null) {
        return List.of();
      }
      Digest _ = key();
      return ContentSnapshot.changes(earlier, selection.files(), this::hash);
    }

    private byte[] hash(SourceFile each) {
      byte[] hash = hashes.get(each.path());
      if (hash == null) {
        throw new IllegalStateException("no digest of " + each.path());
      }
      return hash;
    }

    private void save(Digest known) throws IOException {
      if (file == null) {
        return;
      }
      byte[] bytes = ContentSnapshot.save(selection.files(), this::hash, known, started);
      Files.createDirectories(file.getParent());
      Path temporary = Files.createTempFile(file.getParent(), "", ".new");
      try {
        Files.write(temporary, bytes);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    }
  }
}
