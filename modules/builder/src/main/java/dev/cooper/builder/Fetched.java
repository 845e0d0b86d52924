package dev.cooper.builder;

import dev.cooper.builder.context.SourceTree;
import dev.cooper.builder.remote.Download;
import dev.cooper.builder.remote.DownloadNotes;
import dev.cooper.builder.remote.GitCheckout;
import dev.cooper.builder.remote.GitReference;
import dev.cooper.builder.remote.LateFiles;
import dev.cooper.dockerfile.Instruction;
import dev.cooper.dockerfile.Word;
import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import dev.cooper.store.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an ADD takes from elsewhere, beside the context.
 *
 * @param tree what was fetched
 * @param digests of files that are fetched only when they are read, by their paths beside the
 *     context
 * @param sources the instruction's sources, those that were fetched by their paths beside the
 *     context
 */
record Fetched(SourceTree tree, List<String> sources, Map<String, byte[]> digests) {
  /** Where fetched files are beside the context; no file of a context can have this name. */
  static final String DIRECTORY = "\u0001fetched";

  Fetched {
    sources = List.copyOf(sources);
    digests = Map.copyOf(digests);
  }

  /**
   * Fetches the sources that are addresses, one after the other.
   *
   * @param notes what earlier builds know of files on HTTP servers
   * @return null if none is
   * @throws CooperException if one cannot be fetched, or is not what its checksum says
   */
  static @Nullable Fetched of(Instruction.Add add, Lease lease, DownloadNotes notes)
      throws IOException, InterruptedException {
    List<String> sources = new ArrayList<>();
    Path place = null;
    LateFiles files = null;
    for (Word word : add.sources()) {
      String source = word.text();
      Optional<GitReference> repository = GitReference.parse(source, false);
      if (repository.isEmpty() && !Download.isAddress(source)) {
        sources.add(source);
        continue;
      }
      if (place == null || files == null) {
        place = lease.newDirectory();
        files = new LateFiles(place, notes);
      }
      Path own = Files.createDirectory(place.resolve(Integer.toString(sources.size())));
      Path file;
      if (repository.isPresent()) {
        file = checkOut(add, repository.get(), own);
      } else {
        Download download = download(add, source, own, notes);
        file = download.file();
        if (!download.isWhole()) {
          files.add(place.relativize(file).toString(), source, download.digest());
        }
      }
      sources.add(DIRECTORY + "/" + escaped(place.relativize(file).toString()));
    }
    if (files == null) {
      if (add.checksum() != null) {
        throw new CooperException.InvalidInput("checksum can't be specified for local sources");
      }
      return null;
    }
    Map<String, byte[]> digests = new HashMap<>();
    files.digests().forEach((path, digest) -> digests.put(DIRECTORY + "/" + path, digest));
    return new Fetched(files, sources, digests);
  }

  private static Path checkOut(Instruction.Add add, GitReference repository, Path place)
      throws IOException, InterruptedException {
    boolean keeps = Boolean.TRUE.equals(add.keepGitDir());
    GitCheckout checkout = GitCheckout.of(repository, place, keeps);
    Word checksum = add.checksum();
    if (checksum != null && !checkout.commit().startsWith(checksum.text())) {
      throw new CooperException.Corrupt(
          "expected checksum to match " + checksum.text() + ", got " + checkout.commit());
    }
    return checkout.tree();
  }

  private static Download download(
      Instruction.Add add, String address, Path place, DownloadNotes notes)
      throws IOException, InterruptedException {
    Word checksum = add.checksum();
    Digest expected = checksum == null ? null : Digest.parse(checksum.text());
    String name = Download.name(address);
    String destination = add.destination().text();
    if (name == null && (destination.endsWith("/") || destination.endsWith("."))) {
      throw new CooperException.InvalidInput(
          "cannot determine filename for source " + address,
          "name the file: ADD " + address + " " + destination + "NAME");
    }
    Path target = place.resolve(name == null ? "__unnamed__" : name);
    return Download.of(address, target, expected, notes);
  }

  /** A name out of an address is no pattern. */
  private static String escaped(String path) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if ("*?[\\".indexOf(c) >= 0) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }
}
