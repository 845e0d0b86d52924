package dev.cooper.explore;

import java.util.List;

/**
 * What the layers of an image did, and what of it was in vain.
 *
 * <p>The measures are those of dive. For every path that is not a directory, take the bytes that
 * each layer stores of it; a layer that removes it stores 0. Then
 *
 * <pre>
 *   efficiency = Σ least of a path's bytes / Σ sum of a path's bytes
 *   wasted     = Σ sum of a path's bytes, over the paths that two or more layers touch
 *   userWasted = wasted / bytes of the files in all layers but the bottom one
 * </pre>
 *
 * <p>So an image in which no path comes twice has efficiency 1. A hard link stores 0 bytes. Where
 * dive counts a removed directory as one thing without waste, here it is the removal of every file
 * in it. Waste as dive counts it holds the copy that is used as well; {@link #reclaimable} does
 * not.
 *
 * @param layers bottom first
 * @param size bytes of the files in all layers
 * @param userSize the same without the bottom layer
 * @param efficiency from 0 to 1; 1 when nothing is stored
 * @param wasted bytes, as above
 * @param reclaimable bytes that are stored but in no container, as a single layer would show
 * @param waste the paths behind {@code wasted}, most bytes first; those of 0 bytes left out
 */
public record LayersReport(
    List<LayerSummary> layers,
    long size,
    long userSize,
    double efficiency,
    long wasted,
    long reclaimable,
    List<Waste> waste) {
  public LayersReport {
    layers = List.copyOf(layers);
    waste = List.copyOf(waste);
  }

  /** The waste in proportion to what the layers above the bottom one store; 0 when that is 0. */
  public double userWasted() {
    return userSize == 0 ? 0 : (double) wasted / userSize;
  }
}
