package dev.cooper.cli.build;

import dev.cooper.builder.Annotations;
import dev.cooper.builder.BuildOutput;
import dev.cooper.cli.Console;
import dev.cooper.cli.UsageException;
import dev.cooper.image.CooperException;
import dev.cooper.image.Reference;
import dev.cooper.image.archive.ImageArchive;
import dev.cooper.image.archive.LayerPacking;
import dev.cooper.image.layer.Compression;
import dev.cooper.linux.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One {@code --output}, as {@code docker buildx build} means it. */
final class OutputOption {
  private static final String HELP = "cooper build --help";
  private static final Set<String> FILE_KEYS = Set.of("dest");
  private static final Set<String> IMAGE_KEYS =
      Set.of(
          "dest",
          "name",
          "tar",
          "compression",
          "compression-level",
          "force-compression",
          "oci-mediatypes",
          "rewrite-timestamp",
          "push",
          "unpack",
          "store");

  private final String type;
  private final Map<String, String> fields;
  private final Console console;
  private final @Nullable Instant epoch;
  private final Annotations annotations;

  private OutputOption(
      String type,
      Map<String, String> fields,
      Annotations annotations,
      Console console,
      @Nullable Instant epoch) {
    this.annotations = annotations;
    this.type = type;
    this.fields = fields;
    this.console = console;
    this.epoch = epoch;
  }

  /**
   * What the option asks for.
   *
   * @param option {@code type=TYPE[,KEY=VALUE…]}; a folder; or {@code -} for a tar archive on
   *     standard output
   * @param all annotations that every image gets
   * @param epoch the time that new things get; null for the clock's
   * @throws UsageException if it cannot be met
   */
  static BuildOutput parse(
      String option, Annotations all, Console console, @Nullable Instant epoch) {
    List<String> parts = Fields.of(option);
    Map<String, String> fields = new LinkedHashMap<>();
    String type = "";
    Annotations annotations = all;
    if (parts.size() == 1 && parts.getFirst().equals(option) && !option.startsWith("type=")) {
      type = option.equals("-") ? "tar" : "local";
      fields.put("dest", option);
    } else {
      for (String part : parts) {
        int equals = part.indexOf('=');
        if (equals < 0) {
          throw new UsageException("invalid value " + part + " in --output " + option, HELP);
        }
        String key = part.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        String value = part.substring(equals + 1);
        if (key.equals("type")) {
          type = value;
        } else if (AnnotationOption.isField(key)) {
          annotations = annotations.and(AnnotationOption.ofField(key, value));
        } else {
          fields.put(key, value);
        }
      }
    }
    return new OutputOption(type, fields, annotations, console, epoch).output();
  }

  private BuildOutput output() {
    switch (type) {
      case "" -> throw new UsageException("type is required for output", HELP);
      case "local", "tar" -> refuseOthers(FILE_KEYS);
      case "image", "registry", "docker", "oci" -> refuseOthers(IMAGE_KEYS);
      case "cacheonly" -> refuseOthers(Set.of());
      default ->
          throw new UsageException(
              "unknown output type: "
                  + type
                  + " (local, tar, docker, oci, image, registry, cacheonly)",
              HELP);
    }
    boolean push = flag("push", type.equals("registry"));
    if (push) {
      requirePushable();
    }
    boolean rewrites = flag("rewrite-timestamp", false);
    if (rewrites && epoch == null) {
      console
          .error()
          .println("Warning: rewrite-timestamp is specified, but no source-date-epoch was found");
    }
    return switch (type) {
      case "local" -> new BuildOutput.Files(folder());
      case "tar" -> new BuildOutput.Tar(destination());
      case "image", "registry" -> new BuildOutput.Stored(names(), push, annotations);
      case "cacheonly" -> new BuildOutput.Nothing();
      case "docker" ->
          fields.containsKey("dest") || !flag("tar", true)
              ? archive(ImageArchive.Form.DOCKER)
              : new BuildOutput.Stored(names(), false, annotations);
      default -> archive(ImageArchive.Form.OCI);
    };
  }

