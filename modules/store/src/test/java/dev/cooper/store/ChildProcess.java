package dev.cooper.store;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another Java process that runs a class of these tests. */
final class ChildProcess {
  private ChildProcess() {}

  static ProcessBuilder command(Class<?> main, Object... arguments) {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath(),
            main.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  static Process start(Class<?> main, Object... arguments) throws IOException {
    return command(main, arguments).start();
  }

  static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** Runs a command to its end; the output, if it went well. */
  static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new AssertionError(String.join(" ", command) + ": " + output);
    }
    return output;
  }

  /** Whether a program is on the PATH. */
  static boolean has(String program) {
    for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
      if (new File(directory, program).canExecute()) {
        return true;
      }
    }
    return false;
  }
}
