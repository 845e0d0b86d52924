package dev.cooper.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocksTest {
  @TempDir Path directory;

  /** Holds a lock until it is killed. */
  static final class Holder {
    public static void main(String[] arguments) throws Exception {
      Locks locks = Locks.in(Path.of(arguments[0]));
      Locks.Held held =
          arguments[2].equals("shared")
              ? locks.shared(arguments[1])
              : locks.exclusive(arguments[1]);
      System.out.println("held " + held);
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  @Test
  void anExclusiveLockKeepsOthersOutUntilItIsClosed() throws Exception {
    Locks locks = Locks.in(directory.resolve("locks"));
    try (Locks.Held held = locks.exclusive("a")) {
      assertThat(locks.tryExclusive("a")).isEmpty();
      assertThat(locks.tryShared("a")).isEmpty();
      assertThat(locks.tryExclusive("b")).hasValueSatisfying(Locks.Held::close);
    }
    assertThat(locks.tryExclusive("a")).hasValueSatisfying(Locks.Held::close);
  }

  @Test
  void sharersKeepTheExclusiveOut() throws Exception {
    Locks locks = Locks.in(directory.resolve("locks"));
    Locks.Held first = locks.shared("a");
    Locks.Held second = locks.shared("a");
    first.close();
    first.close();
    assertThat(locks.tryExclusive("a")).isEmpty();
    second.close();
    assertThat(locks.tryExclusive("a")).hasValueSatisfying(Locks.Held::close);
  }

  @Test
  void twoOpeningsOfTheFileAreOne() throws Exception {
    Locks one = Locks.in(directory.resolve("locks"));
    Locks other = Locks.in(directory.resolve(".").resolve("locks"));
    try (Locks.Held held = one.exclusive("a")) {
      assertThat(other.tryShared("a")).isEmpty();
    }
  }

  @Test
  void manyThreadsOneAtATime() throws Exception {
    Locks locks = Locks.in(directory.resolve("locks"));
    int[] count = new int[1];
    Callable<Void> step =
        () -> {
          try (Locks.Held held = locks.exclusive("count")) {
            int before = count[0];
            Thread.yield();
            count[0] = before + 1;
          }
          return null;
        };
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> results =
          executor.invokeAll(IntStream.range(0, 200).mapToObj(i -> step).toList());
      for (Future<Void> result : results) {
        result.get();
      }
    }
    assertThat(count[0]).isEqualTo(200);
  }

  @Test
  void anotherProcessHoldsItUntilItDies() throws Exception {
    Path file = directory.resolve("locks");
    Locks locks = Locks.in(file);
    Process holder = ChildProcess.start(Holder.class, file, "a", "exclusive");
    try {
      awaitHeld(holder);
      assertThat(locks.tryExclusive("a")).isEmpty();
      assertThat(locks.tryShared("a")).isEmpty();
      assertThat(locks.tryShared("b")).hasValueSatisfying(Locks.Held::close);
    } finally {
      holder.destroyForcibly().waitFor();
    }
    locks.exclusive("a").close();
  }

  @Test
  void anotherProcessSharesIt() throws Exception {
    Path file = directory.resolve("locks");
    Locks locks = Locks.in(file);
    Process holder = ChildProcess.start(Holder.class, file, "a", "shared");
    try {
      awaitHeld(holder);
      assertThat(locks.tryExclusive("a")).isEmpty();
      locks.shared("a").close();
    } finally {
      holder.destroyForcibly().waitFor();
    }
  }

  private static void awaitHeld(Process holder) throws Exception {
    BufferedReader lines = new BufferedReader(new InputStreamReader(holder.getInputStream()));
    String line = lines.readLine();
    assertThat(line).startsWith("held");
  }
}
