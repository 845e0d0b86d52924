package dev.cooper.engine;

import dev.cooper.elf.Elf;
import dev.cooper.elf.ElfFile;
import dev.cooper.elf.ElfFormatException;
import dev.cooper.explore.LayerInstruction;
import dev.cooper.image.Image;
import dev.cooper.image.Platform;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.FileTree;
import dev.cooper.image.tree.ImageTree;
import dev.cooper.runtime.ForeignPrograms;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a container's program could not be executed, and what cures it, from what its image holds:
 * which layer and instruction gave the file, its mode, its interpreter, its processor.
 */
final class StartExplanation {
  private static final int HEAD = 256;
  private static final int LARGEST = 512 << 20;

  private final ImageTree files;
  private final FileTree tree;
  private final Container container;

  StartExplanation(ImageTree files, Container container) {
    this.files = files;
    this.tree = files.tree();
    this.container = container;
  }

  /**
   * Explains.
   *
   * @param program as the runtime names it
   * @param reason the runtime's, such as {@code permission denied}
   */
  Optional<String> explain(String program, String reason) throws IOException {
    for (MountPoint mount : container.mounts()) {
      if (program.startsWith(mount.target() + "/")) {
        return Optional.of(
            program
                + " is not the image's: "
                + mount.source()
                + " is mounted at "
                + mount.target());
      }
    }
    FileNode file = program.indexOf('/') < 0 ? inPath(program) : tree.resolve(absolute(program));
    if (file == null) {
      return absent(program);
    }
    if (file.type() == EntryType.DIRECTORY) {
      return Optional.of(path(file) + " is a directory: name a program in it");
    }
    if (file.type() != EntryType.FILE) {
      return Optional.of(path(file) + " is not a file with a program");
    }
    if ((file.entry().mode() & 0111) == 0) {
      return Optional.of(notExecutable(file));
    }
    if (reason.contains("permission denied")) {
      return Optional.of(
          path(file)
              + " has mode "
              + mode(file)
              + " and belongs to "
              + file.entry().uid()
              + ":"
              + file.entry().gid()
              + ", but the container runs as "
              + (container.user().isEmpty() ? "root" : container.user())
              + whence(file));
    }
    return content(file);
  }

  private @Nullable FileNode inPath(String program) {
    String search = Specification.value(container.env(), "PATH");
    for (String folder : (search == null ? "" : search).split(":", -1)) {
      FileNode node = tree.resolve(absolute(folder.isEmpty() ? program : folder + "/" + program));
      if (node != null && node.type() == EntryType.FILE) {
        return node;
      }
    }
    return null;
  }

  private String absolute(String path) {
    return java.nio.file.Path.of(container.workingDirectory()).resolve(path).normalize().toString();
  }

  private static String path(FileNode node) {
    return "/" + node.path();
  }

  private static String mode(FileNode file) {
    return "0" + Integer.toOctalString(file.entry().mode() & 07777);
  }

  private Optional<String> absent(String program) {
    if (program.indexOf(' ') > 0) {
      return Optional.of(
          "the whole text \""
              + program
              + "\" was taken for the name of one program: give the words one by one, or run it"
              + " with sh -c");
    }
    String name = program.substring(program.lastIndexOf('/') + 1);
    List<String> elsewhere = new ArrayList<>();
    for (FileNode node : tree.walk()) {
      if (node.name().equals(name)
          && node.type() == EntryType.FILE
          && (node.entry().mode() & 0111) != 0
          && elsewhere.size() < 3) {
        elsewhere.add(path(node));
      }
    }
    if (!elsewhere.isEmpty()) {
      return Optional.of("the image has it as " + String.join(", ", elsewhere));
    }
    if (program.indexOf('/') >= 0) {
      return Optional.of("the image has no file " + absolute(program));
    }
    return Optional.of(
        "no folder of PATH ("
            + String.valueOf(Specification.value(container.env(), "PATH"))
            + ") has it in this image");
  }

