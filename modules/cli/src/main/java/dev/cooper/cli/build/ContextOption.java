package dev.cooper.cli.build;

import dev.cooper.builder.BuildContext;
import dev.cooper.builder.remote.Download;
import dev.cooper.builder.remote.GitReference;
import dev.cooper.cli.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Contexts as they are named on the command line. */
final class ContextOption {
  private static final String IMAGE = "docker-image://";
  private static final String LAYOUT = "oci-layout://";

  private ContextOption() {}

  /** The context that an address means; empty if the text is none, and therefore a path. */
  static Optional<BuildContext> remote(String text) {
    boolean isRepository = GitReference.parse(text, !Files.exists(Path.of(text))).isPresent();
    return isRepository || Download.isAddress(text)
        ? Optional.of(new BuildContext.Remote(text))
        : Optional.empty();
  }

  /**
   * The values of {@code --build-context}, by name.
   *
   * @param options {@code name=path}, {@code name=address}, {@code name=docker-image://image},
   *     {@code name=oci-layout://path[:tag][@digest]}
   * @throws UsageException for one that is none of these
   */
  static Map<String, BuildContext> parse(List<String> options) {
    Map<String, BuildContext> contexts = new LinkedHashMap<>();
    for (String option : options) {
      int equals = option.indexOf('=');
      if (equals <= 0 || equals == option.length() - 1) {
        throw new UsageException(
            "invalid context value: " + option + ", expected key=value", "cooper build --help");
      }
      contexts.put(option.substring(0, equals), context(option.substring(equals + 1)));
    }
    return contexts;
  }

  private static BuildContext context(String value) {
    if (value.startsWith(IMAGE)) {
      return new BuildContext.Named(value.substring(IMAGE.length()));
    }
    if (value.startsWith(LAYOUT)) {
      return layout(value.substring(LAYOUT.length()));
    }
    return remote(value).orElseGet(() -> new BuildContext.Folder(Path.of(value)));
  }

  private static BuildContext layout(String text) {
    int at = text.indexOf('@');
    String path = at < 0 ? text : text.substring(0, at);
    String image = at < 0 ? null : text.substring(at + 1);
    int colon = path.lastIndexOf(':');
    if (colon > path.lastIndexOf('/')) {
      image = image == null ? path.substring(colon + 1) : image;
      path = path.substring(0, colon);
    }
    return new BuildContext.Layout(Path.of(path), image);
  }
}
