package dev.cooper.builder;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where COPY and ADD find the files of the build. */
public sealed interface BuildContext {

  /**
   * A folder on this machine. Only the parts of it that instructions name are ever looked at.
   *
   * @param path an existing directory
   */
  record Folder(Path path) implements BuildContext {
    public Folder {
      Objects.requireNonNull(path);
    }
  }

  /**
   * A tar archive, packed or not.
   *
   * @param bytes read once, to its end; not closed
   */
  record Archive(InputStream bytes) implements BuildContext {
    public Archive {
      Objects.requireNonNull(bytes);
    }
  }

  /**
   * What an address leads to: a git repository, or a tar archive or a Dockerfile on an HTTP server.
   *
   * @param address as {@link dev.cooper.builder.remote.GitReference} knows them, or {@code http://}
   *     or {@code https://}
   */
  record Remote(String address) implements BuildContext {
    public Remote {
      Objects.requireNonNull(address);
    }
  }

  /** No files at all: every COPY from it fails. For a Dockerfile that comes alone. */
  record Empty() implements BuildContext {}

  /**
   * An image, as Dockerfiles name them. Only as a named context.
   *
   * @param name as after FROM
   */
  record Named(String name) implements BuildContext {
    public Named {
      Objects.requireNonNull(name);
    }
  }

  /**
   * An image in an OCI image layout. Only as a named context.
   *
   * @param folder where the layout is
   * @param image a tag or a digest; null for the only image, or the one called {@code latest}
   */
  record Layout(Path folder, @Nullable String image) implements BuildContext {
    public Layout {
      Objects.requireNonNull(folder);
    }
  }
}
