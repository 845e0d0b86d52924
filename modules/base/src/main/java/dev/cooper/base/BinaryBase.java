package dev.cooper.base;

import dev.cooper.base.BinaryOptions.Extra;
import dev.cooper.elf.ElfFile;
import dev.cooper.elf.HostFiles;
import dev.cooper.elf.LibraryClosure;
import dev.cooper.elf.LibrarySearch;
import dev.cooper.image.CooperException;
import dev.cooper.image.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The root file system of a few programs and all that they need, and nothing else: their loader,
 * the libraries that it will load, a script's interpreter, what the runtimes of Python and Java
 * load; and what programs open by name, as far as the functions that they use tell: the name
 * service's modules, and certificates for whoever speaks TLS.
 *
 * <p>Nothing is run, so programs of any processor will do. What was gathered is looked through
 * again as the loader will see it before an image is made of it.
 */
public final class BinaryBase {
  private static final int MAX_INTERPRETERS = 4;
  private static final List<String> NAME_MODULES = List.of("libnss_files.so.2", "libnss_dns.so.2");

  private final List<String> given;
  private final BinaryOptions options;
  private final RootFiles files;
  private final Gathering gathering;
  private final HostFiles host;
  private final LibrarySearch search;
  private final DynamicUses uses = new DynamicUses();
  private final Set<String> looked = new TreeSet<>();

  /** Programs and libraries by path, with whether the image is of no use without them. */
  private final Map<String, Boolean> binaries = new LinkedHashMap<>();

  private final MissingFiles missing = new MissingFiles();
  private final List<String> programs = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private boolean speaksTls;
  private @Nullable String architecture;

  private BinaryBase(List<String> given, BinaryOptions options) {
    this.given = given;
    this.options = options;
    this.files = new RootFiles(Instant.EPOCH);
    this.gathering = new Gathering(options.root(), files, options.latest());
    this.host = HostFiles.at(options.root());
    this.search = LibrarySearch.over(host);
  }

  /**
   * Gathers programs with what they need.
   *
   * @param paths programs, and files and folders that are taken whole; a bare name is looked for in
   *     the search path, else paths are those of the tree. The first program is what the image runs
   * @throws CooperException.NotFound when a path leads nowhere, or when libraries are missing: the
   *     message names all of them, with who needs them
   * @throws CooperException.InvalidInput when no path is of a program or a script, one is damaged,
   *     or programs are for different processors
   */
  public static BinaryBase of(List<String> paths, BinaryOptions options) throws IOException {
    if (paths.isEmpty()) {
      throw new CooperException.InvalidInput("no program is given");
    }
    BinaryBase base = new BinaryBase(List.copyOf(paths), options);
    base.gather();
    return base;
  }

  private void gather() throws IOException {
    for (String directory : List.of("dev", "etc", "proc", "sys")) {
      files.directory(directory, 0755);
    }
    files.directory("root", 0700);
    files.directory("tmp", 01777);
    List<String> data = new ArrayList<>();
    for (String path : given) {
      String found = find(path);
      if (Files.isDirectory(gathering.onHost(found))) {
        if (gathering.add(found).equals("/")) {
          throw new CooperException.InvalidInput(
              path + " is the whole tree", "cooper base host or cooper base from-dir takes that");
        }
        folder(found, "", Set.of());
      } else if (ProgramFile.isData(gathering.onHost(gathering.add(found)))) {
        data.add(found);
      } else {
        program(found, 0);
      }
    }
    if (programs.isEmpty() && !data.isEmpty()) {
      throw ProgramFile.noProgram(data.getFirst());
    }
    if (programs.isEmpty()) {
      throw new CooperException.InvalidInput(
          "only folders and libraries are given: name the program that the image is for");
    }
    data.forEach(file -> notes.add(file + ": no program, taken as it is"));
    openedByName();
    notes.addAll(missing.judge(files));
    extras();
    SystemFiles.addNames(files, uses.nameService() || options.with().contains(Extra.NSS));
    verify();
  }

  /** The path in the tree that a word of the command line means. */
  private String find(String word) throws IOException {
    if (word.isEmpty()) {
      throw new CooperException.InvalidInput("a path is empty");
    }
    if (word.contains("/")) {
      boolean own = options.root().equals(Path.of("/"));
      return word.startsWith("/") ? word : own ? ProgramFile.absolute(word) : "/" + word;
    }
    for (String folder : options.searchPath()) {
      String candidate = folder + "/" + word;
      if (folder.startsWith("/") && Files.isExecutable(gathering.onHost(candidate))) {
        return candidate;
      }
    }
    throw new CooperException.NotFound(
        word + " is in no folder of " + String.join(":", options.searchPath()),
        "give a path, such as ./" + word);
  }

