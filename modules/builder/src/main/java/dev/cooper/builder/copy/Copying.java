package dev.cooper.builder.copy;

import dev.cooper.builder.context.SourceFile;
import dev.cooper.builder.context.SourceTree;
import dev.cooper.image.BlobSink;
import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import dev.cooper.image.layer.Layer;
import dev.cooper.image.layer.LayerWriter;
import dev.cooper.image.tree.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One COPY or ADD, with its sources looked up. Its key says what would be copied; {@link #write}
 * copies it. Whichever comes first reads the files that changed since an earlier build, once.
 */
public final class Copying {
  /** So much is read for nothing but the key, in the hope that it is a known one. */
  private static final long CHEAP = 4 << 20;

  /** Unpacks nothing. */
  public static final Predicate<SourceFile> NO_ARCHIVES = file -> false;

  private final SourceTree tree;
  private final Selection selection;
  private final ContentIndex.Lookup lookup;
  private final Predicate<SourceFile> unpack;

  private Copying(
      SourceTree tree,
      Selection selection,
      ContentIndex.Lookup lookup,
      Predicate<SourceFile> unpack) {
    this.tree = tree;
    this.selection = selection;
    this.lookup = lookup;
    this.unpack = unpack;
  }

  /**
   * Prepares to copy.
   *
   * @param name what tells this selection from others of the same tree
   * @param unpack which sources are unpacked if they are tar archives
   * @param owners whether the files' owners count
   */
  public static Copying of(
      SourceTree tree,
      Selection selection,
      ContentIndex index,
      String name,
      Predicate<SourceFile> unpack,
      boolean owners)
      throws IOException {
    return new Copying(tree, selection, index.look(tree, selection, name, owners), unpack);
  }

  /**
   * Whether the key should be asked for before anything is written: it is known, or nearly, or an
   * earlier build had the same step. Otherwise writing first, which finds out the key on the way,
   * reads everything only once.
   */
  public boolean keyComesFirst() {
    return lookup.builtBefore() || lookup.unknownBytes() <= CHEAP;
  }

  /** The digest of all that is copied; neither times nor owners count. */
  public Digest key() throws IOException {
    return lookup.key();
  }

  /**
   * How the files differ from those of the last build that had the same sources; empty if they do
   * not, or if that is not known. Reads what is still unread, as {@link #key}.
   */
  public List<FileChange> changes() throws IOException {
    return lookup.changes();
  }

  /** The key as Docker's history shows it: {@code file:…}, {@code dir:…} or {@code multi:…}. */
  public String describe() throws IOException {
    String kind =
        selection.sources().size() != 1
            ? "multi:"
            : selection.sources().getFirst().isDirectory() ? "dir:" : "file:";
    return kind + key().hex();
  }

  /**
   * Copies everything into a new layer.
   *
   * @param base the image that is copied to
   * @throws CooperException in Docker's words, if something is in the way, an archive is damaged,
   *     or a file cannot be read; then there is no layer
   */
  public Layer write(FileTree base, Placement placement, BlobSink sink) throws IOException {
    Landing landing = new Landing(base, placement.uid(), placement.gid(), placement.created());
    try (LayerWriter writer = LayerWriter.to(sink)) {
      List<Selection.Source> plain = new ArrayList<>();
      for (Selection.Source source : selection.sources()) {
        if (unpack.test(source.top()) && Archives.isArchive(tree, source.top())) {
          writePlain(plain, landing, placement, writer);
          plain.clear();
          unpack(source.top(), landing, placement, writer);
        } else {
          plain.add(source);
        }
      }
      writePlain(plain, landing, placement, writer);
      return writer.finish();
    }
  }

  /**
   * A layer that holds a directory and those above it, as far as they do not exist. Null if the
   * directory is there already.
   *
   * @param path absolute
   * @throws CooperException.Failed if something else is in the way
   */
  public static @Nullable Layer makeDirectory(
      FileTree base, String path, Placement placement, BlobSink sink) throws IOException {
    Landing landing = new Landing(base, placement.uid(), placement.gid(), placement.created());
    landing.makeDirectory(landing.resolve(path));
    List<Landing.Item> items = landing.takeNew();
    if (items.isEmpty()) {
      return null;
    }
    try (LayerWriter writer = LayerWriter.to(sink)) {
      for (Landing.Item item : items) {
        writer.add(item.entry());
      }
      return writer.finish();
    }
  }

  private void writePlain(
      List<Selection.Source> sources, Landing landing, Placement placement, LayerWriter writer)
      throws IOException {
    if (sources.isEmpty()) {
      return;
    }
    List<Landing.Item> items = LayerFiller.links(CopyPlan.of(tree, sources, landing, placement));
    List<SourceFile> files = LayerFiller.contents(items);
    try (ReadAhead ahead = new ReadAhead(tree, files, lookup.hashes())) {
      LayerFiller.write(items, ahead.contents(), writer);
      ahead.finish();
    }
  }

  private void unpack(SourceFile archive, Landing landing, Placement placement, LayerWriter writer)
      throws IOException {
    try (ReadAhead ahead = new ReadAhead(tree, List.of(archive), lookup.hashes());
        InputStream contents = ahead.contents()) {
      Archives.unpack(contents, landing, placement, writer);
      ahead.finish();
    } catch (CooperException.Corrupt e) {
      throw new CooperException.Corrupt(
          "failed to unpack " + tree.describe(archive.path()) + ": " + e.getMessage(),
          e.hint().orElse(null),
          e);
    }
  }
}
