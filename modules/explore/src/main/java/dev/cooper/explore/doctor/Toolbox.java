package dev.cooper.explore.doctor;

/** Folders whose executable files are used by what they belong to, rather than called by name. */
final class Toolbox {
  private Toolbox() {}

  /**
   * Whether a file is in one: a language's modules, a program's own parts.
   *
   * @param path without a leading slash
   */
  static boolean isInside(String path) {
    String whole = "/" + path;
    return whole.contains("/lib/")
        || whole.contains("/lib64/")
        || whole.contains("/libexec/")
        || whole.contains("/node_modules/")
        || whole.startsWith("/usr/share/");
  }
}
