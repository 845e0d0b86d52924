package dev.cooper.acceptance.build;

import dev.cooper.acceptance.DockerEngine;
import dev.cooper.builder.BuildContext;
import dev.cooper.builder.BuildProgress;
import dev.cooper.builder.BuildRequest;
import dev.cooper.builder.BuildResult;
import dev.cooper.builder.Builder;
import dev.cooper.builder.StoredImages;
import dev.cooper.dockerfile.DockerfileException;
import dev.cooper.image.BlobSource;
import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.Manifest;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.Platform;
import dev.cooper.image.Reference;
import dev.cooper.image.layer.LayerIndexCache;
import dev.cooper.image.tree.ImageTree;
import dev.cooper.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two builders, asked the same and telling what came of it in the same form. */
final class Sides {
  private Sides() {}

  /**
   * What a build came to.
   *
   * @param exitCode as a command would end
   * @param said why it failed, or nothing
   */
  record Built(
      int exitCode, String said, List<String> config, List<String> history, List<String> tree) {
    static Built failed(int exitCode, String said) {
      return new Built(exitCode, said, List.of(), List.of(), List.of());
    }
  }

  /** Builds with Cooper, in this process. */
  static Built cooper(Store store, BuildCase build, Path context, String tag) throws Exception {
    try {
      BuildRequest request =
          options(
              BuildRequest.of(new BuildContext.Folder(context))
                  .withTags(List.of(Reference.parse(tag))),
              build.options());
      BuildResult result =
          new Builder(store, new StoredImages(store)).build(request, BuildProgress.NONE);
      Image image = Image.read(store.blobs(), result.manifest(), Platform.host());
      return built(store.blobs(), image, store.indexes());
    } catch (CooperException e) {
      return Built.failed(e.exitCode(), e.getMessage());
    } catch (DockerfileException e) {
      return Built.failed(1, e.getMessage());
    }
  }

  private static BuildRequest options(BuildRequest request, List<String> options) {
    Map<String, String> arguments = new LinkedHashMap<>();
    Map<String, String> labels = new LinkedHashMap<>();
    String target = null;
    for (String option : options) {
      String[] words = option.split("[ =]", 2);
      String[] pair = words[1].split("=", 2);
      switch (words[0]) {
        case "--build-arg" -> arguments.put(pair[0], pair[1]);
        case "--label" -> labels.put(pair[0], pair[1]);
        case "--target" -> target = words[1];
        default -> throw new IllegalArgumentException(option);
      }
    }
    return request.withArguments(arguments).withLabels(labels).withTarget(target);
  }

  /** Builds with the engine. */
  static Built docker(DockerEngine engine, BuildCase build, Path context, String tag)
      throws Exception {
    Map<String, String> environment = Map.of("DOCKER_BUILDKIT", build.buildKit() ? "1" : "0");
    List<String> words = new ArrayList<>(List.of("build", "--no-cache", "-t", tag));
    for (String option : build.options()) {
      words.addAll(List.of(option.split(" ", 2)));
    }
    words.add(context.toString());
    DockerEngine.Outcome outcome = engine.run(environment, words);
    if (outcome.exitCode() != 0) {
      return Built.failed(outcome.exitCode(), outcome.error());
    }
    Path saved = Files.createTempDirectory("cooper-saved");
    try {
      Path tar = saved.resolve("image.tar");
      engine.run(environment, List.of("save", "-o", tar.toString(), tag));
      Process untar =
          new ProcessBuilder("tar", "-xf", tar.toString(), "-C", saved.toString()).start();
      untar.waitFor();
      String json = Files.readString(saved.resolve("manifest.json"));
      ImageConfig config =
          ImageConfig.parse(
              Files.readAllBytes(saved.resolve(first(json, "\"Config\":\"([^\"]+)\""))));
      SavedBlobs blobs = new SavedBlobs();
      List<Descriptor> layers = new ArrayList<>();
      Matcher layer = Pattern.compile("\"([^\"]+/layer.tar)\"").matcher(json);
      int index = 0;
      while (layer.find()) {
        Digest digest = config.rootfs().diffIds().get(index++);
        Path file = saved.resolve(layer.group(1));
        blobs.files.put(digest, file);
        layers.add(Descriptor.of(MediaTypes.OCI_LAYER, digest, Files.size(file)));
      }
      byte[] bytes = config.toJson();
      Manifest manifest = Manifest.of(Descriptor.of(MediaTypes.OCI_CONFIG, bytes), layers);
      Image image =
          new Image(Digest.sha256(manifest.toJson()), manifest, Digest.sha256(bytes), config);
      return built(blobs, image, LayerIndexCache.NONE);
    } finally {
      new ProcessBuilder("rm", "-rf", saved.toString()).start().waitFor();
    }
  }

  private static String first(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException(text);
    }
    return matcher.group(1);
  }

  private static Built built(BlobSource blobs, Image image, LayerIndexCache cache)
      throws Exception {
    try (ImageTree tree = ImageTree.open(blobs, image, cache)) {
      return new Built(
          0,
          "",
          Outcomes.config(image.config()),
          Outcomes.history(image.config()),
          Outcomes.tree(tree.tree(), tree.content()));
    }
  }

  /** The layers of {@code docker save}, by their diff ids. */
  private static final class SavedBlobs implements BlobSource {
    private final Map<Digest, Path> files = new HashMap<>();

    @Override
    public boolean contains(Digest digest) {
      return files.containsKey(digest);
    }

    @Override
    public long size(Digest digest) throws IOException {
      return Files.size(file(digest));
    }

    @Override
    public InputStream open(Digest digest) throws IOException {
      return Files.newInputStream(file(digest));
    }

    @Override
    public SeekableByteChannel channel(Digest digest) throws IOException {
      return Files.newByteChannel(file(digest));
    }

    private Path file(Digest digest) {
      Path file = files.get(digest);
      if (file == null) {
        throw new CooperException.NotFound("no layer " + digest);
      }
      return file;
    }
  }

  /** The text of a resource. */
  static String resource(String name) throws IOException {
    try (InputStream in = Sides.class.getResourceAsStream("/builds/" + name)) {
      if (in == null) {
        throw new IOException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
