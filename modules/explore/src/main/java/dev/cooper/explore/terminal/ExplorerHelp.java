package dev.cooper.explore.terminal;

import dev.cooper.explore.FileView;

/** The explorer's keys, as a page that scrolls. */
final class ExplorerHelp {
  private static final String KEYS =
      """
      Tab                 from the layers to the files and back
      Up Down, j k        one line on
      PgUp PgDn, u d      ten lines on
      Home End, g G       first, last
      q, Ctrl-C           leave

      In the layers
      Ctrl-L              the changes of this layer alone
      Ctrl-A, Ctrl-G      the changes of all layers up to this one

      In the files
      Right Left, l h     open a folder, close it
      Space               fold or unfold a folder
      Ctrl-Space          fold or unfold all
      Enter               what is in a file, also in one that was removed
      Ctrl-F, /           only paths that have this text in them; Esc for all
      Ctrl-O              the largest first, or by name
      Ctrl-B              modes and owners
      Ctrl-A Ctrl-T       hide what was added, changed
      Ctrl-R Ctrl-U       hide what was removed, what is as it was

      + added   ~ changed   x removed
      """;

  private ExplorerHelp() {}

  static FileView page() {
    return FileView.page("Keys", KEYS.lines().toList());
  }
}
