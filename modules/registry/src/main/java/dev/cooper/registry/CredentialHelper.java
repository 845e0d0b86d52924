package dev.cooper.registry;

import dev.cooper.image.CooperException;
import io.avaje.json.JsonException;
import io.avaje.jsonb.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A program that keeps credentials, by Docker's protocol: {@code docker-credential-NAME get} reads
 * the registry's address and answers with JSON.
 */
final class CredentialHelper {

  private CredentialHelper() {}

  /** What it is given to keep. */
  @Json
  record Stored(
      @Json.Property("ServerURL") String server,
      @Json.Property("Username") String user,
      @Json.Property("Secret") String secret) {}

  /** What it answers. */
  @Json
  record Answer(
      @Json.Property("Username") @Nullable String user,
      @Json.Property("Secret") @Nullable String secret) {}

  /** Has it keep a password. */
  static void store(String name, String key, Credentials.Password password) throws IOException {
    String unused =
        run(
            name,
            "store",
            RegistryJson.JSONB
                .type(Stored.class)
                .toJson(new Stored(key, password.user(), password.password())));
  }

  /** Has it forget what it keeps for a registry. */
  static void erase(String name, String key) throws IOException {
    String unused = run(name, "erase", key + "\n");
  }

  static Credentials get(String name, String key) throws IOException {
    String output = run(name, "get", key + "\n");
    if (output.isEmpty()) {
      return new Credentials.None();
    }
    try {
      Answer answer = RegistryJson.JSONB.type(Answer.class).fromJson(output);
      if (answer != null && answer.user() != null && answer.secret() != null) {
        return CredentialStore.of(answer.user(), answer.secret());
      }
      return new Credentials.None();
    } catch (JsonException | IllegalStateException | IndexOutOfBoundsException e) {
      throw new CooperException.Failed(
          "docker-credential-" + name + " did not answer with JSON", null, e);
    }
  }

  /** What it says; nothing when it keeps nothing for the registry. */
  private static String run(String name, String action, String input) throws IOException {
    if (name.indexOf('/') >= 0) {
      throw new CooperException.InvalidInput("credential helper \"" + name + "\" is not a name");
    }
    String program = "docker-credential-" + name;
    Process process;
    try {
      process =
          new ProcessBuilder(program, action)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new CooperException.Failed(
          "error getting credentials: exec: \"" + program + "\" cannot be run",
          "install it, or take it out of Docker's config.json",
          e);
    }
    String output;
    try {
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // It did not want to know: its answer tells.
      }
      output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        if (output.contains("credentials not found")) {
          return "";
        }
        throw new CooperException.Failed("error " + action + " credentials: " + output.strip());
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new CooperException.Failed("interrupted while " + program + " was asked", null, e);
    }
    return output;
  }
}
