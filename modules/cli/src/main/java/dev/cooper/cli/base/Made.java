package dev.cooper.cli.base;

import dev.cooper.api.Cooper;
import dev.cooper.base.BaseImage;
import dev.cooper.base.LeftOut;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.format.HumanSize;
import dev.cooper.explore.fact.VisibleText;
import dev.cooper.image.CooperException;
import dev.cooper.image.Reference;
import dev.cooper.store.StoredImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the commands of this package have in common: keeping the image and telling about it. */
final class Made {
  /** So many names of one folder are told as their number. */
  private static final int MANY = 8;

  private Made() {}

  /** Keeps the image under a name and says what came of it, and how a Dockerfile would say it. */
  static int keep(
      BaseImage base, @Nullable String tag, boolean quiet, Instant created, Invocation invocation)
      throws IOException {
    return keep(base, tag, quiet, created, base::dockerfile, invocation);
  }

  /**
   * The same with another Dockerfile.
   *
   * @param dockerfile asked for once the image was written
   */
  static int keep(
      BaseImage base,
      @Nullable String tag,
      boolean quiet,
      Instant created,
      Supplier<String> dockerfile,
      Invocation invocation)
      throws IOException {
    Optional<Reference> name = Optional.ofNullable(tag).map(Reference::parse);
    StoredImage image;
    try (Cooper cooper = Cooper.open(invocation.root());
        SizeLine line = SizeLine.on(invocation.console(), quiet)) {
      image = cooper.images().keep(base.observed(line::at), name, created);
    }
    PrintStream out = invocation.console().out();
    if (quiet) {
      out.println(image.id());
      return 0;
    }
    out.println("Successfully built " + image.id().shortHex());
    name.ifPresent(given -> out.println("Successfully tagged " + given.familiar()));
    out.println(base.platform() + ", " + HumanSize.of(image.size()));
    tellDockerfile(dockerfile.get(), out);
    return 0;
  }

  /** Says what of a directory is not in the image: on standard error when only the id is wanted. */
  static void tellLeftOut(List<LeftOut> leftOut, boolean quiet, Invocation invocation) {
    if (leftOut.isEmpty()) {
      return;
    }
    PrintStream out = quiet ? invocation.console().error() : invocation.console().out();
    out.println("Left out, or not as it is here:");
    Map<String, List<LeftOut>> folders = new LinkedHashMap<>();
    for (LeftOut left : leftOut) {
      String folder = left.path().substring(0, left.path().lastIndexOf('/') + 1);
      folders.computeIfAbsent(folder + "\0" + left.why(), key -> new ArrayList<>()).add(left);
    }
    for (List<LeftOut> alike : folders.values()) {
      if (alike.size() > MANY) {
        String path = alike.getFirst().path();
        out.println(
            "    "
                + VisibleText.of(path.substring(0, path.lastIndexOf('/') + 1))
                + ": "
                + alike.size()
                + " names ("
                + alike.getFirst().why()
                + ")");
      } else {
        for (LeftOut left : alike) {
          out.println("    " + VisibleText.of(left.path()) + " (" + left.why() + ")");
        }
      }
    }
  }

  static void tellDockerfile(String dockerfile, PrintStream out) {
    out.println("A Dockerfile that does the same:");
    dockerfile.lines().forEach(line -> out.println("    " + line));
  }

  /**
   * When the image says it was made: SOURCE_DATE_EPOCH, or else when its source was last changed,
   * so that making it again gives the same image.
   */
  static Instant changed(Path source) throws IOException {
    Optional<Instant> epoch = epoch();
    return epoch.isPresent()
        ? epoch.get()
        : Instant.ofEpochSecond(Files.getLastModifiedTime(source).toInstant().getEpochSecond());
  }

  /** SOURCE_DATE_EPOCH, when it is set. */
  static Optional<Instant> epoch() {
    String epoch = System.getenv("SOURCE_DATE_EPOCH");
    if (epoch == null || epoch.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.ofEpochSecond(Long.parseLong(epoch.strip())));
    } catch (NumberFormatException | DateTimeException e) {
      throw new CooperException.InvalidInput(
          "SOURCE_DATE_EPOCH is not a number of seconds: " + epoch, null, e);
    }
  }
}
