package dev.cooper.cli.build;

import dev.cooper.builder.BuildRequest;
import dev.cooper.cli.UsageException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values of {@code --secret} and {@code --ssh}. */
final class SecretOptions {
  private static final String HELP = "cooper build --help";

  private SecretOptions() {}

  /**
   * Secrets by id.
   *
   * @param options {@code id=ID[,src=FILE]} or {@code id=ID,env=VARIABLE}; without either, the
   *     variable of that name if there is one, else the file
   */
  static Map<String, BuildRequest.Secret> secrets(List<String> options) {
    Map<String, BuildRequest.Secret> secrets = new HashMap<>();
    for (String option : options) {
      Map<String, String> fields = fields(option);
      String id = fields.get("id");
      if (id == null || id.isEmpty()) {
        throw new UsageException("invalid secret: " + option + ": it needs an id", HELP);
      }
      secrets.put(id, secret(option, id, fields));
    }
    return secrets;
  }

  private static BuildRequest.Secret secret(String option, String id, Map<String, String> fields) {
    String variable = fields.get("env");
    String file = fields.getOrDefault("src", fields.getOrDefault("source", ""));
    if (variable == null && file.isEmpty() && System.getenv(id) != null) {
      variable = id;
    }
    if (variable != null) {
      String value = System.getenv(variable);
      if (value == null) {
        throw new UsageException(
            "invalid secret: " + option + ": there is no variable " + variable, HELP);
      }
      return new BuildRequest.Secret.Text(value.getBytes(StandardCharsets.UTF_8));
    }
    Path path = Path.of(file.isEmpty() ? id : file);
    if (!Files.isReadable(path)) {
      throw new UsageException("invalid secret: " + option + ": cannot read " + path, HELP);
    }
    return new BuildRequest.Secret.File(path.toAbsolutePath());
  }

  private static Map<String, String> fields(String option) {
    Map<String, String> fields = new HashMap<>();
    for (String field : option.split(",")) {
      int equals = field.indexOf('=');
      String key = equals < 0 ? field : field.substring(0, equals);
      switch (key) {
        case "id", "src", "source", "env" ->
            fields.put(key, equals < 0 ? "" : field.substring(equals + 1));
        case "type" -> {}
        default ->
            throw new UsageException(
                "invalid secret: unexpected key '" + key + "' in " + option, HELP);
      }
    }
    if ("env".equals(value(option, "type")) && fields.containsKey("src")) {
      fields.put("env", String.valueOf(fields.remove("src")));
    }
    return fields;
  }

  private static String value(String option, String key) {
    for (String field : option.split(",")) {
      if (field.startsWith(key + "=")) {
        return field.substring(key.length() + 1);
      }
    }
    return "";
  }

  /** Sockets of agents by id: {@code default}, {@code ID}, or {@code ID=SOCKET}. */
  static Map<String, Path> agents(List<String> options) {
    Map<String, Path> agents = new HashMap<>();
    for (String option : options) {
      int equals = option.indexOf('=');
      String id = equals < 0 ? option : option.substring(0, equals);
      String socket = equals < 0 ? System.getenv("SSH_AUTH_SOCK") : option.substring(equals + 1);
      if (socket == null || !Files.exists(Path.of(socket))) {
        throw new UsageException(
            "invalid empty ssh agent socket: make sure SSH_AUTH_SOCK is set", HELP);
      }
      agents.put(id, Path.of(socket).toAbsolutePath());
    }
    return agents;
  }
}
