package dev.cooper.builder;

import dev.cooper.builder.context.ImageSource;
import dev.cooper.builder.context.JoinedTrees;
import dev.cooper.builder.context.SourceTree;
import dev.cooper.builder.context.TextFiles;
import dev.cooper.builder.copy.ContentIndex;
import dev.cooper.builder.copy.Copying;
import dev.cooper.builder.copy.Placement;
import dev.cooper.builder.copy.Selection;
import dev.cooper.dockerfile.Heredoc;
import dev.cooper.dockerfile.IgnoreFile;
import dev.cooper.dockerfile.Stage;
import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import dev.cooper.image.layer.Layer;
import dev.cooper.image.tree.ImageTree;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps that change files without running anything: COPY, ADD, WORKDIR. */
final class FileSteps {
  private final Build build;
  private final Stage stage;

  /** Where here-documents are beside the context; no file of a context can have this name. */
  private static final String HEREDOCS = "\u0001heredocs";

  FileSteps(Build build, Stage stage) {
    this.build = build;
    this.stage = stage;
  }

  /**
   * Copies out of a folder: the build context, or one with a name.
   *
   * @param documents files that the instruction itself holds
   * @param fetched what was fetched for the instruction; null for nothing
   */
  StageState fromContext(
      BuildEvent.Step step,
      StageState state,
      CopyInstruction copy,
      Build.ContextFiles context,
      List<Heredoc> documents,
      @Nullable Fetched fetched,
      List<String> shell)
      throws IOException {
    Build.ContextFiles files =
        fetched == null
            ? context
            : new Build.ContextFiles(
                new JoinedTrees(context.tree(), fetched.tree(), Fetched.DIRECTORY),
                ContentIndex.knowing(fetched.digests()));
    StepInputs inputs = inputs(ground(state, copy), copy);
    if (documents.isEmpty()) {
      return copy(step, state, copy, files.tree(), files.index(), shell, inputs).after();
    }
    Map<String, String> texts = new LinkedHashMap<>();
    List<String> sources = new ArrayList<>(copy.sources());
    for (Heredoc document : documents) {
      texts.put(document.name(), document.text());
      sources.add(HEREDOCS + "/" + document.name());
    }
    TextFiles text = new TextFiles(texts, build.now());
    CopyInstruction all = copy.withSources(sources);
    return copy(
            step,
            state,
            all,
            new JoinedTrees(files.tree(), text, HEREDOCS),
            ContentIndex.NONE,
            shell,
            inputs)
        .after();
  }

  /**
   * Copies out of another image.
   *
   * @param source the stage or image
   * @param name what messages call it
   */
  StageState fromImage(
      BuildEvent.Step step,
      StageState state,
      CopyInstruction copy,
      StageState source,
      String name,
      List<String> shell)
      throws IOException {
    // The source's layers say what is copied, without a look at it. If they differ from those of
    // earlier builds, its content may still be the same.
    StageState ground = ground(state, copy);
    Digest quick =
        ground.keyAfter(
            "from "
                + source.diffIds()
                + "\n"
                + String.join("\n", copy.sources())
                + "\n"
                + copy.description());
    StepInputs inputs =
        inputs(ground, copy)
            .comparing(
                StageChanges.identity(source),
                name,
                new StageChanges(build, source, image -> selection(image, copy))::since);
    Optional<StageState> cached = cachedFromImage(step, state, copy, quick, inputs);
    if (cached.isPresent()) {
      return cached.get();
    }
    try (ImageTree image = build.tree(source)) {
      Copied copied =
          copy(step, state, copy, new ImageSource(image, name), ContentIndex.NONE, shell, inputs);
      build.cache().alias(quick, copied.key(), copied.after());
      return copied.after();
    }
  }

