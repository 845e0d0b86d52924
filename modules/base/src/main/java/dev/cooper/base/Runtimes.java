package dev.cooper.base;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the interpreters of some languages load besides libraries, found as they find it themselves:
 * by a landmark beside the program.
 */
final class Runtimes {
  private static final Pattern PYTHON = Pattern.compile("python(\\d\\.\\d+)");

  /** Of a standard library, what a program does not load. */
  private static final Set<String> PYTHON_UNWANTED =
      Set.of("test", "idlelib", "turtledemo", "ensurepip", "lib2to3");

  private static final Set<String> JAVA_UNWANTED = Set.of("src.zip", "ct.sym");

  private Runtimes() {}

  /**
   * Folders that belong to a program.
   *
   * @param what what they are, in words
   */
  record Companion(String what, List<String> folders, Set<String> unwanted) {
    boolean leavesOut(String name) {
      return unwanted.contains(name) || name.startsWith("config-3") && unwanted.contains("test");
    }
  }

  /**
   * What belongs to a program.
   *
   * @param program its path without links
   * @return empty when it is none of those known here
   */
  static Optional<Companion> of(String program, Gathering gathering) throws IOException {
    int bin = program.lastIndexOf("/bin/");
    if (bin < 0) {
      return Optional.empty();
    }
    String prefix = program.substring(0, bin);
    String name = program.substring(bin + 5);
    Matcher python = PYTHON.matcher(name);
    if (python.matches()) {
      String library = prefix + "/lib/python" + python.group(1);
      if (Files.isRegularFile(gathering.onHost(library + "/os.py"))) {
        return Optional.of(
            new Companion("Python's standard library", List.of(library), PYTHON_UNWANTED));
      }
    }
    if (Files.isRegularFile(gathering.onHost(prefix + "/lib/modules"))
        && Files.exists(gathering.onHost(prefix + "/lib/jvm.cfg"))) {
      List<String> folders =
          Files.isDirectory(gathering.onHost(prefix + "/conf"))
              ? List.of(prefix + "/lib", prefix + "/conf")
              : List.of(prefix + "/lib");
      return Optional.of(new Companion("the Java runtime", folders, JAVA_UNWANTED));
    }
    return Optional.empty();
  }
}