  /**
   * @param interpreters how many scripts led here; 0 for what the user named
   */
  private void program(String path, int interpreters) throws IOException {
    String real = gathering.add(path);
    byte[] head;
    try (InputStream in = Files.newInputStream(gathering.onHost(real))) {
      head = in.readNBytes(ScriptLine.LONGEST);
    }
    boolean script = ScriptLine.isScript(head);
    boolean library = !script && !ProgramFile.isProgram(path, gathering.onHost(real));
    if (!library && !Files.isExecutable(gathering.onHost(real))) {
      throw new CooperException.InvalidInput(
          path + " may not be executed", "chmod +x " + ShellWords.join(List.of(path)));
    }
    if (interpreters == 0 && !library) {
      programs.add(path);
    }
    if (script) {
      script(path, ScriptLine.of(path, head), interpreters);
      return;
    }
    String machine = host.elf(real).orElseThrow().architecture();
    if (architecture != null && !architecture.equals(machine)) {
      throw new CooperException.InvalidInput(
          path + " is for " + machine + ", but " + given.getFirst() + " is for " + architecture,
          "an image is for one processor: make two");
    }
    architecture = machine;
    needs(path, true);
    List<Runtimes.Companion> companions = new ArrayList<>();
    Runtimes.of(real, gathering).ifPresent(companions::add);
    List<String> libraries =
        search.closure(path).libraries().stream().map(LibraryClosure.Library::file).toList();
    companions.addAll(NamedFolders.of(real, libraries, gathering));
    for (Runtimes.Companion companion : companions) {
      for (String folder : companion.folders()) {
        folder(folder, companion.what(), companion.unwanted());
      }
    }
  }

  private void script(String path, ScriptLine line, int interpreters) throws IOException {
    if (interpreters == MAX_INTERPRETERS) {
      throw new CooperException.InvalidInput(
          path + ": its first line leads from script to script without end");
    }
    if (interpreters == 0) {
      notes.add(
          path
              + " is a script: its interpreter is here, but what it calls is not known; name that too");
    }
    try {
      program(line.interpreter(), interpreters + 1);
      if (line.named().isPresent()) {
        program(find(line.named().get()), interpreters + 1);
      }
    } catch (CooperException.NotFound e) {
      throw new CooperException.NotFound(
          path + " is a script whose interpreter is not there: " + e.getMessage(), null, e);
    }
  }

  private void folder(String folder, String what, Set<String> unwanted) throws IOException {
    Runtimes.Companion companion = new Runtimes.Companion(what, List.of(folder), unwanted);
    List<String> taken = gathering.addTree(folder, companion::leavesOut);
    notes.add(folder + (what.isEmpty() ? "" : ": " + what) + ", " + taken.size() + " files");
    for (String file : taken) {
      Optional<ElfFile> elf = host.elf(file);
      if (elf.isPresent()
          && (architecture == null || elf.get().architecture().equals(architecture))
          && (elf.get().isProgram() || !elf.get().needed().isEmpty())) {
        needs(file, false);
      }
    }
  }

  /** Takes what a program or library needs. */
  private void needs(String path, boolean required) throws IOException {
    Boolean known = binaries.get(path);
    if (known != null && (known || !required)) {
      return;
    }
    binaries.put(path, required);
    take(search.closure(path), required);
  }

  private void take(LibraryClosure closure, boolean required) throws IOException {
    if (closure.interpreter().isPresent()) {
      LibraryClosure.Interpreter loader = closure.interpreter().get();
      if (loader.file().isPresent()) {
        gathering.add(loader.path());
        searchPath(loader.path());
      } else {
        missing.add(loader.path(), List.of(closure.file()), required);
      }
    }
    look(closure.file(), closure.elf());
    for (LibraryClosure.Library library : closure.libraries()) {
      gathering.add(library.path());
      look(library.file(), host.elf(library.file()).orElseThrow());
    }
    for (LibraryClosure.MissingLibrary library : closure.missing()) {
      missing.add(library.name(), library.neededBy(), required);
    }
    for (LibraryClosure.MissingVersion version : closure.missingVersions()) {
      missing.add(
          version.version() + " of " + version.library(), List.of(version.neededBy()), required);
    }
  }