  private Optional<StageState> cachedFromImage(
      BuildEvent.Step step, StageState state, CopyInstruction copy, Digest quick, StepInputs inputs)
      throws IOException {
    Optional<StepCache.Alias> alias =
        build.usesCache(stage) ? build.cache().findAlias(quick) : Optional.empty();
    if (alias.isEmpty()) {
      return Optional.empty();
    }
    Optional<StepCache.Outcome> record = build.cache().find(alias.get().key());
    if (record.isEmpty()) {
      return Optional.empty();
    }
    build.note(step, stage, alias.get().key(), inputs, true);
    return Optional.of(
        state.after(
            copy.keyUpon(state, alias.get().key()),
            state.config(),
            alias.get().createdBy(),
            record.get().created(),
            marked(record.get().layer(), copy)));
  }

  /**
   * A copy that was made or remembered.
   *
   * @param key that its layer is remembered by
   */
  private record Copied(Digest key, StageState after) {}

  private Copied copy(
      BuildEvent.Step step,
      StageState state,
      CopyInstruction copy,
      SourceTree tree,
      ContentIndex index,
      List<String> shell,
      StepInputs inputs)
      throws IOException {
    Selection selection = selection(tree, copy);
    for (String pattern : selection.unmatched()) {
      build.report(
          new BuildEvent.Warned(
              build.fileName()
                  + ":"
                  + step.line()
                  + ": "
                  + copy.verb()
                  + ": nothing matches "
                  + pattern));
    }
    if (selection.sources().size() > 1 && !copy.endsInSlash()) {
      throw new CooperException.InvalidInput(
          "When using "
              + copy.verb()
              + " with more than one source file, the destination must be a directory and end with a /");
    }
    String selectionName =
        String.join("\n", copy.sources())
            + "\n"
            + copy.excludes()
            + (copy.parents() ? " with parents" : "");
    Copying copying =
        Copying.of(tree, selection, index, selectionName, copy::unpacks, copy.keepsOwners());
    boolean early = build.usesCache(stage) && copying.keyComesFirst();
    if (early) {
      Optional<Copied> cached = cached(step, state, copy, copying, shell, inputs);
      if (cached.isPresent()) {
        return cached.get();
      }
    }
    Instant created = build.now();
    Layer layer = write(state, copy, copying, created);
    if (!early) {
      Optional<Copied> cached = cached(step, state, copy, copying, shell, inputs);
      if (cached.isPresent()) {
        return cached.get();
      }
    }
    StageState.Added added = build.keep(layer);
    Digest key = key(state, copy, copying);
    build.cache().put(key, new StepCache.Outcome(created, added));
    return copied(state, copy, copying, shell, key, new StepCache.Outcome(created, added));
  }

  private static Selection selection(SourceTree tree, CopyInstruction copy) throws IOException {
    IgnoreFile excludes = copy.excludes().isEmpty() ? null : IgnoreFile.ofPatterns(copy.excludes());
    return copy.parents()
        ? Selection.withParents(tree, copy.sources(), excludes, copy.verb())
        : Selection.of(tree, copy.sources(), excludes, copy.verb());
  }

  private static Copied copied(
      StageState state,
      CopyInstruction copy,
      Copying copying,
      List<String> shell,
      Digest key,
      StepCache.Outcome outcome)
      throws IOException {
    return new Copied(
        key,
        state.after(
            copy.keyUpon(state, key),
            state.config(),
            createdBy(copy, copying, shell),
            outcome.created(),
            marked(outcome.layer(), copy)));
  }

  private Optional<Copied> cached(
      BuildEvent.Step step,
      StageState state,
      CopyInstruction copy,
      Copying copying,
      List<String> shell,
      StepInputs inputs)
      throws IOException {
    Digest key = key(state, copy, copying);
    StepInputs read =
        inputs.source().isEmpty()
            ? inputs.reading(copying.key().toString(), "the context", copying::changes)
            : inputs;
    Optional<StepCache.Outcome> record = build.recall(step, stage, key, read);
    return record.isEmpty()
        ? Optional.empty()
        : Optional.of(copied(state, copy, copying, shell, key, record.get()));
  }

