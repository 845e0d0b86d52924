package dev.cooper.cli.build;

import dev.cooper.cli.UsageException;
import dev.cooper.image.CooperException;
import dev.cooper.image.Reference;

/** A name given with {@code --tag}. */
final class TagOption {
  private TagOption() {}

  /**
   * @throws UsageException in Docker's words, if it is not well formed
   */
  static Reference parse(String text) {
    try {
      Reference name = Reference.parse(text);
      if (name.digest() == null) {
        return name;
      }
    } catch (CooperException.InvalidInput e) {
      throw invalid(text, e.getMessage());
    }
    throw invalid(text, "refusing to create a tag with a digest reference");
  }

  private static UsageException invalid(String text, String why) {
    return UsageException.invalidArgument(text, "-t, --tag", why, "build");
  }
}
