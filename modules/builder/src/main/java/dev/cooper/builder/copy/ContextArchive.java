package dev.cooper.builder.copy;

import dev.cooper.image.BlobSink;
import dev.cooper.image.BlobSource;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.Platform;
import dev.cooper.image.RootFs;
import dev.cooper.image.layer.Compression;
import dev.cooper.image.layer.Layer;
import dev.cooper.image.layer.LayerIndex;
import dev.cooper.image.layer.LayerIndexCache;
import dev.cooper.image.layer.LayerWriter;
import dev.cooper.image.tree.FileTree;
import dev.cooper.image.tree.ImageTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A build context that comes as a tar archive. It is kept as one layer without an image, and read
 * from there: nothing is unpacked, and the store's collector takes it when the build is over.
 */
public final class ContextArchive {
  /** Where a tar archive's first header has its magic word, and how long that is. */
  private static final int MAGIC_AT = 257;

  private static final String MAGIC = "ustar";
  private static final int HEAD = MAGIC_AT + MAGIC.length();

  private ContextArchive() {}

  /** Whether a stream begins as a tar archive does, packed or not; it is put back to its start. */
  public static boolean isArchive(InputStream in) throws IOException {
    in.mark(HEAD);
    byte[] head = in.readNBytes(HEAD);
    in.reset();
    return Compression.detect(head, head.length) != Compression.NONE
        || (head.length == HEAD
            && new String(head, MAGIC_AT, MAGIC.length(), StandardCharsets.ISO_8859_1)
                .equals(MAGIC));
  }

  /**
   * Reads the archive to its end.
   *
   * @param archive packed or not
   * @param store where it is kept
   * @return its files; the caller closes it
   * @throws dev.cooper.image.CooperException.Corrupt if it is no archive, or damaged
   */
  public static <S extends BlobSink & BlobSource> ImageTree open(InputStream archive, S store)
      throws IOException {
    Layer layer;
    try (LayerWriter writer = LayerWriter.to(store)) {
      Landing landing = new Landing(FileTree.of(List.of()), 0, 0, Instant.EPOCH);
      Placement placement = new Placement("/", 0, 0, false, null, Instant.EPOCH, null);
      Archives.unpack(archive, landing, placement, writer);
      layer = writer.finish();
    }
    ImageConfig config =
        ImageConfig.scratch(Platform.host()).withRootfs(RootFs.of(List.of(layer.diffId())));
    Image image = Image.of(config, List.of(layer.blob()));
    return ImageTree.open(store, image, only(layer));
  }

  private static LayerIndexCache only(Layer layer) {
    return new LayerIndexCache() {
      @Override
      public @Nullable LayerIndex find(Digest diffId) {
        return diffId.equals(layer.diffId()) ? layer.index() : null;
      }

      @Override
      public void put(Digest diffId, LayerIndex index) {}
    };
  }
}
