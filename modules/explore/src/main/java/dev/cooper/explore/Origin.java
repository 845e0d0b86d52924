package dev.cooper.explore;

import dev.cooper.image.layer.TarEntry;
import java.util.List;
import java.util.Optional;

/**
 * Where a path of an image comes from.
 *
 * @param asked the path as asked for, clean, with a leading slash
 * @param links the symbolic links on the way, in the order in which a kernel follows them
 * @param path the path they lead to, with a leading slash; equal to {@code asked} without links.
 *     Where the way ends early it is as far as it goes
 * @param found what is there; empty when nothing is
 * @param history what the layers did to that path, lowest first; empty when none ever had it
 * @param provider the layer that gives it, from 0; empty when it is not there, or is a directory
 *     that no layer lists
 * @param emptied of a directory, the highest layer that began it anew, from 0: what layers below it
 *     have there is hidden rather than part of it; empty when all layers' are one
 * @param names other names of the same file, its hard links, at most a few
 * @param obstacle where the way ends early; empty when it does not, or only its last part is
 *     missing
 * @param similar when nothing is there, paths that may have been meant: of nearly the same name in
 *     the same folder, of the same name elsewhere; at most a few
 */
public record Origin(
    String asked,
    List<Link> links,
    String path,
    Optional<TarEntry> found,
    List<Change> history,
    Optional<Integer> provider,
    Optional<Integer> emptied,
    List<String> names,
    Optional<Obstacle> obstacle,
    List<String> similar) {
  public Origin {
    links = List.copyOf(links);
    history = List.copyOf(history);
    names = List.copyOf(names);
    similar = List.copyOf(similar);
  }

  /**
   * A symbolic link on the way.
   *
   * @param path where it is, with a leading slash
   * @param target its text
   * @param layer the layer that gives it, from 0
   */
  public record Link(String path, String target, int layer) {}

  /**
   * Where the way to a path ends.
   *
   * @param path the first part of the way that is no directory, with a leading slash
   * @param found what is there instead; empty when nothing is
   * @param history what the layers did to it, lowest first; empty when none ever had it
   */
  public record Obstacle(String path, Optional<TarEntry> found, List<Change> history) {
    public Obstacle {
      history = List.copyOf(history);
    }
  }

  /** Whether what a lower layer did to the path is out of sight now. */
  public boolean hides(Change change) {
    boolean directory = found.isPresent() && found.get().isDirectory();
    return !directory || emptied.isPresent() && change.layer() < emptied.get();
  }
}
