package dev.cooper.cli;

/**
 * The {@code cooper} command. Exit codes are Docker's: 0 success, 1 a command's own failure, 125
 * wrong usage or a container that could not be made, 126 not executable, 127 not found, else the
 * container's own.
 */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    int status = run(arguments, Console.system());
    System.out.flush();
    System.err.flush();
    if (isEnding()) {
      // A signal ended the command, and says itself how the process ends: 130 for Ctrl-C.
      awaitEnd();
    }
    // halt, not exit: no shutdown hook is left to run that a command has not already run itself,
    // and a JVM that halts leaves some milliseconds sooner.
    Runtime.getRuntime().halt(status);
  }

  /** Never returns; that the signal interrupted this thread's work is no news any more. */
  private static void awaitEnd() {
    while (true) {
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException e) {
        // The flag is cleared: the next sleep lasts.
      }
    }
  }

  /** Whether the virtual machine is shutting down: only then are no more hooks taken. */
  private static boolean isEnding() {
    // Named, since a number for an unnamed thread takes a class that is not in the AOT cache.
    Thread hook = new Thread(null, null, "ending");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      return !Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /** Runs one command; its exit code. */
  static int run(String[] words, Console console) {
    return CommandLineRunner.run(words, console);
  }
}
