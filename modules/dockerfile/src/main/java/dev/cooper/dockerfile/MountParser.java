package dev.cooper.dockerfile;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the value of one {@code RUN --mount}. */
final class MountParser {
  private static final List<String> KEYS =
      List.of(
          "type",
          "from",
          "source",
          "target",
          "readonly",
          "id",
          "sharing",
          "required",
          "size",
          "mode",
          "uid",
          "gid",
          "src",
          "dst",
          "destination",
          "ro",
          "rw",
          "readwrite",
          "env");

  private Mount.Type type = Mount.Type.BIND;
  private @Nullable String from;
  private @Nullable String source;
  private @Nullable String target;
  private @Nullable Boolean readOnly;
  private long sizeLimit;
  private @Nullable String id;
  private Mount.@Nullable Sharing sharing;
  private boolean required;
  private @Nullable String environment;
  private @Nullable Integer mode;
  private @Nullable Long uid;
  private @Nullable Long gid;

  private MountParser() {}

  /**
   * @param flag the value of the flag; variables in the values of its options are replaced
   * @throws Malformed if an option is unknown, has no proper value or does not fit the type
   */
  static Mount parse(Word flag, Variables variables) {
    MountParser parser = new MountParser();
    for (String field : fields(flag.text())) {
      int equals = field.indexOf('=');
      String written = equals < 0 ? field : field.substring(0, equals);
      String key = written.toLowerCase(Locale.ROOT);
      if (equals < 0) {
        parser.bare(key, field);
      } else {
        Word value =
            new Word(field.substring(equals + 1), Word.Kind.EXPANDED, flag.escape(), flag.range());
        parser.option(key, Expansion.expand(value, variables), field);
      }
    }
    return parser.finish();
  }

  /**
   * Makes sure that {@code from} names no variable: stages are put in order before any is set.
   *
   * @throws Malformed if it does
   */
  static void checkFrom(String flag) {
    for (String field : fields(flag)) {
      int equals = field.indexOf('=');
      if (equals < 0 || !field.substring(0, equals).toLowerCase(Locale.ROOT).equals("from")) {
        continue;
      }
      int dollar = field.indexOf('$', equals);
      if (dollar >= 0 && dollar != field.length() - 1) {
        throw new Malformed(
            "'from' doesn't support variable expansion, define alias stage instead", field);
      }
    }
  }

  private static List<String> fields(String flag) {
    try {
      return CommaSeparated.fields(flag);
    } catch (Malformed e) {
      throw new Malformed("failed to parse csv mounts: " + e.getMessage(), flag);
    }
  }

  private void bare(String key, String field) {
    switch (key) {
      case "readonly", "ro" -> readOnly = true;
      case "readwrite", "rw" -> readOnly = false;
      case "required" -> {
        requireSecretOrSsh(key);
        required = true;
      }
      default ->
          throw new Malformed("invalid field '" + field + "' must be a key=value pair", field);
    }
  }

  private void option(String key, String value, String field) {
    switch (key) {
      case "type" -> type = type(value);
      case "from" -> from = value;
      case "source", "src" -> source = value;
      case "target", "dst", "destination" -> target = value;
      case "readonly", "ro" -> readOnly = flag(key, value);
      case "readwrite", "rw" -> readOnly = !flag(key, value);
      case "required" -> {
        requireSecretOrSsh(key);
        required = flag(key, value);
      }
      case "size" -> {
        if (type != Mount.Type.TMPFS) {
          throw unexpected(key);
        }
        sizeLimit = ByteCount.parse(value);
        if (sizeLimit < 0) {
          throw invalid(key, value);
        }
      }
      case "id" -> id = value;
      case "sharing" -> sharing = sharing(value);
      case "mode" -> mode = (int) number(key, value, 8);
      case "uid" -> uid = number(key, value, 10);
      case "gid" -> gid = number(key, value, 10);
      case "env" -> environment = value;
      default ->
          throw new Malformed(
              "unexpected key '" + key + "' in '" + field + "'" + Suggestion.didYouMean(key, KEYS),
              field);
    }
  }

