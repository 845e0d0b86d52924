package dev.cooper.cli.images;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.format.Age;
import dev.cooper.cli.format.HumanSize;
import dev.cooper.cli.format.Listing;
import dev.cooper.cli.format.Moment;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.Reference;
import dev.cooper.store.StoredImage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code cooper images}. */
@Usage(
    name = "images",
    synopsis = "cooper images [OPTIONS] [REPOSITORY[:TAG]]",
    description = "List images")
public final class ImagesCommand implements Command {
  private static final String NONE = "<none>";

  @Option(
      names = {"-a", "--all"},
      description = "Show all images (there are no intermediate ones to hide)")
  boolean all;

  @Option(names = "--digests", description = "Show digests")
  boolean digests;

  @Option(
      names = {"-f", "--filter"},
      paramLabel = "filter",
      description = "Filter output: dangling=, label=, reference=, before=, since=")
  List<String> filters = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "string",
      description = "Format output using a Go template")
  @Nullable String format;

  @Option(names = "--no-trunc", description = "Don't truncate output")
  boolean noTrunc;

  @Option(
      names = {"-q", "--quiet"},
      description = "Only show image IDs")
  boolean quiet;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.atMost(1, operands);
    try (Cooper cooper = Cooper.open(invocation.root())) {
      ImageFilter filter = ImageFilter.parse(filters, cooper.images());
      if (!operands.isEmpty()) {
        filter = filter.matching(operands.getFirst());
      }
      Instant now = Instant.now();
      Set<String> ids = new LinkedHashSet<>();
      Listing listing = new Listing(headers());
      for (StoredImage image : cooper.images().list()) {
        if (!filter.accepts(image)) {
          continue;
        }
        String id = noTrunc ? image.id().toString() : image.id().shortHex();
        for (Reference name : filter.names(image)) {
          ids.add(id);
          listing.row(row(image, name, id, now));
        }
        if (image.dangling() && filter.acceptsDangling()) {
          ids.add(id);
          listing.row(row(image, null, id, now));
        }
      }
      if (quiet && format == null) {
        for (String id : ids) {
          invocation.console().out().println(id);
        }
      } else {
        listing.print(
            quiet ? "{{.ID}}" : format,
            digests
                ? List.of("Repository", "Tag", "Digest", "ID", "CreatedSince", "Size")
                : List.of("Repository", "Tag", "ID", "CreatedSince", "Size"),
            invocation.console().out());
      }
    }
    return 0;
  }

  private static Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Repository", "REPOSITORY");
    headers.put("Tag", "TAG");
    headers.put("Digest", "DIGEST");
    headers.put("ID", "IMAGE ID");
    headers.put("CreatedSince", "CREATED");
    headers.put("CreatedAt", "CREATED AT");
    headers.put("Size", "SIZE");
    headers.put("VirtualSize", "SIZE");
    headers.put("SharedSize", "SHARED SIZE");
    headers.put("UniqueSize", "UNIQUE SIZE");
    headers.put("Containers", "CONTAINERS");
    return headers;
  }

  private Map<String, Object> row(
      StoredImage image, @Nullable Reference name, String id, Instant now) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("Containers", "N/A");
    if (format != null) {
      // Only a template can ask for it, and time zones take their time to load.
      row.put("CreatedAt", image.created().map(Moment::full).orElse("N/A"));
    }
    row.put("CreatedSince", image.created().map(then -> Age.ago(then, now)).orElse("N/A"));
    row.put("Digest", digest(image, name));
    row.put("ID", id);
    row.put("Repository", name == null ? NONE : name.familiarRepository());
    row.put("SharedSize", "N/A");
    row.put("Size", image.problem().isPresent() ? "damaged" : HumanSize.of(image.size()));
    row.put("Tag", name == null || name.tag() == null ? NONE : name.tag());
    row.put("UniqueSize", "N/A");
    row.put("VirtualSize", HumanSize.of(image.size()));
    return row;
  }

  private static String digest(StoredImage image, @Nullable Reference name) {
    for (Reference pulled : image.digests()) {
      if (pulled.digest() != null
          && (name == null || pulled.repository().equals(name.repository()))) {
        return pulled.digest().toString();
      }
    }
    return NONE;
  }
}
