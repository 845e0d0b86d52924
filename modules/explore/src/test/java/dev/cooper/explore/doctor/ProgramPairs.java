package dev.cooper.explore.doctor;

import static dev.cooper.explore.doctor.Examination.RUNS;
import static dev.cooper.explore.doctor.Examination.base;
import static dev.cooper.explore.doctor.Examination.elf;
import static dev.cooper.explore.doctor.Examination.script;
import static dev.cooper.explore.doctor.FindingPair.inLayer;

import dev.cooper.explore.HostProgram;
import dev.cooper.explore.MadeImage;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.Platform;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Images with programs and scripts that do not start, and the nearest with some that do. */
final class ProgramPairs {
  private static final int AMD64 = 62;
  private static final int ARM64 = 183;
  private static final int I386 = 3;

  private ProgramPairs() {}

  static List<FindingPair> missingInterpreter() {
    return List.of(
        inLayer(
            1, "/app", "no loader", dynamic(false, libc(), "app"), dynamic(true, libc(), "app")));
  }

  static List<FindingPair> missingLibrary() {
    return List.of(
        inLayer(
            1, "/app", "no libc", dynamic(true, new byte[0], "app"), dynamic(true, libc(), "app")),
        // A library is loaded by programs; it is they that need what it needs.
        inLayer(
            1,
            "/bin/app",
            "a program, not a module",
            dynamic(true, new byte[0], "bin/app"),
            base().layer("COPY", l -> l.program("lib/libc.so.6", libc()))));
  }

  static List<FindingPair> libraryTooOld() {
    byte[] old =
        new String(libc(), StandardCharsets.ISO_8859_1)
            .replace("GLIBC_2.34", "GLIBC_0.34")
            .getBytes(StandardCharsets.ISO_8859_1);
    return List.of(
        inLayer(
            1, "/app", "symbols missing", dynamic(true, old, "app"), dynamic(true, libc(), "app")));
  }

  static List<FindingPair> wrongArchitecture() {
    return List.of(
        inLayer(1, "/app", "arm64 in amd64", program(elf(ARM64)), program(elf(AMD64))),
        // amd64 kernels run i386's programs, not the other way round.
        inLayer(
            1,
            "/app",
            "amd64 in i386",
            program(elf(AMD64))
                .config(c -> ImageConfig.scratch(new Platform("linux", "386", null))),
            program(elf(I386))));
  }

  static List<FindingPair> carriageReturn() {
    return List.of(
        inLayer(
            1, "/run", "DOS line ends", scripts("#!/sh\r\necho\r\n"), scripts("#!/sh\necho\r\n")),
        inLayer(1, "/run", "an argument", scripts("#!/sh -e\r\n"), scripts("#!/sh -e\n")));
  }

  static List<FindingPair> relativeInterpreter() {
    return List.of(inLayer(1, "/run", "no leading slash", scripts("#!sh\n"), scripts("#! /sh\n")));
  }

  static List<FindingPair> scriptInterpreterMissing() {
    return List.of(
        inLayer(1, "/run", "no such file", scripts("#!/bin/bash\n"), scripts("#!/sh\n")),
        inLayer(1, "/run", "env finds none", scripts("#!/env bash\n"), scripts("#!/env tool\n")),
        inLayer(
            1,
            "/run",
            "env -S finds none",
            scripts("#!/env -S A=1 bash -e\n"),
            scripts("#!/env -S A=1 tool -e\n")),
        inLayer(1, "/run", "not executable", scripts("#!/data\n"), scripts("#!/link\n")),
        inLayer(1, "/run", "a directory", scripts("#!/tmp\n"), documentation()));
  }

  /** A program of this machine; without its loader or library, if so wished. */
  private static MadeImage dynamic(boolean loader, byte[] library, String path) {
    return base()
        .layer(
            "COPY",
            l -> {
              l.program(path, HostProgram.program());
              if (loader) {
                l.program("lib64/ld-linux-x86-64.so.2", HostProgram.loader());
              }
              return library.length == 0 ? l : l.program("lib/x86_64-linux-gnu/libc.so.6", library);
            });
  }

  private static byte[] libc() {
    return HostProgram.library();
  }

  private static MadeImage program(byte[] bytes) {
    return base().layer("COPY", l -> l.program("app", bytes));
  }

  private static MadeImage scripts(String text) {
    return base()
        .layer(
            "COPY",
            l ->
                script(l, "run", text)
                    .program("sh", RUNS)
                    .program("env", RUNS)
                    .program("usr/bin/tool", RUNS)
                    .link("link", "sh")
                    .file("data", "text"));
  }

  private static MadeImage documentation() {
    return base().layer("COPY", l -> script(l, "usr/share/doc/make/examples/x", "#!/bin/make\n"));
  }
}