  private void requireSecretOrSsh(String key) {
    if (type != Mount.Type.SECRET && type != Mount.Type.SSH) {
      throw unexpected(key);
    }
  }

  private Malformed unexpected(String key) {
    return new Malformed("unexpected key '" + key + "' for mount type '" + name(type) + "'", key);
  }

  private static Malformed invalid(String key, String value) {
    return new Malformed("invalid value for " + key + ": " + value, value);
  }

  private static boolean flag(String key, String value) {
    Boolean parsed = GoBoolean.parse(value);
    if (parsed == null) {
      throw invalid(key, value);
    }
    return parsed;
  }

  /** An unsigned number of 32 bits. */
  private static long number(String key, String value, int radix) {
    long number = 0;
    for (int index = 0; index < value.length(); index++) {
      int digit = value.charAt(index) - '0';
      number = digit < 0 || digit >= radix ? -1 : number * radix + digit;
      if (number < 0 || number > 0xFFFF_FFFFL) {
        throw new Malformed("invalid value " + value + " for " + key, value);
      }
    }
    if (value.isEmpty()) {
      throw new Malformed("invalid value  for " + key, key);
    }
    return number;
  }

  private static Mount.Type type(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "bind" -> Mount.Type.BIND;
      case "cache" -> Mount.Type.CACHE;
      case "tmpfs" -> Mount.Type.TMPFS;
      case "secret" -> Mount.Type.SECRET;
      case "ssh" -> Mount.Type.SSH;
      default ->
          throw new Malformed(
              "unsupported mount type "
                  + Quoted.of(value)
                  + Suggestion.didYouMean(
                      value, List.of("bind", "cache", "tmpfs", "secret", "ssh")),
              value,
              "mount types are bind, cache, tmpfs, secret and ssh");
    };
  }

  private static Mount.Sharing sharing(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "shared" -> Mount.Sharing.SHARED;
      case "private" -> Mount.Sharing.PRIVATE;
      case "locked" -> Mount.Sharing.LOCKED;
      default ->
          throw new Malformed(
              "unsupported sharing value "
                  + Quoted.of(value)
                  + Suggestion.didYouMean(value, List.of("shared", "private", "locked")),
              value,
              "sharing is shared, private or locked");
    };
  }

  private static String name(Mount.Type type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  private Mount finish() {
    if (type == Mount.Type.BIND || type == Mount.Type.TMPFS) {
      refuse(mode != null, "mode");
      refuse(uid != null, "uid");
      refuse(gid != null, "gid");
    }
    if (type == Mount.Type.SECRET) {
      finishSecret();
    }
    if (type == Mount.Type.SSH && isGiven(source)) {
      throw new Malformed("ssh does not support source", "source");
    }
    if (sharing != null && type != Mount.Type.CACHE) {
      throw new Malformed("invalid cache sharing set for " + name(type) + " mount", "sharing");
    }
    boolean writable = type == Mount.Type.CACHE || type == Mount.Type.TMPFS;
    return new Mount(
        type,
        isGiven(from) ? from : null,
        isGiven(source) ? source : null,
        isGiven(target) ? target : null,
        readOnly == null ? !writable : readOnly,
        sizeLimit,
        isGiven(id) ? id : null,
        sharing,
        required,
        environment,
        mode,
        uid,
        gid);
  }

  private void refuse(boolean given, String key) {
    if (given) {
      throw new Malformed(key + " not allowed for \"" + name(type) + "\" type mounts", key);
    }
  }

  private void finishSecret() {
    if (isGiven(from)) {
      throw new Malformed("secret mount should not have a from", "from");
    }
    if (sharing != null) {
      throw new Malformed("secret mount should not define sharing", "sharing");
    }
    if (!isGiven(source) && !isGiven(target) && !isGiven(id)) {
      throw new Malformed("invalid secret mount. one of source, target required", "secret");
    }
    if (isGiven(source) && isGiven(id)) {
      throw new Malformed("both source and id can't be set", "id");
    }
  }

  private static boolean isGiven(@Nullable String value) {
    return value != null && !value.isEmpty();
  }
}
