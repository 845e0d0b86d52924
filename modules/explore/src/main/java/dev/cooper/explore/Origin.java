package dev.cooper.explore;

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
 * @param similar paths of the same name elsewhere in the image, at most a few; only when nothing is
 *     there
 */
public record Origin(
    String asked,
    List<Link> links,
    String path,
    Optional<dev.cooper.image.layer.TarEntry> found,
    List<Change> history,
    Optional<Integer> provider,
    List<String> similar) {
  public Origin {
    links = List.copyOf(links);
    history = List.copyOf(history);
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
   * The layers below the provider that have the same path, lowest first; the provider hides them.
   */
  public List<Integer> shadowed() {
    return history.stream()
        .filter(change -> change.after() != null)
        .map(Change::layer)
        .filter(layer -> provider.isEmpty() || !provider.get().equals(layer))
        .toList();
  }
}
