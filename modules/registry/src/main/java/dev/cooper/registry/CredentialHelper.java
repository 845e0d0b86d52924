package dev.cooper.registry;

import dev.cooper.image.CooperException;
import io.avaje.json.JsonException;
import io.avaje.jsonb.Json;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A program that keeps credentials, by Docker's protocol: {@code docker-credential-NAME get} reads
 * the registry's address and answers with JSON.
 */
final class CredentialHelper {
  private static final Jsonb JSONB = Jsonb.builder().build();

  private CredentialHelper() {}

  /** What it answers. */
  @Json
  record Answer(
      @Json.Property("Username") @Nullable String user,
      @Json.Property("Secret") @Nullable String secret) {}

  static Credentials get(String name, String key) throws IOException {
    if (name.indexOf('/') >= 0) {
      throw new CooperException.InvalidInput("credential helper \"" + name + "\" is not a name");
    }
    String program = "docker-credential-" + name;
    Process process;
    try {
      process =
          new ProcessBuilder(program, "get").redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException e) {
      throw new CooperException.Failed(
          "error getting credentials: exec: \"" + program + "\" cannot be run",
          "install it, or take it out of Docker's config.json",
          e);
    }
    String output;
    try {
      try (OutputStream in = process.getOutputStream()) {
        in.write((key + "\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // It did not want to know: its answer tells.
      }
      output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        if (output.contains("credentials not found")) {
          return new Credentials.None();
        }
        throw new CooperException.Failed("error getting credentials: " + output.strip());
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new CooperException.Failed("interrupted while " + program + " was asked", null, e);
    }
    try {
      Answer answer = JSONB.type(Answer.class).fromJson(output);
      if (answer != null && answer.user() != null && answer.secret() != null) {
        return CredentialStore.of(answer.user(), answer.secret());
      }
      return new Credentials.None();
    } catch (JsonException | IllegalStateException | IndexOutOfBoundsException e) {
      throw new CooperException.Failed(program + " did not answer with JSON", null, e);
    }
  }
}
