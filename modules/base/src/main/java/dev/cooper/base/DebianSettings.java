package dev.cooper.base;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the official Debian images set for life in a container, in files of the names that they have
 * there: Dockerfiles remove {@code docker-clean} to keep packages in a cache mount, and edit {@code
 * debian.sources} to add components.
 */
final class DebianSettings {
  /** Releases whose official images have their sources in the deb822 form (sources.list(5)). */
  private static final Set<String> STABLE =
      Set.of("bookworm", "trixie", "forky", "stable", "oldstable");

  private static final Set<String> ROLLING = Set.of("sid", "unstable", "testing");

  private static final String MIRROR = "http://deb.debian.org/";

  /** What an image without documentation leaves out, and what of that it keeps. */
  private static final List<String> SLIM =
      List.of(
          "path-exclude=/usr/share/doc/*",
          "path-exclude=/usr/share/groff/*",
          "path-exclude=/usr/share/info/*",
          "path-exclude=/usr/share/linda/*",
          "path-exclude=/usr/share/lintian/overrides/*",
          "path-exclude=/usr/share/locale/*",
          "path-exclude=/usr/share/man/*",
          "path-include=/usr/share/doc/*/copyright",
          "path-include=/usr/share/locale/all_languages",
          "path-include=/usr/share/locale/currency/*",
          "path-include=/usr/share/locale/l10n/*",
          "path-include=/usr/share/locale/languages",
          "path-include=/usr/share/locale/locale.alias");

  private DebianSettings() {}

  /** Lines for dpkg while it unpacks, which it keeps to afterwards. */
  static List<String> dpkg(boolean slim) {
    return slim ? SLIM : List.of();
  }

  /**
   * A shell script that finishes a system, whose root is its first argument, from outside: nothing
   * of the system runs, and mmdebstrap's own apt, which reads these settings once more, is told of
   * no command that it would run on this machine.
   *
   * @param include the packages that were asked for: all others count as installed for them
   * @param mirror where packages came from, when not from Debian's own
   */
  static String script(
      String release, boolean slim, List<String> include, Optional<String> mirror) {
    List<String> lines = new ArrayList<>();
    lines.add("set -e; cd \"$1\"");
    // What the host is called and whom it asks for names is not the image's.
    lines.add("rm -f etc/hostname etc/resolv.conf");
    lines.add("export APT_CONFIG=\"$MMDEBSTRAP_APT_CONFIG\"; apt-mark auto '.*' >/dev/null");
    if (!include.isEmpty()) {
      lines.add("apt-mark manual " + ShellWords.join(include) + " >/dev/null");
    }
    // With the settings below, mmdebstrap's own apt-get clean would leave these 70 MB.
    lines.add("rm -f var/cache/apt/*.bin");
    if (slim) {
      lines.add("mv etc/dpkg/dpkg.cfg.d/99mmdebstrap etc/dpkg/dpkg.cfg.d/docker");
    }
    Map<String, List<String>> files = new LinkedHashMap<>();
    // Services are not started by their packages: a build has no init.
    files.put("usr/sbin/policy-rc.d", List.of("#!/bin/sh", "exit 101"));
    files.put("etc/dpkg/dpkg.cfg.d/docker-apt-speedup", List.of("force-unsafe-io"));
    files.put(
        "etc/apt/apt.conf.d/docker-autoremove-suggests",
        List.of("Apt::AutoRemove::SuggestsImportant \"false\";"));
    // What apt-get downloads stays in no layer.
    files.put(
        "etc/apt/apt.conf.d/docker-clean",
        List.of(
            "APT::Keep-Downloaded-Packages \"false\";",
            "Dir::Cache::pkgcache \"\";",
            "Dir::Cache::srcpkgcache \"\";"));
    files.put("etc/apt/apt.conf.d/docker-gzip-indexes", List.of("Acquire::GzipIndexes \"true\";"));
    files.put("etc/apt/apt.conf.d/docker-no-languages", List.of("Acquire::Languages \"none\";"));
    List<String> sources = mirror.isEmpty() ? sources(release) : List.of();
    if (!sources.isEmpty()) {
      lines.add("rm -f etc/apt/sources.list");
      files.put("etc/apt/sources.list.d/debian.sources", sources);
    }
    files.forEach(
        (path, text) -> lines.add("printf '%s\\n' " + ShellWords.join(text) + " >" + path));
    lines.add("chmod 755 usr/sbin/policy-rc.d");
    return String.join("; ", lines);
  }

  /** Where the system finds packages; empty for a release that is told apt in the old form. */
  private static List<String> sources(String release) {
    if (ROLLING.contains(release)) {
      return stanza("debian", release);
    }
    if (!STABLE.contains(release)) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(stanza("debian", release + " " + release + "-updates"));
    lines.add("");
    lines.addAll(stanza("debian-security", release + "-security"));
    return lines;
  }

  private static List<String> stanza(String archive, String suites) {
    return List.of(
        "Types: deb",
        "URIs: " + MIRROR + archive,
        "Suites: " + suites,
        "Components: main",
        "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg");
  }
}
