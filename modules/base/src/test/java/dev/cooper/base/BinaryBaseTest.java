package dev.cooper.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cooper.base.BinaryOptions.Extra;
import dev.cooper.image.CooperException;
import dev.cooper.image.layer.TarEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryBaseTest {
  private static final Path LOADER = Path.of("/lib64/ld-linux-x86-64.so.2");

  @TempDir Path folder;

  private static void assumeProgram(String path) {
    assumeTrue(Files.isExecutable(Path.of(path)), "SKIPPED: no " + path + " on this machine");
  }

  /** Links that lead out of the folder by their text would make JUnit warn of each. */
  @AfterEach
  void remove() throws Exception {
    assertThat(new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor()).isZero();
  }

  /** The words that start a command in a root, which has nothing else but /proc and /dev/null. */
  private static List<String> chroot(Path root) {
    return new ArrayList<>(
        List.of(
            "unshare",
            "-m",
            "sh",
            "-c",
            "mount -t proc proc \"$0/proc\" && touch \"$0/dev/null\""
                + " && mount --bind /dev/null \"$0/dev/null\" && exec chroot \"$0\" \"$@\"",
            root.toString()));
  }

  /** Runs the first program of what was gathered, in a root that holds nothing else. */
  private String run(List<String> paths, BinaryOptions options, String... arguments)
      throws Exception {
    assumeTrue(
        System.getProperty("user.name").equals("root"), "SKIPPED: chroot needs root, so not run");
    Path root = folder.resolve("root");
    BinaryBase base = BinaryBase.of(paths, options);
    base.files().writeTo(root);
    List<String> command = chroot(root);
    command.addAll(base.image().config().entrypoint());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", BusyboxBase.PATH);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  @Test
  void bashRunsAndKnowsUsers() throws Exception {
    assumeProgram("/bin/bash");
    // Found through a link, /bin, where folders are merged.
    assertThat(
            run(
                List.of("/bin/bash"),
                BinaryOptions.DEFAULT,
                "-c",
                "echo $((6*7)) ~nobody; cd /tmp && echo a >b && echo *; echo /usr/bin/*"))
        .startsWith("42 /nonexistent\nb\n/usr/bin/bash\n");
  }

  @Test
  void curlRunsWithCertificates() throws Exception {
    assumeProgram("/usr/bin/curl");
    BinaryBase base = BinaryBase.of(List.of("curl"), BinaryOptions.DEFAULT);
    if (Files.exists(Path.of("/etc/ssl/certs/ca-certificates.crt"))) {
      assertThat(base.files().contains("etc/ssl/certs/ca-certificates.crt")).isTrue();
      assertThat(
              BinaryBase.of(
                      List.of("curl"),
                      BinaryOptions.DEFAULT.withExtras(Set.of(), Set.of(Extra.CA_CERTIFICATES)))
                  .files()
                  .contains("etc/ssl/certs/ca-certificates.crt"))
          .isFalse();
    }
    assertThat(base.files().find("etc/nsswitch.conf")).isPresent();
    assertThat(run(List.of("curl"), BinaryOptions.DEFAULT, "--version")).startsWith("curl ");
    // Nobody listens there; that it says so means that it ran, resolved and connected.
    Files.writeString(folder.resolve("root/etc/hosts"), "127.0.0.1 here\n");
    List<String> command = chroot(folder.resolve("root"));
    command.addAll(List.of("/usr/bin/curl", "-sS", "http://here:1/"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .containsAnyOf("Failed to connect", "Could not connect");
  }

  @Test
  void aStaticGoProgramGetsCertificates() throws Exception {
    assumeProgram("/usr/local/bin/docker");
    assumeTrue(
        Files.exists(Path.of("/etc/ssl/certs/ca-certificates.crt")),
        "SKIPPED: no certificates on this machine");
    BinaryBase base = BinaryBase.of(List.of("/usr/local/bin/docker"), BinaryOptions.DEFAULT);
    assertThat(base.files().contains("etc/ssl/certs/ca-certificates.crt")).isTrue();
    assertThat(
            BinaryBase.of(List.of("/bin/true"), BinaryOptions.DEFAULT)
                .files()
                .contains("etc/ssl/certs/ca-certificates.crt"))
        .isFalse();
  }

  @Test
  void pythonRunsWithItsLibrary() throws Exception {
    assumeProgram("/usr/bin/python3");
    assertThat(
            run(
                List.of("/usr/bin/python3"),
                BinaryOptions.DEFAULT.withExtras(Set.of(Extra.TZDATA), Set.of()),
                "-c",
                "import json, ssl, ctypes, decimal, zoneinfo; print(json.dumps([1]),"
                    + " decimal.Decimal('0.1') * 3, zoneinfo.ZoneInfo('Europe/Paris'))"))
        .isEqualTo("[1] 0.3 Europe/Paris\n");
  }

  @Test
  void javaRunsWithItsRuntime() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    assertThat(run(List.of(java), BinaryOptions.DEFAULT, "-Xint", "-version"))
        .contains(System.getProperty("java.version"));
    BinaryBase base = BinaryBase.of(List.of(java), BinaryOptions.DEFAULT);
    assertThat(base.files().items())
        .extracting(item -> item.entry().name())
        .contains("libjvm.so", "modules")
        .doesNotContain("src.zip", "javac");
    // java alone, by its name, in a container.
    assertThat(base.image().config().env().getFirst())
        .isEqualTo("PATH=" + BusyboxBase.PATH + ":" + Path.of(java).getParent());
  }

  @Test
  void perlRunsWithItsModulesAndGitWithItsCommands() throws Exception {
    assumeProgram("/usr/bin/perl");
    assertThat(
            run(
                List.of("/usr/bin/perl"),
                BinaryOptions.DEFAULT,
                "-e",
                "use strict; use POSIX; use Encode; use File::Temp; print floor(1.5), qq(\\n)"))
        .isEqualTo("1\n");
    assumeProgram("/usr/bin/git");
    assertThat(BinaryBase.of(List.of("git"), BinaryOptions.DEFAULT).files().items())
        .extracting(item -> item.entry().name())
        .contains("git-remote-http", "libcurl-gnutls.so.4");
  }

  @Test
  void aLibraryComesAlongButIsNotWhatRuns() throws Exception {
    assumeProgram("/usr/bin/curl");
    assumeTrue(Files.exists(LOADER), "SKIPPED: not an x86-64 Debian");
    String library = "/lib/x86_64-linux-gnu/libcrypt.so.1";
    assumeTrue(Files.exists(Path.of(library)), "SKIPPED: no libcrypt on this machine");

    assertThatThrownBy(() -> BinaryBase.of(List.of(library), BinaryOptions.DEFAULT))
        .hasMessageContaining("name the program");
    BinaryBase base = BinaryBase.of(List.of(library, "/bin/true"), BinaryOptions.DEFAULT);
    assertThat(base.image().config().entrypoint()).containsExactly("/bin/true");
    assertThat(base.image().dockerfile())
        .contains("# cooper base from-binary -o rootfs " + library + " /bin/true\n")
        .contains("ADD rootfs/ /\n");
    assertThat(base.files().items())
        .extracting(item -> item.entry().name())
        .contains("libcrypt.so.1");
  }

  @Test
  void filesThatAreNoProgramsComeAlong() throws Exception {
    assumeProgram("/usr/bin/busybox");
    Path root = Files.createDirectories(folder.resolve("tree/etc")).getParent();
    Files.copy(Path.of("/usr/bin/busybox"), root.resolve("tool"));
    Files.writeString(root.resolve("etc/passwd"), "www-data:x:33:33::/:/bin/false\n");
    BinaryBase base =
        BinaryBase.of(List.of("/etc/passwd", "/tool"), BinaryOptions.DEFAULT.withRoot(root));

    assertThat(base.image().config().entrypoint()).containsExactly("/tool");
    assertThat(base.notes()).contains("/etc/passwd: no program, taken as it is");
    try (InputStream in = base.files().find("etc/passwd").orElseThrow().bytes().open()) {
      assertThat(in).hasContent("www-data:x:33:33::/:/bin/false");
    }
  }

  @Test
  void idsAreSetOnlyForWhoeverTheFileWas() throws Exception {
    assumeProgram("/usr/bin/busybox");
    assumeTrue(
        System.getProperty("user.name").equals("root"), "SKIPPED: giving files away needs root");
    Path root = Files.createDirectories(folder.resolve("tree"));
    Path tool = Files.copy(Path.of("/usr/bin/busybox"), root.resolve("tool"));
    Files.setAttribute(tool, "unix:gid", 5);
    Files.setAttribute(tool, "unix:mode", 06755);
    BinaryOptions options = BinaryOptions.DEFAULT.withRoot(root);

    TarEntry entry =
        BinaryBase.of(List.of("/tool"), options).files().find("tool").orElseThrow().entry();
    assertThat(entry.mode()).isEqualTo(04755);
    assertThat(entry.gid()).isZero();
  }

  @Test
  void aScriptBringsItsInterpreter() throws Exception {
    assumeProgram("/bin/bash");
    Path script = Files.writeString(folder.resolve("hello"), "#!/usr/bin/env bash\necho from $0\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(run(List.of(script.toString()), BinaryOptions.DEFAULT))
        .isEqualTo("from " + script + "\n");
    assertThat(BinaryBase.of(List.of(script.toString()), BinaryOptions.DEFAULT).notes())
        .anyMatch(note -> note.startsWith(script + " is a script: "));
    assertThat(BinaryBase.of(List.of("/bin/bash"), BinaryOptions.DEFAULT).notes()).isEmpty();
  }

  @Test
  void muslsOwnLibrariesAreFoundWhereItsListSays() throws Exception {
    assumeProgram("/usr/bin/musl-gcc");
    Path tree = Files.createDirectories(folder.resolve("tree"));
    Files.createDirectories(tree.resolve("opt/lib"));
    Files.createDirectories(tree.resolve("etc"));
    Files.createDirectories(tree.resolve("lib"));
    Files.copy(Path.of("/lib/ld-musl-x86_64.so.1"), tree.resolve("lib/ld-musl-x86_64.so.1"));
    Files.writeString(tree.resolve("etc/ld-musl-x86_64.path"), "/opt/lib\n");
    Path answer = Files.writeString(folder.resolve("answer.c"), "int answer(void) { return 42; }");
    Path main =
        Files.writeString(
            folder.resolve("main.c"),
            "#include <stdio.h>\nint answer(void);\nint main(void) { printf(\"%d\\n\", answer()); }");
    musl("-shared", "-fPIC", "-o", tree + "/opt/lib/libanswer.so", answer.toString());
    musl("-o", tree + "/main", main.toString(), "-L" + tree + "/opt/lib", "-lanswer");

    assertThat(run(List.of("/main"), BinaryOptions.DEFAULT.withRoot(tree))).isEqualTo("42\n");
    Files.delete(tree.resolve("opt/lib/libanswer.so"));
    assertThatThrownBy(() -> BinaryBase.of(List.of("/main"), BinaryOptions.DEFAULT.withRoot(tree)))
        .hasMessage("1 library is missing: libanswer.so (needed by /main)");
  }

  private static void musl(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("/usr/bin/musl-gcc"));
    command.addAll(List.of(words));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  @Test
  void allThatIsMissingIsToldAtOnce() throws Exception {
    assumeProgram("/usr/bin/curl");
    assumeTrue(Files.exists(LOADER), "SKIPPED: not an x86-64 Debian");
    Path root = folder.resolve("tree");
    Files.createDirectories(root.resolve("lib64"));
    Files.copy(LOADER, root.resolve("lib64").resolve(LOADER.getFileName()));
    Files.copy(Path.of("/usr/bin/curl"), root.resolve("curl"));
    BinaryOptions options = BinaryOptions.DEFAULT.withRoot(root);

    assertThatThrownBy(() -> BinaryBase.of(List.of("/curl"), options))
        .isInstanceOf(CooperException.NotFound.class)
        .hasMessageMatching("\\d libraries are missing: .*")
        .hasMessageContaining("libcurl.so.4 (needed by /curl)")
        .hasMessageContaining("libc.so.6 (needed by /curl)");
    Files.delete(root.resolve("lib64").resolve(LOADER.getFileName()));
    assertThatThrownBy(() -> BinaryBase.of(List.of("/curl"), options))
        .hasMessageContaining("/lib64/ld-linux-x86-64.so.2 (needed by /curl)");
  }

  @Test
  void whatIsNoProgramIsRefused() throws Exception {
    Path root = Files.createDirectory(folder.resolve("tree"));
    BinaryOptions options = BinaryOptions.DEFAULT.withRoot(root);
    Files.writeString(root.resolve("text"), "just text");
    Files.writeString(root.resolve("windows"), "#!/bin/sh\r\necho\r\n");
    Files.writeString(root.resolve("lost"), "#!/opt/nowhere -x\n");
    Files.writeString(root.resolve("relative"), "#!python\n");
    Files.writeString(root.resolve("circle"), "#!/circle\n");
    for (String script : List.of("windows", "lost", "relative", "circle")) {
      Files.setPosixFilePermissions(
          root.resolve(script), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.writeString(root.resolve("plain"), "#!/bin/sh\n");
    Files.write(root.resolve("cut"), new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0});
    Files.createSymbolicLink(root.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(root.resolve("b"), Path.of("/a"));
    Files.createDirectory(root.resolve("dir"));

    assertThatThrownBy(() -> BinaryBase.of(List.of("/text"), options))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessage("/text is neither a program for Linux (ELF) nor a script that begins with #!");
    assertThatThrownBy(() -> BinaryBase.of(List.of("/cut"), options))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessage("/cut is a damaged program (ELF): truncated: only 10 bytes");
    assertThatThrownBy(() -> BinaryBase.of(List.of("/plain"), options))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessage("/plain may not be executed");
    assertThatThrownBy(() -> BinaryBase.of(List.of("/"), options))
        .hasMessage("/ is the whole tree");
    assertThatThrownBy(() -> BinaryBase.of(List.of("/windows"), options))
        .hasMessageContaining("ends in a carriage return");
    assertThatThrownBy(() -> BinaryBase.of(List.of("/lost"), options))
        .isInstanceOf(CooperException.NotFound.class)
        .hasMessageContaining("/lost is a script whose interpreter is not there: /opt/nowhere");
    assertThatThrownBy(() -> BinaryBase.of(List.of("/relative"), options))
        .hasMessageContaining("no interpreter by its whole path");
    assertThatThrownBy(() -> BinaryBase.of(List.of("/circle"), options))
        .hasMessageContaining("without end");
    assertThatThrownBy(() -> BinaryBase.of(List.of("/a"), options))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessageContaining("round in a circle");
    assertThatThrownBy(() -> BinaryBase.of(List.of("/none"), options))
        .isInstanceOf(CooperException.NotFound.class)
        .hasMessage("/none: no such file");
    assertThatThrownBy(() -> BinaryBase.of(List.of("none"), options))
        .hasMessageContaining("none is in no folder of ");
    assertThatThrownBy(() -> BinaryBase.of(List.of("/dir"), options))
        .hasMessageContaining("only folders and libraries are given");
    assertThatThrownBy(() -> Extra.of("x")).hasMessageContaining("is called x");
  }

  @Test
  void linksLeadIntoTheTreeAndNeverOut() throws Exception {
    assumeProgram("/usr/bin/busybox");
    Path root = Files.createDirectories(folder.resolve("tree/real"));
    Files.copy(Path.of("/usr/bin/busybox"), root.resolve("busybox"));
    Files.createSymbolicLink(folder.resolve("tree/bin"), Path.of("../../../real"));
    Files.createSymbolicLink(root.resolve("sh"), Path.of("/bin/busybox"));
    BinaryBase base =
        BinaryBase.of(List.of("/bin/sh"), BinaryOptions.DEFAULT.withRoot(folder.resolve("tree")));

    assertThat(base.files().items())
        .extracting(item -> item.entry().path())
        .contains("bin", "real", "real/sh", "real/busybox");
    assertThat(base.image().config().entrypoint()).containsExactly("/bin/sh");
  }

  @Test
  void aFolderOfLibrariesMayLackSome() throws Exception {
    assumeProgram("/usr/bin/curl");
    assumeProgram("/usr/bin/busybox");
    Path plugins = Files.createDirectories(folder.resolve("plugins"));
    Files.copy(Path.of("/usr/bin/busybox"), plugins.resolve("tool"));
    Files.createSymbolicLink(plugins.resolve("dangling"), Path.of("/nowhere"));
    Files.createSymbolicLink(plugins.resolve("up"), Path.of(".."));
    BinaryBase base =
        BinaryBase.of(List.of("/usr/bin/busybox", plugins.toString()), BinaryOptions.DEFAULT);

    String inside = plugins.toString().substring(1);
    assertThat(base.files().contains(inside + "/tool")).isTrue();
    assertThat(base.files().contains(inside + "/dangling")).isTrue();
    assertThat(base.notes()).anyMatch(note -> note.startsWith(plugins + ", 1 files"));
  }

  @Test
  void theSameFilesGiveTheSameImage() throws Exception {
    assumeProgram("/bin/bash");
    MemoryBlobs blobs = new MemoryBlobs();
    assertThat(digest(blobs, BinaryOptions.DEFAULT))
        .isEqualTo(digest(blobs, BinaryOptions.DEFAULT));
    Instant early = Instant.ofEpochSecond(1000);
    BinaryBase base = BinaryBase.of(List.of("bash"), BinaryOptions.DEFAULT.withLatest(early));
    assertThat(base.newest()).isEqualTo(early);
    assertThat(base.files().items())
        .allMatch(item -> !item.entry().modified().isAfter(early))
        .allMatch(item -> item.entry().uid() == 0 && item.entry().gid() == 0);
    assertThat(Files.exists(folder.resolve("root"), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  private static String digest(MemoryBlobs blobs, BinaryOptions options) throws IOException {
    BinaryBase base = BinaryBase.of(List.of("bash"), options);
    return base.image().writeTo(blobs, base.newest()).manifest().digest().toString();
  }
}
