package dev.cooper.registry;

import dev.cooper.image.CooperException;
import io.avaje.json.JsonException;
import io.avaje.json.mapper.JsonMapper;
import io.avaje.jsonb.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The credentials that {@code docker login} keeps: Docker's {@code config.json}, and the programs
 * ({@code docker-credential-…}) that it names.
 */
public final class CredentialStore {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final FileAttribute<?>[] NONE = {};
  private static final String TOKEN_USER = "<token>";

  private final Path file;

  private CredentialStore(Path file) {
    this.file = file;
  }

  /** The user's: {@code $DOCKER_CONFIG/config.json}, else {@code ~/.docker/config.json}. */
  public static CredentialStore ofUser(Map<String, String> environment) {
    String folder = environment.get("DOCKER_CONFIG");
    String home = environment.getOrDefault("HOME", System.getProperty("user.home", "/"));
    return at(
        (folder == null || folder.isEmpty() ? Path.of(home, ".docker") : Path.of(folder))
            .resolve("config.json"));
  }

  /** Those of one file, which need not exist. */
  public static CredentialStore at(Path file) {
    return new CredentialStore(file);
  }

  /** The parts of config.json that are about credentials. */
  @Json
  record Config(
      @Nullable Map<String, Entry> auths,
      @Nullable String credsStore,
      @Nullable Map<String, String> credHelpers) {}

  /** One registry's. */
  @Json
  record Entry(
      @Nullable String auth,
      @Nullable String username,
      @Nullable String password,
      @Nullable String identitytoken) {}

  /**
   * Those for a registry.
   *
   * @param domain as image names have it
   * @return {@link Credentials.None} when none are kept
   * @throws CooperException.InvalidInput when the file is damaged
   * @throws CooperException.Failed when a program that keeps them fails
   */
  public Credentials find(String domain) throws IOException {
    Config config = read();
    String key = RegistryHost.of(domain).credentialsKey();
    String helper = helper(config, domain);
    if (!helper.isEmpty()) {
      return CredentialHelper.get(helper, key);
    }
    return config.auths() == null ? new Credentials.None() : find(config.auths(), key, domain);
  }

  /**
   * Keeps a password for a registry, with the program that config.json names or else in config.json
   * itself, which then only its owner may read. Everything else in the file stays.
   *
   * @return whether it is kept as it is, which anybody who can read the file can read too
   */
  public boolean put(String domain, Credentials.Password password) throws IOException {
    String key = RegistryHost.of(domain).credentialsKey();
    String helper = helper(read(), domain);
    if (!helper.isEmpty()) {
      CredentialHelper.store(helper, key, password);
      return false;
    }
    Map<String, Object> document = document();
    byte[] pair = (password.user() + ":" + password.password()).getBytes(StandardCharsets.UTF_8);
    auths(document)
        .put(key, new TreeMap<>(Map.of("auth", Base64.getEncoder().encodeToString(pair))));
    write(document);
    return true;
  }

  /**
   * Forgets what is kept for a registry.
   *
   * @return whether something was
   */
  public boolean remove(String domain) throws IOException {
    String key = RegistryHost.of(domain).credentialsKey();
    boolean known = !(find(domain) instanceof Credentials.None);
    String helper = helper(read(), domain);
    if (!helper.isEmpty()) {
      CredentialHelper.erase(helper, key);
      return known;
    }
    Map<String, Object> document = document();
    boolean changed = auths(document).remove(key) != null;
    changed |= auths(document).keySet().removeIf(each -> host(each).equals(domain));
    if (changed) {
      write(document);
    }
    return known || changed;
  }

  /** The program that keeps a registry's; empty for config.json itself. */
  private static String helper(Config config, String domain) {
    if (config.credHelpers() != null && config.credHelpers().containsKey(domain)) {
      return String.valueOf(config.credHelpers().get(domain));
    }
    return config.credsStore() == null ? "" : config.credsStore();
  }

  private Map<String, Object> document() throws IOException {
    try {
      return new LinkedHashMap<>(MAPPER.fromJsonObject(Files.readString(file)));
    } catch (NoSuchFileException e) {
      return new LinkedHashMap<>();
    } catch (JsonException | IllegalStateException | IndexOutOfBoundsException e) {
      throw damaged("it is not JSON", e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> auths(Map<String, Object> document) {
    if (!(document.get("auths") instanceof Map<?, ?>)) {
      document.put("auths", new LinkedHashMap<String, Object>());
    }
    return (Map<String, Object>) Objects.requireNonNull(document.get("auths"));
  }

  private void write(Map<String, Object> document) throws IOException {
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path folder = Objects.requireNonNull(target.getParent());
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    Files.createDirectories(folder, posix ? only("rwx------") : NONE);
    Path part = Files.createTempFile(folder, "config", ".json", posix ? only("rw-------") : NONE);
    try {
      Files.writeString(part, MAPPER.toJson(document));
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static FileAttribute<?>[] only(String permissions) {
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }

  /** The file, as messages name it. */
  public Path file() {
    return file;
  }

  private Credentials find(Map<String, Entry> auths, String key, String domain) {
    Entry entry = auths.get(key);
    if (entry == null) {
      for (Map.Entry<String, Entry> each : auths.entrySet()) {
        if (host(each.getKey()).equals(domain)) {
          entry = each.getValue();
        }
      }
    }
    return entry == null ? new Credentials.None() : credentials(entry, domain);
  }

  private Credentials credentials(Entry entry, String domain) {
    if (entry.identitytoken() != null && !entry.identitytoken().isEmpty()) {
      return new Credentials.IdentityToken(entry.identitytoken());
    }
    if (entry.username() != null && entry.password() != null && !entry.username().isEmpty()) {
      return new Credentials.Password(entry.username(), entry.password());
    }
    if (entry.auth() == null || entry.auth().isEmpty()) {
      return new Credentials.None();
    }
    String pair;
    try {
      pair = new String(Base64.getDecoder().decode(entry.auth().strip()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw damaged("the credentials for " + domain + " are not base64", e);
    }
    int colon = pair.indexOf(':');
    if (colon < 0) {
      throw damaged("the credentials for " + domain + " are not user:password", null);
    }
    // Docker pads passwords with zero bytes.
    String password = pair.substring(colon + 1).replace("\0", "");
    return new Credentials.Password(pair.substring(0, colon), password);
  }

  private Config read() throws IOException {
    byte[] json;
    try {
      json = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return new Config(null, null, null);
    }
    try {
      Config config = RegistryJson.JSONB.type(Config.class).fromJson(json);
      return config == null ? new Config(null, null, null) : config;
    } catch (JsonException | IllegalStateException | IndexOutOfBoundsException e) {
      throw damaged("it is not JSON", e);
    }
  }

  private CooperException damaged(String why, @Nullable Exception cause) {
    return new CooperException.InvalidInput(
        file + ": " + why, "mend the file, or log in again", cause);
  }

  /** A key without what may be around the host: older clients kept whole addresses. */
  private static String host(String key) {
    int scheme = key.indexOf("://");
    String rest = scheme < 0 ? key : key.substring(scheme + 3);
    int slash = rest.indexOf('/');
    return slash < 0 ? rest : rest.substring(0, slash);
  }

  static Credentials of(String user, String secret) {
    return user.equals(TOKEN_USER)
        ? new Credentials.IdentityToken(secret)
        : new Credentials.Password(user, secret);
  }
}
