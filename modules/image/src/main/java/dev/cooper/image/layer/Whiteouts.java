package dev.cooper.image.layer;

/** How a layer says that something below is gone (image-spec, layer.md "Whiteouts"). */
public final class Whiteouts {
  /** {@code a/.wh.b} removes {@code a/b} as the layers below have it. */
  public static final String PREFIX = ".wh.";

  /** {@code a/.wh..wh..opq} hides all that the layers below have in {@code a}. */
  public static final String OPAQUE = ".wh..wh..opq";

  /** Names that begin so, other than {@link #OPAQUE}, are AUFS's bookkeeping and mean nothing. */
  public static final String METADATA_PREFIX = ".wh..wh.";

  private Whiteouts() {}

  /** Whether a file of this name is a mark, not a file. */
  public static boolean isMark(String name) {
    return name.startsWith(PREFIX);
  }
}
