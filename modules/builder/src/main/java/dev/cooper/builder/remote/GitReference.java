package dev.cooper.builder.remote;

import dev.cooper.image.CooperException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A git repository, and what of it is meant: {@code https://host/repo.git#ref:directory}.
 *
 * @param remote what git is given
 * @param ref a branch, a tag or a commit; null for the remote's own choice
 * @param directory the part of the tree that is taken, without slashes around it; empty for all
 */
public record GitReference(String remote, @Nullable String ref, String directory) {
  /**
   * @throws CooperException.InvalidInput for a name that git would take for an option, and a
   *     directory outside the repository
   */
  public GitReference {
    if (remote.startsWith("-") || (ref != null && ref.startsWith("-"))) {
      throw new CooperException.InvalidInput("invalid git reference: " + remote + "#" + ref);
    }
    for (String part : directory.split("/")) {
      if (part.equals("..")) {
        throw new CooperException.InvalidInput(
            "invalid git reference: " + directory + " leads out of the repository");
      }
    }
    directory = clean(directory);
  }

  /**
   * What a text means, if it is a repository's address: {@code git://}, {@code ssh://}, {@code
   * git@host:path}, or {@code http(s)://} with a path that ends in {@code .git}. {@code
   * github.com/…} is one too where no file can be meant.
   *
   * @param noFile whether the text cannot be a path
   */
  public static Optional<GitReference> parse(String text, boolean noFile) {
    int hash = text.indexOf('#');
    String remote = hash < 0 ? text : text.substring(0, hash);
    String lower = remote.toLowerCase(Locale.ROOT);
    boolean http = lower.startsWith("http://") || lower.startsWith("https://");
    if (http) {
      int query = remote.indexOf('?');
      String path = query < 0 ? remote : remote.substring(0, query);
      if (!path.endsWith(".git") && !path.endsWith(".git/")) {
        return Optional.empty();
      }
    } else if (noFile && lower.startsWith("github.com/")) {
      remote = "https://" + remote;
    } else if (!lower.startsWith("git://") && !lower.startsWith("ssh://") && !isScp(remote)) {
      return Optional.empty();
    }
    String fragment = hash < 0 ? "" : text.substring(hash + 1);
    int colon = fragment.indexOf(':');
    String ref = colon < 0 ? fragment : fragment.substring(0, colon);
    String directory = colon < 0 ? "" : fragment.substring(colon + 1);
    return Optional.of(new GitReference(remote, ref.isEmpty() ? null : ref, directory));
  }

  /** {@code user@host:path}, as ssh has it. */
  private static boolean isScp(String remote) {
    int at = remote.indexOf('@');
    int colon = remote.indexOf(':');
    int slash = remote.indexOf('/');
    return at > 0 && colon > at + 1 && (slash < 0 || slash > colon);
  }

  private static String clean(String directory) {
    String clean = directory;
    while (clean.startsWith("/") || clean.startsWith("./")) {
      clean = clean.substring(clean.indexOf('/') + 1);
    }
    while (clean.endsWith("/")) {
      clean = clean.substring(0, clean.length() - 1);
    }
    return clean.equals(".") ? "" : clean;
  }

  /** As people write it. */
  @Override
  public String toString() {
    String fragment = (ref == null ? "" : ref) + (directory.isEmpty() ? "" : ":" + directory);
    return remote + (fragment.isEmpty() ? "" : "#" + fragment);
  }
}
