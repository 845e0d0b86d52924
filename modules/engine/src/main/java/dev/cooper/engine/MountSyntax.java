package dev.cooper.engine;

import dev.cooper.image.CooperException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Docker's three ways to write a mount: {@code -v}, {@code --mount} and {@code --tmpfs}. */
public final class MountSyntax {
  private static final Set<String> PROPAGATIONS =
      Set.of("private", "rprivate", "shared", "rshared", "slave", "rslave");

  private MountSyntax() {}

  /**
   * Reads {@code -v}: {@code [source:]target[:options]}. A source that starts with {@code /},
   * {@code .} or {@code ~/} is a path, else the name of a volume.
   *
   * @param workingDirectory what a relative path starts from
   * @throws CooperException.InvalidInput with Docker's words for what is wrong
   */
  public static MountRequest volume(String text, Path workingDirectory) {
    String[] parts = text.split(":", -1);
    if (parts.length > 3 || parts[0].isEmpty()) {
      throw invalidVolume(text, null);
    }
    if (parts.length == 1) {
      return new MountRequest(
          MountRequest.VOLUME, "", target(text, parts[0]), false, false, false, List.of());
    }
    String source = parts[0];
    boolean path = source.startsWith("/") || source.startsWith(".");
    boolean readOnly = false;
    boolean noCopy = false;
    List<String> options = new ArrayList<>();
    if (parts.length == 3) {
      for (String option : parts[2].split(",", -1)) {
        switch (option) {
          case "ro" -> readOnly = true;
          case "rw", "z", "Z", "cached", "delegated", "consistent" -> {
            // The default; labels and caching hints mean nothing on this kind of host.
          }
          case "nocopy" -> noCopy = true;
          default -> {
            if (!PROPAGATIONS.contains(option)) {
              throw new CooperException.InvalidInput("invalid mode: " + parts[2]);
            }
            options.add(option);
          }
        }
      }
    }
    String target = target(text, parts[1]);
    if (path) {
      Path absolute = workingDirectory.resolve(source).normalize();
      return new MountRequest(
          MountRequest.BIND, absolute.toString(), target, readOnly, true, false, options);
    }
    if (!ObjectName.isValid(source)) {
      throw new CooperException.InvalidInput(
          "create "
              + source
              + ": \""
              + source
              + "\" includes invalid characters for a local volume name, only"
              + " \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. If you intended to pass a host"
              + " directory, use absolute path");
    }
    return new MountRequest(MountRequest.VOLUME, source, target, readOnly, false, noCopy, options);
  }

  /**
   * Reads {@code --mount}: {@code type=bind,source=/a,target=/b,readonly}.
   *
   * @throws CooperException.InvalidInput with Docker's words for what is wrong
   */
  public static MountRequest mount(String text, Path workingDirectory) {
    String type = MountRequest.VOLUME;
    String source = "";
    String target = "";
    boolean readOnly = false;
    boolean noCopy = false;
    boolean createSource = false;
    List<String> options = new ArrayList<>();
    for (String field : text.split(",", -1)) {
      int equals = field.indexOf('=');
      String key =
          (equals < 0 ? field : field.substring(0, equals))
              .strip()
              .toLowerCase(java.util.Locale.ROOT);
      String value = equals < 0 ? "" : field.substring(equals + 1);
      if (equals < 0
          && !key.equals("readonly")
          && !key.equals("ro")
          && !key.equals("volume-nocopy")
          && !key.equals("bind-create-src")) {
        throw new CooperException.InvalidInput(
            "invalid field '" + field + "' must be a key=value pair");
      }
      switch (key) {
        case "type" -> type = value.toLowerCase(java.util.Locale.ROOT);
        case "source", "src" -> source = value;
        case "target", "dst", "destination" -> target = value;
        case "readonly", "ro" -> readOnly = truth(key, equals < 0 ? "true" : value);
        case "volume-nocopy" -> noCopy = truth(key, equals < 0 ? "true" : value);
        case "bind-create-src" -> createSource = truth(key, equals < 0 ? "true" : value);
        case "bind-propagation" -> {
          if (!PROPAGATIONS.contains(value)) {
            throw new CooperException.InvalidInput("invalid propagation: " + value);
          }
          options.add(value);
        }
        case "tmpfs-size" -> options.add("size=" + value);
        case "tmpfs-mode" -> options.add("mode=" + value);
        default ->
            throw new CooperException.InvalidInput(
                "unexpected key '" + key + "' in '" + field + "'");
      }
    }
    switch (type) {
      case MountRequest.BIND -> {
        if (source.isEmpty()) {
          throw invalidMount(type, "field Source must not be empty");
        }
        if (source.startsWith(".")) {
          source = workingDirectory.resolve(source).normalize().toString();
        }
        if (!source.startsWith("/")) {
          throw invalidMount(
              type, "invalid mount path: '" + source + "' mount path must be absolute");
        }
      }
      case MountRequest.VOLUME -> {
        if (!source.isEmpty() && !ObjectName.isValid(source)) {
          throw invalidMount(type, "\"" + source + "\" is not a valid volume name");
        }
      }
      case MountRequest.TMPFS -> {
        if (!source.isEmpty()) {
          throw invalidMount(type, "field Source must not be specified");
        }
      }
      default -> throw invalidMount(type, "mount type unknown");
    }
    if (target.isEmpty()) {
      throw invalidMount(type, "field Target must not be empty");
    }
    if (!target.startsWith("/")) {
      throw invalidMount(type, "invalid mount path: '" + target + "' mount path must be absolute");
    }
    return new MountRequest(type, source, normal(target), readOnly, createSource, noCopy, options);
  }

  /** Reads {@code --tmpfs}: {@code target[:options]}. */
  public static MountRequest tmpfs(String text) {
    int colon = text.indexOf(':');
    String target = colon < 0 ? text : text.substring(0, colon);
    List<String> options = new ArrayList<>();
    boolean readOnly = false;
    if (colon >= 0) {
      for (String option : text.substring(colon + 1).split(",", -1)) {
        if (option.equals("ro")) {
          readOnly = true;
        } else if (!option.isEmpty()) {
          options.add(option);
        }
      }
    }
    if (!target.startsWith("/")) {
      throw invalidMount(
          MountRequest.TMPFS, "invalid mount path: '" + target + "' mount path must be absolute");
    }
    return new MountRequest(
        MountRequest.TMPFS, "", normal(target), readOnly, false, false, options);
  }

  private static boolean truth(String key, String value) {
    return switch (value) {
      case "1", "t", "true", "True", "TRUE" -> true;
      case "0", "f", "false", "False", "FALSE" -> false;
      default -> throw new CooperException.InvalidInput("invalid value for " + key + ": " + value);
    };
  }

  private static String target(String text, String target) {
    if (!target.startsWith("/")) {
      throw invalidVolume(
          text,
          "invalid mount config for type \"bind\": invalid mount path: '"
              + target
              + "' mount path must be absolute");
    }
    String normal = normal(target);
    if (normal.equals("/")) {
      throw invalidVolume(text, "invalid specification: destination can't be '/'");
    }
    return normal;
  }

  private static String normal(String target) {
    return Path.of(target).normalize().toString();
  }

  private static CooperException invalidVolume(
      String text, @org.jspecify.annotations.Nullable String why) {
    return new CooperException.InvalidInput(
        "invalid volume specification: '" + text + "'" + (why == null ? "" : ": " + why));
  }

  private static CooperException invalidMount(String type, String why) {
    return new CooperException.InvalidInput(
        "invalid mount config for type \"" + type + "\": " + why);
  }
}
