package dev.cooper.base;

import dev.cooper.elf.Elf;
import dev.cooper.elf.HostFiles;
import dev.cooper.elf.Machine;
import dev.cooper.image.Platform;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the programs of a directory run on, by the first ELF header where programs usually are. */
final class TreePlatform {
  private static final List<String> FOLDERS =
      List.of("bin", "usr/bin", "sbin", "usr/sbin", "usr/local/bin", "app", "");

  /** So many files of a folder are looked at. */
  private static final int MANY = 500;

  private TreePlatform() {}

  /** Empty when there are no programs, or they may not be read. */
  static Optional<Platform> of(Path root) {
    HostFiles files = HostFiles.at(root);
    for (String folder : FOLDERS) {
      int looked = 0;
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(folder))) {
        for (Path entry : entries) {
          Optional<String> file = files.resolve("/" + folder + "/" + entry.getFileName());
          if (file.isPresent()) {
            Optional<Platform> found = ofFile(root.resolve(file.get().substring(1)));
            if (found.isPresent()) {
              return found;
            }
          }
          if (++looked == MANY) {
            break;
          }
        }
      } catch (IOException | DirectoryIteratorException e) {
        // Not there, or not to be read: the next.
      }
    }
    return Optional.empty();
  }

  private static Optional<Platform> ofFile(Path file) {
    try (var in = Files.newInputStream(file)) {
      return Elf.machine(in.readNBytes(Elf.MACHINE_LENGTH))
          .map(Machine::architecture)
          .map(architecture -> new Platform("linux", architecture, null));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
