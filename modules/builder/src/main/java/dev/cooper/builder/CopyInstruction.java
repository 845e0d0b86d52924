package dev.cooper.builder;

import dev.cooper.builder.context.SourceFile;
import dev.cooper.builder.copy.ModeChange;
import dev.cooper.image.Digest;
import dev.cooper.image.ImageConfig;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What COPY and ADD have in common.
 *
 * @param verb COPY or ADD
 * @param sources settled
 * @param written the destination as it was written
 * @param destination absolute; with a slash at the end if it has to be a directory
 * @param unpack which tar archives are unpacked
 * @param parents whether the directories above the sources are kept
 * @param text the instruction as written
 * @param fromImage whether the sources are in another image rather than in the context
 * @param link whether the layer is made without a look at the image below: no link in it is
 *     followed, no name of a user is known, and the layer stays as it is when that image changes
 */
record CopyInstruction(
    String verb,
    List<String> sources,
    String written,
    String destination,
    @Nullable String chown,
    @Nullable ModeChange mode,
    List<String> excludes,
    Unpack unpack,
    boolean fromImage,
    boolean parents,
    boolean link,
    String text) {
  CopyInstruction {
    sources = List.copyOf(sources);
    excludes = List.copyOf(excludes);
  }

  /** All that, with the content copied, decides what the layer is. */
  String description() {
    return String.join(
        "\n",
        verb,
        written,
        destination,
        "chown " + chown,
        "mode " + mode,
        "unpack " + unpack,
        "keeps owners " + keepsOwners() + (parents ? " and parents" : ""),
        String.join("\n", excludes));
  }

  CopyInstruction withSources(List<String> changed) {
    return new CopyInstruction(
        verb,
        changed,
        written,
        destination,
        chown,
        mode,
        excludes,
        unpack,
        fromImage,
        parents,
        link,
        text);
  }

  boolean unpacks(SourceFile file) {
    return switch (unpack) {
      case NONE -> false;
      case OF_CONTEXT -> !file.path().startsWith(Fetched.DIRECTORY + "/");
      case ALL -> true;
    };
  }

  /** Between images files keep their owners, unless others are asked for. */
  boolean keepsOwners() {
    return fromImage && chown == null;
  }

  boolean endsInSlash() {
    return destination.endsWith("/");
  }

  /**
   * What the layer is made upon, and its key depends on: the image as it is, or nothing.
   *
   * @param fixed the time that new things get; null for the clock's
   */
  StageState ground(StageState state, @Nullable Instant fixed) {
    if (!link) {
      return state;
    }
    String text = fixed == null ? "link" : "link at " + fixed;
    return new StageState(
        ImageConfig.scratch(state.config().platform()),
        List.of(),
        Digest.sha256(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * The key of the image with the layer on top.
   *
   * @param layer the key that the layer is remembered by
   */
  Digest keyUpon(StageState state, Digest layer) {
    return link ? state.keyAfter("link " + layer) : layer;
  }

  /** Which tar archives a step unpacks. */
  enum Unpack {
    NONE,
    /** Those of the context, and none that were fetched. */
    OF_CONTEXT,
    ALL
  }
}
