package dev.cooper.cli.build;

import dev.cooper.builder.Annotations;
import dev.cooper.builder.BuildOutput;
import dev.cooper.builder.BuildResult;
import dev.cooper.builder.output.WholeFile;
import dev.cooper.cli.Console;
import dev.cooper.cli.UsageException;
import dev.cooper.flags.Option;
import dev.cooper.image.Reference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The flags that say where the result of a build goes. */
final class OutputFlags {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "stringArray",
      description = "Output destination (format: \"type=local,dest=path\")")
  List<String> options = new ArrayList<>();

  @Option(
      names = "--push",
      description = "Send the image to the registries of its names; as --output=type=registry")
  boolean push;

  @Option(
      names = "--load",
      description = "Keep the image here, as without --output, also beside other outputs")
  boolean load;

  @Option(
      names = "--annotation",
      paramLabel = "stringArray",
      description = "Add annotation to the image")
  List<String> annotations = new ArrayList<>();

  @Option(
      names = "--iidfile",
      paramLabel = "string",
      description = "Write the image ID to the file")
  @Nullable Path imageIdFile;

  @Option(
      names = "--metadata-file",
      paramLabel = "string",
      description = "Write build result metadata to the file")
  @Nullable Path metadataFile;

  @Option(names = "--squash", description = "Squash newly built layers into a single new layer")
  boolean squash;

  private boolean standardOutput;

  /** What the options ask for; empty for the store alone. */
  List<BuildOutput> outputs(Console console, @Nullable Instant epoch) {
    Annotations all = AnnotationOption.parse(annotations);
    List<BuildOutput> outputs = new ArrayList<>();
    boolean stored = false;
    for (String option : options) {
      BuildOutput output = OutputOption.parse(option, all, console, epoch);
      if (output instanceof BuildOutput.Stored plain) {
        stored = true;
        output = new BuildOutput.Stored(plain.names(), plain.push() || push, plain.annotations());
      }
      standardOutput |= isStream(output);
      outputs.add(output);
    }
    // Without options it is kept here anyway.
    boolean more = options.isEmpty() ? push || !all.isEmpty() : push || load;
    if (more && !stored) {
      outputs.add(new BuildOutput.Stored(List.of(), push, all));
    }
    return outputs;
  }

  /**
   * Refuses every flag that asks for the result somewhere.
   *
   * @param why what the complaint begins with
   */
  void refuseAll(String why) {
    for (String flag : given()) {
      throw new UsageException(why + ": leave out " + flag, "cooper build --help");
    }
  }

  private List<String> given() {
    List<String> given = new ArrayList<>();
    if (!options.isEmpty()) {
      given.add("--output");
    }
    if (push) {
      given.add("--push");
    }
    if (load) {
      given.add("--load");
    }
    if (imageIdFile != null) {
      given.add("--iidfile");
    }
    if (metadataFile != null) {
      given.add("--metadata-file");
    }
    return given;
  }

  boolean squash() {
    return squash;
  }

  /** Whether the result itself goes to standard output, and nothing else may. */
  boolean takesStandardOutput() {
    return standardOutput;
  }

  private static boolean isStream(BuildOutput output) {
    return switch (output) {
      case BuildOutput.Tar tar -> tar.destination() instanceof BuildOutput.Destination.Stream;
      case BuildOutput.Archive archive ->
          archive.destination() instanceof BuildOutput.Destination.Stream;
      case BuildOutput.Stored _, BuildOutput.Nothing _, BuildOutput.Files _, BuildOutput.Layout _ ->
          false;
    };
  }

  /** Removes the id of an earlier build, so that it does not outlive a failure of this one. */
  void forgetEarlier() throws IOException {
    if (imageIdFile != null) {
      Files.deleteIfExists(imageIdFile);
    }
  }

  /** Writes the files that tell of the result. */
  void write(BuildResult result) throws IOException {
    if (imageIdFile != null && result.exported() != null) {
      put(imageIdFile, result.imageId().toString());
    }
    if (metadataFile != null) {
      put(metadataFile, Metadata.of(result));
    }
  }

  private static void put(Path file, String text) throws IOException {
    WholeFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The tags and the names that outputs give, as a list separated by commas. */
  static String names(List<Reference> names) {
    return String.join(",", names.stream().map(Reference::canonical).toList());
  }
}