  private static StageState.@Nullable Added marked(
      StageState.@Nullable Added layer, CopyInstruction copy) {
    return layer == null ? null : layer.madeBy(copy.text());
  }

  /** The instruction as the memory of builds has it. */
  private static StepInputs inputs(StageState state, CopyInstruction copy) {
    StringBuilder text = new StringBuilder(copy.verb());
    if (copy.chown() != null) {
      text.append(" --chown=").append(copy.chown());
    }
    if (copy.mode() != null) {
      text.append(" --chmod=").append(copy.mode());
    }
    copy.excludes().forEach(exclude -> text.append(" --exclude=").append(exclude));
    copy.sources().forEach(source -> text.append(' ').append(source));
    return StepInputs.of(state, text.append(' ').append(copy.written()).toString());
  }

  private Digest key(StageState state, CopyInstruction copy, Copying copying) throws IOException {
    return ground(state, copy).keyAfter(copy.description() + "\n" + copying.key());
  }

  private StageState ground(StageState state, CopyInstruction copy) {
    return copy.ground(state, build.request().sourceDateEpoch());
  }

  private static String createdBy(CopyInstruction copy, Copying copying, List<String> shell)
      throws IOException {
    // Docker's own words have no space after the owner.
    String chown = copy.chown() == null ? "" : "--chown=" + copy.chown();
    String content = copying.describe();
    if (copy.sources().getFirst().startsWith(Fetched.DIRECTORY) && content.startsWith("file:")) {
      // Nor do they say that what was fetched is a file.
      content = content.substring("file:".length());
    }
    return CreatedBy.files(
        shell, copy.verb() + " " + chown + content + " in " + copy.written() + " ");
  }

  private Layer write(StageState state, CopyInstruction copy, Copying copying, Instant created)
      throws IOException {
    try (ImageTree base = build.tree(ground(state, copy))) {
      Owners.Owner owner = owner(base, copy);
      Placement placement =
          new Placement(
              copy.destination(),
              owner.uid(),
              owner.gid(),
              copy.keepsOwners(),
              copy.mode(),
              created,
              build.request().sourceDateEpoch());
      return copying.write(base.tree(), placement, build.store().blobs());
    }
  }

  private static Owners.Owner owner(ImageTree base, CopyInstruction copy) throws IOException {
    if (copy.chown() == null) {
      return Owners.Owner.ROOT;
    }
    try {
      return Owners.find(base, copy.chown());
    } catch (CooperException.InvalidInput e) {
      if (!copy.link()) {
        throw e;
      }
      throw new CooperException.InvalidInput(
          String.valueOf(e.getMessage()),
          copy.verb() + " --link does not look at the image below: give numbers, or leave it out");
    }
  }

  /** WORKDIR: changes the config, and makes the directory if it is not there. */
  StageState workdir(BuildEvent.Step step, StageState state, String path, List<String> shell)
      throws IOException {
    String createdBy = CreatedBy.files(shell, "WORKDIR " + path);
    Digest key = state.keyAfter(createdBy);
    Optional<StepCache.Outcome> cached =
        build.recall(step, stage, key, StepInputs.of(state, "WORKDIR " + path));
    StepCache.Outcome record;
    if (cached.isPresent()) {
      record = cached.get();
    } else {
      record = makeDirectory(state, path);
      build.cache().put(key, record);
    }
    return state.after(
        key,
        state.config().withConfig(state.config().config().withWorkingDir(path)),
        createdBy,
        record.created(),
        record.layer());
  }

  private StepCache.Outcome makeDirectory(StageState state, String path) throws IOException {
    Instant created = build.now();
    try (ImageTree base = build.tree(state)) {
      Placement placement = new Placement(path, 0, 0, false, null, created, null);
      Layer layer = Copying.makeDirectory(base.tree(), path, placement, build.store().blobs());
      return new StepCache.Outcome(created, layer == null ? null : build.keep(layer));
    }
  }
}
