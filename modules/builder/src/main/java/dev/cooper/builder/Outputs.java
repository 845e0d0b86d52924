package dev.cooper.builder;

import dev.cooper.builder.output.FolderExport;
import dev.cooper.builder.output.WholeFile;
import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Image;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.Platform;
import dev.cooper.image.Reference;
import dev.cooper.image.archive.ImageArchive;
import dev.cooper.image.archive.LayerPacking;
import dev.cooper.image.archive.PackedImage;
import dev.cooper.image.layer.TarWriter;
import dev.cooper.image.tree.ImageTree;
import dev.cooper.image.tree.TreeArchive;
import dev.cooper.store.Lease;
import dev.cooper.store.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes what a build made to where its request wants it. */
final class Outputs {
  private final Store store;
  private final Lease lease;
  private final BuildRequest request;
  private final BuildProgress progress;
  private final ImagePublisher publisher;

  Outputs(
      Store store,
      Lease lease,
      BuildRequest request,
      BuildProgress progress,
      ImagePublisher publisher) {
    this.store = store;
    this.lease = lease;
    this.request = request;
    this.progress = progress;
    this.publisher = publisher;
  }

  /**
   * Makes the image, or an index of several, and takes it to every output.
   *
   * @param made the end of the build for each of the request's platforms, in their order
   */
  BuildResult deliver(List<StageState> made) throws IOException {
    MadeImages images = MadeImages.of(store, made);
    Descriptor target = images.target(Annotations.NONE);
    List<BuildOutput> outputs =
        request.outputs().isEmpty()
            ? List.of(new BuildOutput.Stored(List.of(), false, Annotations.NONE))
            : request.outputs();
    BuildResult result = new BuildResult(target, images.id(target), null);
    for (BuildOutput output : outputs) {
      BuildResult.Exported exported = deliver(output, images);
      if (exported != null && result.exported() == null) {
        result = new BuildResult(target, images.id(target), exported);
      }
    }
    return result;
  }

  private BuildResult.@Nullable Exported deliver(BuildOutput output, MadeImages made)
      throws IOException {
    return switch (output) {
      case BuildOutput.Stored stored -> keep(stored, made);
      case BuildOutput.Nothing _ -> null;
      case BuildOutput.Files files -> {
        folder(files.folder(), made.images());
        yield null;
      }
      case BuildOutput.Tar tar -> {
        write(tar.destination(), out -> tar(made.images(), out));
        yield null;
      }
      case BuildOutput.Archive archive -> {
        Descriptor target = made.target(archive.annotations());
        ImageArchive.Entry entry =
            entry(target, archive.form(), archive.packing(), names(archive.names()));
        write(
            archive.destination(), out -> ImageArchive.write(List.of(entry), archive.form(), out));
        yield exported(entry);
      }
      case BuildOutput.Layout layout -> {
        Descriptor target = made.target(layout.annotations());
        ImageArchive.Entry entry =
            entry(target, layout.form(), layout.packing(), names(layout.names()));
        ImageArchive.write(List.of(entry), layout.form(), layout.folder());
        progress.report(new BuildEvent.Exported(layout.folder().toString()));
        yield exported(entry);
      }
    };
  }

  private static BuildResult.Exported exported(ImageArchive.Entry entry) {
    return new BuildResult.Exported(entry.image().target(), entry.names());
  }

  /** The request's tags and an output's own names, each once. */
  private List<Reference> names(List<Reference> own) {
    Set<Reference> names = new LinkedHashSet<>(request.tags());
    names.addAll(own);
    return List.copyOf(names);
  }

  private BuildResult.Exported keep(BuildOutput.Stored output, MadeImages made) throws IOException {
    List<Reference> names = names(output.names());
    if (output.push() && names.isEmpty()) {
      throw new CooperException.InvalidInput(
          "tag is needed when pushing to registry", "cooper build --push -t REGISTRY/NAME .");
    }
    Descriptor target = made.target(output.annotations());
    if (names.isEmpty()) {
      store.images().add(target);
    }
    progress.report(new BuildEvent.Built(made.id(target)));
    for (Reference name : names) {
      store.images().tag(name, target);
      progress.report(new BuildEvent.Tagged(name));
    }
    Descriptor exported = target;
    if (output.push()) {
      for (Reference name : names) {
        exported = publisher.publish(name);
        progress.report(new BuildEvent.Exported(name.familiar()));
      }
    }
    return new BuildResult.Exported(exported, names);
  }

  private ImageArchive.Entry entry(
      Descriptor target, ImageArchive.Form form, LayerPacking packing, List<Reference> names)
      throws IOException {
    if (form == ImageArchive.Form.DOCKER && MediaTypes.isIndex(target.mediaType())) {
      throw new CooperException.InvalidInput(
          "docker exporter does not currently support exporting manifest lists",
          "build for one platform, or write type=oci, which holds several");
    }
    return new ImageArchive.Entry(
        PackedImage.of(store.blobs(), target, packing, lease.newDirectory()), names);
  }

  private void folder(Path folder, List<Image> images) throws IOException {
    for (Image image : images) {
      Path own = images.size() == 1 ? folder : folder.resolve(directory(image.config().platform()));
      try (ImageTree tree = ImageTree.open(store.blobs(), image, store.indexes())) {
        FolderExport.write(tree, own, request.sourceDateEpoch());
      }
    }
    progress.report(new BuildEvent.Exported(folder.toString()));
  }

  private void tar(List<Image> images, OutputStream out) throws IOException {
    TarWriter tar = new TarWriter(out);
    for (Image image : images) {
      String own = images.size() == 1 ? "" : directory(image.config().platform());
      try (ImageTree tree = ImageTree.open(store.blobs(), image, store.indexes())) {
        TreeArchive.write(tree, tar, own, request.sourceDateEpoch());
      }
    }
    tar.finish();
  }

  private static String directory(Platform platform) {
    return platform.toString().replace('/', '_');
  }

  private void write(BuildOutput.Destination destination, WholeFile.Content content)
      throws IOException {
    switch (destination) {
      case BuildOutput.Destination.File file -> {
        WholeFile.write(file.path(), content);
        progress.report(new BuildEvent.Exported(file.path().toString()));
      }
      case BuildOutput.Destination.Stream stream -> {
        content.writeTo(stream.stream());
        stream.stream().flush();
        progress.report(new BuildEvent.Exported("standard output"));
      }
    }
  }
}
