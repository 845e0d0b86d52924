package dev.cooper.elf;

import java.io.IOException;
import java.util.List;

/** Where one C library's loader looks for a library, and in which order. */
sealed interface LoaderRules permits GlibcRules, MuslRules {
  /**
   * The paths at which the loader would look for a name without a slash.
   *
   * @param requester the file that asks
   */
  List<String> candidates(String name, LoadedObject requester) throws IOException;

  /** A name with a slash, its {@code $ORIGIN} and the like replaced. */
  String expand(String text, LoadedObject requester);

  /** Whether the loader itself is what this name stands for. */
  boolean isLoader(String name);

  /** Whether a file that does not fit is passed over, and the search goes on. */
  boolean skipsUnsuitable();

  /** Whether symbol versions are checked when a program starts. */
  boolean checksVersions();
}
