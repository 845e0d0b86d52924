package dev.cooper.builder.copy;

import dev.cooper.builder.context.SourceFile;
import dev.cooper.builder.context.SourceTree;
import dev.cooper.image.CooperException;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.TarEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Decides which entries a layer gets from a COPY, or from an ADD of what is no archive. */
final class CopyPlan {
  private final SourceTree tree;
  private final Landing landing;
  private final Placement placement;

  private CopyPlan(SourceTree tree, Landing landing, Placement placement) {
    this.tree = tree;
    this.landing = landing;
    this.placement = placement;
  }

  /**
   * The layer's items, parents before children.
   *
   * @param landing the image that is copied to
   * @throws CooperException.Failed in Docker's words, if something is in the way
   */
  static List<Landing.Item> of(
      SourceTree tree, List<Selection.Source> sources, Landing landing, Placement placement)
      throws IOException {
    CopyPlan plan = new CopyPlan(tree, landing, placement);
    for (Selection.Source source : sources) {
      plan.place(source);
    }
    List<Landing.Item> items = landing.takeNew();
    if (sources.size() > 1) {
      items.sort((a, b) -> order(a.entry().path(), b.entry().path()));
    }
    return items;
  }

  private void place(Selection.Source source) throws IOException {
    String destination = landing.resolve(placement.destination());
    if (source.isDirectory()) {
      landing.makeDirectory(destination);
      String prefix = destination.isEmpty() ? "" : destination + "/";
      int strip = source.top().path().isEmpty() ? 0 : source.top().path().length() + 1;
      for (SourceFile file : source.files()) {
        put(prefix.concat(file.path().substring(strip)), file);
      }
      return;
    }
    boolean into = placement.endsInSlash() || landing.isDirectory(destination);
    String target = into ? landing.resolve(destination + "/" + source.name()) : destination;
    landing.makeDirectory(target.substring(0, Math.max(0, target.lastIndexOf('/'))));
    put(target, source.top());
  }

  private void put(String path, SourceFile file) throws IOException {
    int mode = file.mode();
    if (placement.mode() != null && !file.isLink()) {
      mode = placement.mode().apply(mode, file.isDirectory());
    } else if (file.isLink()) {
      mode = 0777;
    }
    boolean device =
        file.type() == EntryType.CHARACTER_DEVICE || file.type() == EntryType.BLOCK_DEVICE;
    TarEntry entry =
        new TarEntry(
            path,
            file.type(),
            mode,
            placement.keepOwners() ? file.uid() : placement.uid(),
            placement.keepOwners() ? file.gid() : placement.gid(),
            "",
            "",
            file.size(),
            modified(file),
            file.isLink() ? tree.linkTarget(file) : "",
            device ? file.deviceMajor() : 0,
            device ? file.deviceMinor() : 0,
            tree.attributes(file));
    landing.put(entry, file.isRegular() ? file : null);
  }

  /** In whole seconds, as Docker's layers have them. */
  private Instant modified(SourceFile file) {
    Instant fixed = placement.fixed();
    return Instant.ofEpochSecond((fixed == null ? file.modified() : fixed).getEpochSecond());
  }

  /** Byte order of the paths' parts: a directory comes right before what is in it. */
  static int order(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        return x == '/' ? -1 : y == '/' ? 1 : Character.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