  /** The file that tells musl's loader its folders, which other machines do not have. */
  private void searchPath(String loader) throws IOException {
    int name = loader.indexOf("/ld-musl-");
    if (name >= 0) {
      String list = "/etc" + loader.substring(name).replaceFirst("\\.so\\..*", "") + ".path";
      if (Files.isRegularFile(gathering.onHost(list))) {
        gathering.add(list);
      }
    }
  }

  private void look(String file, ElfFile elf) throws IOException {
    String name = elf.soname().orElse("");
    if (!looked.add(file) || name.startsWith("libc.so") || name.startsWith("ld-")) {
      return;
    }
    uses.look(gathering.onHost(file));
    speaksTls |=
        name.startsWith("libssl.")
            || name.startsWith("libgnutls.")
            || name.startsWith("libnss3.")
            || name.startsWith("libmbedtls.")
            || name.startsWith("libwolfssl.");
  }

  /** Libraries that are opened while a program runs; that some are not there is no failure. */
  private void openedByName() throws IOException {
    List<String> opened = new ArrayList<>();
    boolean names =
        options.with().contains(Extra.NSS)
            || uses.nameService() && !options.without().contains(Extra.NSS);
    if (names) {
      opened.addAll(NAME_MODULES);
    }
    if (uses.unwinding()) {
      opened.add("libgcc_s.so.1");
    }
    for (String binary : List.copyOf(binaries.keySet())) {
      LibraryClosure closure = search.closure(binary, opened);
      boolean glibc =
          closure.interpreter().isPresent()
              && !closure.interpreter().get().path().contains("/ld-musl-");
      if (!glibc) {
        continue;
      }
      for (LibraryClosure.Library library : closure.libraries()) {
        gathering.add(library.path());
      }
      break;
    }
  }

  private void extras() throws IOException {
    boolean asked = options.with().contains(Extra.CA_CERTIFICATES);
    if (asked || (speaksTls || uses.tls()) && !options.without().contains(Extra.CA_CERTIFICATES)) {
      List<String> taken = Certificates.addTo(gathering);
      if (taken.isEmpty()) {
        String none = "no certificates of certificate authorities are on this machine";
        if (asked) {
          throw new CooperException.NotFound(none, "apt-get install ca-certificates");
        }
        notes.add("not there: " + none + ", so that TLS trusts nobody");
      } else {
        notes.add("certificates: " + String.join(", ", taken));
      }
    }
    if (options.with().contains(Extra.TZDATA)) {
      if (!Files.isDirectory(gathering.onHost("/usr/share/zoneinfo"))) {
        throw new CooperException.NotFound(
            "no time zones are on this machine", "apt-get install tzdata");
      }
      List<String> zones =
          gathering.addTree("/usr/share/zoneinfo", Set.of("right", "posix")::contains);
      notes.add("time zones: /usr/share/zoneinfo, " + zones.size() + " files");
    }
  }

  /** Looks as the loader will: at the image's own files, without this machine's cache of paths. */
  private void verify() throws IOException {
    if (complete()) {
      return;
    }
    // Libraries in folders that only the loader's cache leads to: then the cache comes along.
    gathering.add("/etc/ld.so.cache");
    if (!complete()) {
      throw new CooperException.Failed(
          "the loader would not find in the image what it finds on this machine", "please report");
    }
  }

  private boolean complete() throws IOException {
    LibrarySearch inside = LibrarySearch.over(new GatheredFiles(files, host));
    for (Map.Entry<String, Boolean> binary : binaries.entrySet()) {
      if (binary.getValue() && !inside.closure(binary.getKey()).isComplete()) {
        return false;
      }
    }
    return true;
  }

  /** What came along besides libraries, and what was not there, one line each. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** The files, all owned by root. */
  public RootFiles files() {
    return files;
  }

  /** What it runs on, as the programs' headers say. */
  public Platform platform() {
    return new Platform("linux", architecture == null ? "" : architecture, null);
  }

  /** When the newest of the files was changed. */
  public Instant newest() {
    return gathering.newest();
  }

  /** An image of it; the arguments of a container are those of the first program. */
  public BaseImage image() {
    BinaryImage image = described();
    return new BaseImage(
        platform(), image.config(), image.command(""), image.dockerfile(), files::writeTo);
  }

  /**
   * The Dockerfile that makes the image of a folder that the files were written to.
   *
   * @param directory the name of that folder in the build context
   */
  public String dockerfile(String directory) {
    return described().dockerfile(directory);
  }

  private BinaryImage described() {
    return new BinaryImage(given, programs, options, platform());
  }
}
