package dev.cooper.builder;

import dev.cooper.image.Reference;
import dev.cooper.image.archive.ImageArchive;
import dev.cooper.image.archive.LayerPacking;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Where the result of a build goes. */
public sealed interface BuildOutput {

  /**
   * Into the store, as an image.
   *
   * @param names that it gets beside the request's tags
   * @param push whether it then goes to the registries of all its names too
   */
  record Stored(List<Reference> names, boolean push, Annotations annotations)
      implements BuildOutput {
    public Stored {
      names = List.copyOf(names);
      Objects.requireNonNull(annotations);
    }
  }

  /** Nowhere: what was built is for later builds, or for whoever looks at the result. */
  record Nothing() implements BuildOutput {}

  /**
   * The files, into a folder, owned by whoever builds. What is in the folder already and not in the
   * way stays. Of several platforms each gets a folder of its own, {@code linux_amd64}.
   */
  record Files(Path folder) implements BuildOutput {
    public Files {
      Objects.requireNonNull(folder);
    }
  }

  /** The files, as a tar archive, with their owners. */
  record Tar(Destination destination) implements BuildOutput {
    public Tar {
      Objects.requireNonNull(destination);
    }
  }

  /**
   * The image, as an archive that other tools load.
   *
   * @param names that it has in the archive beside the request's tags
   */
  record Archive(
      ImageArchive.Form form,
      Destination destination,
      LayerPacking packing,
      List<Reference> names,
      Annotations annotations)
      implements BuildOutput {
    public Archive {
      Objects.requireNonNull(annotations);
      Objects.requireNonNull(form);
      Objects.requireNonNull(destination);
      Objects.requireNonNull(packing);
      names = List.copyOf(names);
    }
  }

  /** As {@link Archive}, in a folder. */
  record Layout(
      ImageArchive.Form form,
      Path folder,
      LayerPacking packing,
      List<Reference> names,
      Annotations annotations)
      implements BuildOutput {
    public Layout {
      Objects.requireNonNull(annotations);
      Objects.requireNonNull(form);
      Objects.requireNonNull(folder);
      Objects.requireNonNull(packing);
      names = List.copyOf(names);
    }
  }

  /** Where one stream of bytes goes. */
  sealed interface Destination {
    /** A file. It appears when it is whole; a build that fails leaves the one that was there. */
    record File(Path path) implements Destination {
      public File {
        Objects.requireNonNull(path);
      }
    }

    /** A stream, flushed at the end and not closed. */
    record Stream(OutputStream stream) implements Destination {
      public Stream {
        Objects.requireNonNull(stream);
      }
    }
  }
}