  private void requirePushable() {
    if (!type.equals("image") && !type.equals("registry")) {
      throw new UsageException("push is of --output type=image and type=registry", HELP);
    }
    for (String key : List.of("compression-level", "force-compression")) {
      if (fields.containsKey(key)) {
        throw new UsageException(key + " is of archives: a push packs layers with gzip", HELP);
      }
    }
    if (!fields.getOrDefault("compression", "gzip").equals("gzip")) {
      throw new UsageException(
          "a push packs layers with gzip, not " + fields.get("compression"), HELP);
    }
  }

  private void refuseOthers(Set<String> known) {
    for (String key : fields.keySet()) {
      if (!known.contains(key)) {
        throw new UsageException(
            "unknown key '" + key + "' for --output type=" + type + " (" + sorted(known) + ")",
            HELP);
      }
    }
  }

  private static String sorted(Set<String> keys) {
    return String.join(", ", keys.stream().sorted().toList());
  }

  private BuildOutput archive(ImageArchive.Form form) {
    LayerPacking packing = packing(form);
    return flag("tar", true)
        ? new BuildOutput.Archive(form, destination(), packing, names(), annotations)
        : new BuildOutput.Layout(form, folder(), packing, names(), annotations);
  }

  private LayerPacking packing(ImageArchive.Form form) {
    Compression compression =
        switch (fields.getOrDefault("compression", "gzip")) {
          case "gzip" -> Compression.GZIP;
          case "zstd" -> Compression.ZSTD;
          case "uncompressed" -> Compression.NONE;
          default ->
              throw new UsageException(
                  "unsupported compression: "
                      + fields.get("compression")
                      + " (uncompressed, gzip, zstd)",
                  HELP);
        };
    boolean dockerTypes =
        !flag("oci-mediatypes", form == ImageArchive.Form.OCI || !annotations.isEmpty());
    if (dockerTypes && !annotations.isEmpty()) {
      throw new UsageException("annotations need oci-mediatypes=true: Docker's have none", HELP);
    }
    try {
      return new LayerPacking(compression, level(), flag("force-compression", false), dockerTypes);
    } catch (CooperException.InvalidInput e) {
      throw new UsageException(e.getMessage(), HELP);
    }
  }

  private @Nullable Integer level() {
    String text = fields.get("compression-level");
    try {
      return text == null ? null : Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw new UsageException("invalid compression-level: " + text, HELP);
    }
  }

  private List<Reference> names() {
    List<Reference> names = new ArrayList<>();
    for (String name : fields.getOrDefault("name", "").split(",")) {
      if (!name.isEmpty()) {
        names.add(TagOption.parse(name));
      }
    }
    return names;
  }

  private boolean flag(String key, boolean usual) {
    String text = fields.get(key);
    if (text == null) {
      return usual;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "t", "1" -> true;
      case "false", "f", "0" -> false;
      default ->
          throw new UsageException(
              "invalid value " + text + " for " + key + " of --output: true or false", HELP);
    };
  }

  private Path folder() {
    String dest = fields.getOrDefault("dest", "");
    if (dest.isEmpty()) {
      throw new UsageException("dest is required for " + type + " output", HELP);
    }
    if (dest.equals("-")) {
      throw new UsageException("dest cannot be stdout for " + type + " output", HELP);
    }
    Path path = Path.of(dest);
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new UsageException("destination directory \"" + dest + "\" is a file", HELP);
    }
    return path;
  }

  private BuildOutput.Destination destination() {
    String dest = fields.getOrDefault("dest", "-");
    if (dest.isEmpty() || dest.equals("-")) {
      if (Terminal.is(Terminal.OUTPUT)) {
        throw new UsageException(
            "dest file is required for " + type + " exporter. refusing to write to console", HELP);
      }
      return new BuildOutput.Destination.Stream(console.out());
    }
    Path path = Path.of(dest);
    if (Files.isDirectory(path)) {
      throw new UsageException("destination file \"" + dest + "\" is a directory", HELP);
    }
    return new BuildOutput.Destination.File(path);
  }
}