  private String notExecutable(FileNode file) {
    String instruction = instruction(file);
    String cure =
        instruction.startsWith("COPY") || instruction.startsWith("ADD")
            ? "chmod +x it in the context and build again, or use "
                + instruction.substring(
                    0, instruction.indexOf(' ') < 0 ? 4 : instruction.indexOf(' '))
                + " --chmod=755"
            : "chmod +x it where the image is made";
    return "the file has mode " + mode(file) + whence(file) + ": " + cure;
  }

  /** {@code in layer 2 (COPY . /)}. */
  private String whence(FileNode file) {
    if (file.layer() < 0) {
      return "";
    }
    String instruction = instruction(file);
    return " in layer "
        + (file.layer() + 1)
        + (instruction.isEmpty() ? "" : " (" + instruction + ")");
  }

  private String instruction(FileNode file) {
    List<LayerInstruction> instructions = LayerInstruction.of(files.image());
    return file.layer() >= 0 && file.layer() < instructions.size()
        ? instructions.get(file.layer()).text()
        : "";
  }

  /** The file is there and may be executed: what is in it? */
  private Optional<String> content(FileNode file) throws IOException {
    byte[] head;
    try (InputStream in = files.content().open(file)) {
      head = in.readNBytes(HEAD);
    }
    if (head.length == 0) {
      return Optional.of(path(file) + " is empty" + whence(file));
    }
    if (Elf.isElf(head)) {
      return elf(file);
    }
    return script(file, head);
  }

  private Optional<String> script(FileNode file, byte[] head) {
    String text = new String(head, StandardCharsets.UTF_8);
    if (!text.startsWith("#!")) {
      return Optional.of(
          path(file)
              + " is neither a program nor a script: a script's first line names its interpreter,"
              + " for example #!/bin/sh");
    }
    int end = text.indexOf('\n');
    String line = text.substring(2, end < 0 ? text.length() : end);
    if (line.endsWith("\r")) {
      return Optional.of(
          "the first line of "
              + path(file)
              + whence(file)
              + " ends in a carriage return, as Windows editors write it, so that "
              + line.strip().split("\\s+", 2)[0]
              + "\\r is looked for: take them out with sed -i 's/\\r$//' and build again");
    }
    String interpreter = line.strip().split("\\s+", 2)[0];
    if (tree.resolve(interpreter) == null) {
      return Optional.of(
          path(file)
              + " is there, but "
              + interpreter
              + ", which its first line asks for, is not in the image");
    }
    return Optional.empty();
  }

  private Optional<String> elf(FileNode file) throws IOException {
    if (file.size() > LARGEST) {
      return Optional.empty();
    }
    ElfFile elf;
    try (InputStream in = files.content().open(file)) {
      elf = Elf.read(in.readAllBytes());
    } catch (ElfFormatException e) {
      return Optional.of(path(file) + " is damaged: " + e.getMessage());
    }
    Platform host = Platform.host();
    if (!elf.architecture().equals(host.architecture())) {
      return Optional.of(
          path(file)
              + " is for "
              + elf.architecture()
              + ", this machine is "
              + host.architecture()
              + emulation(elf.architecture()));
    }
    if (elf.interpreter().isPresent() && tree.resolve(elf.interpreter().get()) == null) {
      return Optional.of(
          path(file)
              + " is there, but its loader "
              + elf.interpreter().get()
              + " is not in the image"
              + (elf.needed().isEmpty()
                  ? ""
                  : "; it needs these libraries too: " + String.join(", ", elf.needed()))
              + ": link it statically, or start from an image that has them");
    }
    return Optional.empty();
  }

  /** What would make a program of another processor run here; empty if nothing is missing. */
  private static String emulation(String architecture) throws IOException {
    String missing =
        ForeignPrograms.ofThisMachine().missing(Platform.parse("linux/" + architecture));
    return missing == null ? "" : "; " + missing;
  }

  /** As {@link #explain}, for an image that is opened for it; never fails. */
  static @Nullable String hint(
      dev.cooper.store.Store store,
      Image image,
      Container container,
      String program,
      String reason) {
    try (ImageTree files = ImageTree.open(store.blobs(), image, store.indexes())) {
      return new StartExplanation(files, container).explain(program, reason).orElse(null);
    } catch (IOException | RuntimeException e) {
      // An explanation is a courtesy: the failure itself is told in any case.
      return null;
    }
  }
}
