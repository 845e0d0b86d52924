package dev.cooper.runtime;

import dev.cooper.linux.Child;
import dev.cooper.linux.FileHandle;
import dev.cooper.linux.LinuxException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** One {@code runc run}, watched from its beginning to its end. */
final class ForegroundRun {
  private static final Path NOTHING = Path.of("/dev/null");

  private static final Path SHELL = Path.of("/bin/sh");

  /**
   * Runs the runtime beside a watcher, which removes the container when descriptor 3 ends: that is
   * when this process is gone, however it went.
   */
  private static final String WATCHED =
      """
      id=$1; gate=$2; state=$3; runtime=$4; shift 3
      "$@" 3<&- &
      run=$!
      { read -r never <&3
        [ ! -p "$gate" ] || { echo no; sleep 5; } 1<>"$gate" &
        "$runtime" --root "$state" delete --force "$id"; } >/dev/null 2>&1 &
      watcher=$!
      wait $run
      code=$?
      kill $watcher
      exit $code
      """;

  private final OciRuntime runtime;
  private final Bundle bundle;

  ForegroundRun(OciRuntime runtime, Bundle bundle) {
    this.runtime = runtime;
    this.bundle = bundle;
  }

  int run(OutputStream output, OutputStream error) throws IOException, InterruptedException {
    Path log = bundle.directory().resolve("runtime.log");
    Files.deleteIfExists(log);
    FileHandle.Pipe out = FileHandle.Pipe.create();
    FileHandle.Pipe err = FileHandle.Pipe.create();
    FileHandle.Pipe life = FileHandle.Pipe.create();
    try (out;
        err;
        life;
        FileHandle nothing = FileHandle.open(NOTHING, FileHandle.Access.READ)) {
      Child child = Child.start(command(log, nothing, out.writer(), err.writer(), life.reader()));
      out.writer().close();
      err.writer().close();
      life.reader().close();
      Thread killer = Thread.ofPlatform().unstarted(this::kill);
      Runtime.getRuntime().addShutdownHook(killer);
      try {
        OwnWords words = new OwnWords(runtime.name() + " run failed: ", error);
        FutureTask<Integer> end =
            new FutureTask<>(
                () -> {
                  Pump errors = Pump.start(err.reader(), words);
                  Pump outputs = Pump.start(out.reader(), output);
                  int code = child.waitFor();
                  outputs.finish();
                  errors.finish();
                  return code;
                });
        Thread.ofPlatform().name("run " + bundle.id()).start(end);
        int code = await(end);
        String said = Files.exists(log) ? RuntimeLog.message(Files.readString(log)) : "";
        if (code != 0 && words.held() && !said.isEmpty()) {
          throw RuntimeFailure.of("create", said.replace(" run failed", " create failed"));
        }
        words.release();
        return code;
      } finally {
        try {
          Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException e) {
          // Shutting down: the hook does its work.
        }
      }
    } finally {
      Files.deleteIfExists(log);
    }
  }

  private Child.Command command(
      Path log, FileHandle in, FileHandle out, FileHandle err, FileHandle life) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("sh", "-c", WATCHED, "sh", bundle.id()));
    Path gate = bundle.spec().gate();
    arguments.add(gate == null ? "" : gate.toString());
    arguments.add(runtime.stateDirectory().toString());
    arguments.add(runtime.program().toString());
    arguments.addAll(runtime.options());
    arguments.addAll(List.of("--log", log.toString(), "--log-format", "json"));
    arguments.addAll(List.of("run", "--bundle", bundle.directory().toString(), bundle.id()));
    return new Child.Command(
        SHELL,
        arguments,
        Tool.ENVIRONMENT,
        Map.of(0, in.number(), 1, out.number(), 2, err.number(), 3, life.number()),
        null,
        true);
  }

  private int await(FutureTask<Integer> end) throws IOException, InterruptedException {
    try {
      return end.get();
    } catch (InterruptedException e) {
      kill();
      joinUninterruptibly(end);
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static void joinUninterruptibly(FutureTask<Integer> end) {
    while (true) {
      try {
        int _ = end.get();
        return;
      } catch (ExecutionException e) {
        return;
      } catch (InterruptedException e) {
        // Already on the way out for that reason; its end is near.
      }
    }
  }

  private void kill() {
    try {
      shutGate();
      runtime.delete(bundle.id(), true);
    } catch (IOException | RuntimeFailure e) {
      // It ended by itself meanwhile, or cannot be killed; nothing else can be done here.
    }
  }

  /** Whoever waits at the gate has to learn that it will not open: until then nothing ends. */
  private void shutGate() throws IOException {
    Path gate = bundle.spec().gate();
    if (gate == null || !Files.exists(gate)) {
      return;
    }
    try (FileHandle pipe = FileHandle.open(gate, FileHandle.Access.WRITE_NO_WAIT)) {
      pipe.write(new byte[] {'n', 'o', '\n'}, 0, 3);
    } catch (LinuxException e) {
      // Nobody holds it open: it has served.
    }
  }

  /**
   * Standard error of a run, which is the container's unless it begins with the runtime's own words
   * about why there is no container. Those are held back until it is known which they were.
   */
  private static final class OwnWords extends OutputStream {
    private final byte[] prefix;
    private final OutputStream to;
    private final java.io.ByteArrayOutputStream held = new java.io.ByteArrayOutputStream();
    private boolean passing;

    OwnWords(String prefix, OutputStream to) {
      this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
      this.to = to;
    }

    boolean held() {
      return !passing && held.size() > 0;
    }

    void release() throws IOException {
      if (held()) {
        passing = true;
        held.writeTo(to);
      }
      to.flush();
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (passing) {
        to.write(bytes, offset, length);
        return;
      }
      held.write(bytes, offset, length);
      byte[] so = held.toByteArray();
      int common = Math.min(so.length, prefix.length);
      if (!java.util.Arrays.equals(so, 0, common, prefix, 0, common)) {
        passing = true;
        to.write(so);
      }
    }

    @Override
    public void flush() throws IOException {
      if (passing) {
        to.flush();
      }
    }
  }
}
