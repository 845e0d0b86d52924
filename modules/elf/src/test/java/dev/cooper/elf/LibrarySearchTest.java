package dev.cooper.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LibrarySearchTest {
  private static final String GLIBC = "/lib64/ld-linux-x86-64.so.2";
  private static final String MUSL = "/lib/ld-musl-x86_64.so.1";

  private final MapFiles files = new MapFiles();

  @Test
  void aCompleteProgramHasItsLibrariesInLoadingOrder() throws Exception {
    files
        .put("/bin/app", ElfBytes.program(GLIBC).needs("liba.so", "libb.so"))
        .put(GLIBC, ElfBytes.library("ld-linux-x86-64.so.2"))
        .put("/usr/lib/liba.so", ElfBytes.library("liba.so").needs("libc.so.6"))
        .put("/lib/libb.so", ElfBytes.library("libb.so").needs("liba.so", "libc.so.6"))
        .put("/lib/x86_64-linux-gnu/libc.so.6", ElfBytes.library("libc.so.6"));

    LibraryClosure closure = closure("/bin/app");

    assertThat(closure.isComplete()).isTrue();
    assertThat(closure.libraries())
        .extracting(LibraryClosure.Library::file)
        .containsExactly("/usr/lib/liba.so", "/lib/libb.so", "/lib/x86_64-linux-gnu/libc.so.6");
    assertThat(closure.interpreter().orElseThrow().file()).contains(GLIBC);
  }

  @Test
  void everyMissingNameIsReportedAtOnceWithAllWhoNeedIt() throws Exception {
    files
        .put("/bin/app", ElfBytes.program(GLIBC).needs("liba.so", "gone.so"))
        .put("/lib/liba.so", ElfBytes.library("liba.so").needs("gone.so", "lost.so"));

    LibraryClosure closure = closure("/bin/app");

    assertThat(closure.isComplete()).isFalse();
    assertThat(closure.interpreter().orElseThrow().file()).isEmpty();
    assertThat(closure.missing())
        .containsExactly(
            new LibraryClosure.MissingLibrary(
                "gone.so", List.of("/bin/app", "/lib/liba.so"), List.of()),
            new LibraryClosure.MissingLibrary("lost.so", List.of("/lib/liba.so"), List.of()));
  }

  @Test
  void librariesThatNeedEachOtherAreEachFoundOnce() throws Exception {
    files
        .put("/bin/app", ElfBytes.program(GLIBC).needs("liba.so"))
        .put("/lib/liba.so", ElfBytes.library("liba.so").needs("libb.so"))
        .put("/lib/libb.so", ElfBytes.library("libb.so").needs("liba.so", "libb.so"));

    assertThat(closure("/bin/app").libraries())
        .extracting(LibraryClosure.Library::name)
        .containsExactly("liba.so", "libb.so");
  }

  @Test
  void originIsTheFolderOfTheProgramAfterLinksAndOfALibraryAsFound() throws Exception {
    files
        .put("/opt/app/bin/app", ElfBytes.program(GLIBC).runpath("$ORIGIN/../lib").needs("liba.so"))
        .link("/usr/bin/app", "/opt/app/bin/app")
        .put("/store/liba.so", ElfBytes.library("liba.so").runpath("${ORIGIN}/sub").needs("lb.so"))
        .link("/opt/app/lib/liba.so", "/store/liba.so")
        .put("/opt/app/lib/sub/lb.so", ElfBytes.library("lb.so"));

    LibraryClosure closure = closure("/usr/bin/app");

    assertThat(closure.missing()).isEmpty();
    assertThat(closure.libraries())
        .extracting(LibraryClosure.Library::file)
        .containsExactly("/store/liba.so", "/opt/app/lib/sub/lb.so");
  }

  @Test
  void rpathServesTheWholeChainAndRunpathOnlyItsOwnFile() throws Exception {
    files
        .put("/lib/liba.so", ElfBytes.library("liba.so").needs("deep.so"))
        .put("/private/deep.so", ElfBytes.library("deep.so"))
        .put("/bin/rpath", ElfBytes.program(GLIBC).rpath("/private").needs("liba.so"))
        .put("/bin/runpath", ElfBytes.program(GLIBC).runpath("/private").needs("liba.so"))
        .put(
            "/bin/both",
            ElfBytes.program(GLIBC).rpath("/private").runpath("/none").needs("liba.so"));

    assertThat(closure("/bin/rpath").missing()).isEmpty();
    assertThat(closure("/bin/runpath").missing()).hasSize(1);
    assertThat(closure("/bin/both").missing()).hasSize(1);
  }

  @Test
  void aLibraryOfAnotherProcessorIsPassedOverAndNamedWhenThereIsNoOther() throws Exception {
    ElfBytes foreign = ElfBytes.library("liba.so").machine(183, 64, ByteOrder.LITTLE_ENDIAN);
    files
        .put("/bin/app", ElfBytes.program(GLIBC).runpath("/arm").needs("liba.so"))
        .put("/arm/liba.so", foreign);

    assertThat(closure("/bin/app").missing())
        .containsExactly(
            new LibraryClosure.MissingLibrary(
                "liba.so", List.of("/bin/app"), List.of("/arm/liba.so")));

    files.put("/lib/liba.so", ElfBytes.library("liba.so"));
    assertThat(closure("/bin/app").libraries())
        .extracting(LibraryClosure.Library::file)
        .containsExactly("/lib/liba.so");
  }

  @Test
  void aVersionThatTheLibraryDoesNotOfferIsReported() throws Exception {
    files
        .put(
            "/bin/app",
            ElfBytes.program(GLIBC).needs("libc.so.6").wants("libc.so.6", "GLIBC_2.2.5", "GLIBC_9"))
        .put("/lib/libc.so.6", ElfBytes.library("libc.so.6").offers("GLIBC_2.2.5"));

    assertThat(closure("/bin/app").missingVersions())
        .containsExactly(
            new LibraryClosure.MissingVersion("/lib/libc.so.6", "GLIBC_9", "/bin/app"));
  }

  @Test
  void theFoldersThatTheLoaderWasBuiltWithAreRead() throws Exception {
    byte[] loader =
        "x\0/gnu/store/glibc/lib/\0/gnu/more/lib64/\0y\0".getBytes(StandardCharsets.UTF_8);
    assertThat(Loaders.folderList(loader))
        .containsExactly("/gnu/store/glibc/lib/", "/gnu/more/lib64/");
    files
        .put("/bin/app", ElfBytes.program("/gnu/ld.so").needs("libc.so.6", "libm.so.6"))
        .put("/gnu/ld.so", loader)
        .put("/gnu/more/lib64/libc.so.6", ElfBytes.library("libc.so.6"))
        .put("/usr/lib/libm.so.6", ElfBytes.library("libm.so.6"));

    LibraryClosure closure = closure("/bin/app");

    assertThat(closure.libraries())
        .extracting(LibraryClosure.Library::file)
        .containsExactly("/gnu/more/lib64/libc.so.6");
    assertThat(closure.missing())
        .extracting(LibraryClosure.MissingLibrary::name)
        .containsExactly("libm.so.6");
  }

  @Test
  void capabilityFoldersAreSearchedOnlyWhenTheProcessorHasThem() throws Exception {
    files
        .put("/bin/app", ElfBytes.program(GLIBC).needs("liba.so"))
        .put("/lib/liba.so", ElfBytes.library("liba.so"))
        .put("/lib/glibc-hwcaps/x86-64-v3/liba.so", ElfBytes.library("liba.so"));

    assertThat(closure("/bin/app").libraries().get(0).file()).isEqualTo("/lib/liba.so");
    LoaderOptions modern = new LoaderOptions(List.of(), List.of("x86-64-v3", "x86-64-v2"), "/");
    assertThat(LibrarySearch.over(files, modern).closure("/bin/app").libraries().get(0).file())
        .isEqualTo("/lib/glibc-hwcaps/x86-64-v3/liba.so");
  }

  @Test
  void muslHasItsOwnFoldersAndItsLoaderIsTheLibraryC() throws Exception {
    files
        .put(MUSL, ElfBytes.library("libc.musl-x86_64.so.1"))
        .link("/lib/libc.musl-x86_64.so.1", MUSL)
        .put("/bin/app", ElfBytes.program(MUSL).needs("libz.so.1", "libc.musl-x86_64.so.1"))
        .put("/usr/local/lib/libz.so.1", ElfBytes.library("libz.so.1").needs("libpthread.so.0"));

    LibraryClosure closure = closure("/bin/app");

    assertThat(closure.isComplete()).isTrue();
    assertThat(closure.libraries())
        .extracting(LibraryClosure.Library::file)
        .containsExactly("/usr/local/lib/libz.so.1", MUSL);

    files.put("/etc/ld-musl-x86_64.path", "/elsewhere\n".getBytes(StandardCharsets.UTF_8));
    assertThat(closure("/bin/app").missing())
        .extracting(LibraryClosure.MissingLibrary::name)
        .containsExactly("libz.so.1", "libc.musl-x86_64.so.1");
  }

  @Test
  void theLibraryPathComesBeforeRunpathAndAfterRpath() throws Exception {
    files
        .put("/env/liba.so", ElfBytes.library("liba.so"))
        .put("/own/liba.so", ElfBytes.library("liba.so"))
        .put("/bin/run", ElfBytes.program(GLIBC).runpath("/own").needs("liba.so"))
        .put("/bin/r", ElfBytes.program(GLIBC).rpath("/own").needs("liba.so"));
    LibrarySearch search =
        LibrarySearch.over(files, LoaderOptions.DEFAULT.withLibraryPath("/env:/none"));

    assertThat(search.closure("/bin/run").libraries().get(0).path()).isEqualTo("/env/liba.so");
    assertThat(search.closure("/bin/r").libraries().get(0).path()).isEqualTo("/own/liba.so");
  }

  @Test
  void aStaticProgramNeedsNothing() throws Exception {
    files.put("/app", new ElfBytesStatic().bytes());

    LibraryClosure closure = closure("/app");

    assertThat(closure.elf().isStatic()).isTrue();
    assertThat(closure.isComplete()).isTrue();
    assertThat(closure.libraries()).isEmpty();
  }

  @Test
  void whatIsNotThereOrNoProgramIsRefused() {
    files.put("/etc/passwd", "root".getBytes(StandardCharsets.UTF_8)).link("/loop", "/loop");

    assertThatThrownBy(() -> closure("/no")).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> closure("/loop")).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> closure("/etc/passwd")).isInstanceOf(ElfFormatException.class);
  }

  private LibraryClosure closure(String path) throws Exception {
    return LibrarySearch.over(files).closure(path);
  }

  /** A program without interpreter and libraries. */
  private static final class ElfBytesStatic {
    byte[] bytes() {
      return ElfBytes.library("").type(2).bytes();
    }
  }
}
