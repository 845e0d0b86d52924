package dev.cooper.builder;

import dev.cooper.builder.context.FolderTree;
import dev.cooper.builder.context.SourceTree;
import dev.cooper.builder.remote.Download;
import dev.cooper.builder.remote.GitCheckout;
import dev.cooper.builder.remote.GitReference;
import dev.cooper.dockerfile.Instruction;
import dev.cooper.dockerfile.Word;
import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import dev.cooper.store.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an ADD takes from elsewhere, beside the context.
 *
 * @param tree what was fetched
 * @param sources the instruction's sources, those that were fetched by their paths beside the
 *     context
 */
record Fetched(SourceTree tree, List<String> sources) {
  /** Where fetched files are beside the context; no file of a context can have this name. */
  static final String DIRECTORY = "\u0001fetched";

  Fetched {
    sources = List.copyOf(sources);
  }

  /**
   * Fetches the sources that are addresses, one after the other.
   *
   * @return null if none is
   * @throws CooperException if one cannot be fetched, or is not what its checksum says
   */
  static @Nullable Fetched of(Instruction.Add add, Lease lease)
      throws IOException, InterruptedException {
    List<String> sources = new ArrayList<>();
    Path place = null;
    for (Word word : add.sources()) {
      String source = word.text();
      Optional<GitReference> repository = GitReference.parse(source, false);
      if (repository.isEmpty() && !Download.isAddress(source)) {
        sources.add(source);
        continue;
      }
      if (place == null) {
        place = lease.newDirectory();
      }
      Path own = Files.createDirectory(place.resolve(Integer.toString(sources.size())));
      String path =
          repository.isPresent()
              ? checkOut(add, repository.get(), own)
              : download(add, source, own);
      sources.add(DIRECTORY + "/" + escaped(place.relativize(Path.of(path)).toString()));
    }
    if (place == null) {
      if (add.checksum() != null) {
        throw new CooperException.InvalidInput("checksum can't be specified for local sources");
      }
      return null;
    }
    return new Fetched(new FolderTree(place), sources);
  }

  private static String checkOut(Instruction.Add add, GitReference repository, Path place)
      throws IOException, InterruptedException {
    boolean keeps = Boolean.TRUE.equals(add.keepGitDir());
    GitCheckout checkout = GitCheckout.of(repository, place, keeps);
    Word checksum = add.checksum();
    if (checksum != null && !checkout.commit().startsWith(checksum.text())) {
      throw new CooperException.Corrupt(
          "expected checksum to match " + checksum.text() + ", got " + checkout.commit());
    }
    return checkout.tree().toString();
  }

  private static String download(Instruction.Add add, String address, Path place)
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
    return Download.of(address, target, expected).file().toString();
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
