package dev.cooper.api;

import dev.cooper.image.ContainerConfig;
import dev.cooper.image.Digest;
import dev.cooper.image.Image;
import dev.cooper.image.Reference;
import dev.cooper.store.StoredImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An image in the shape of Docker's {@code GET /images/{name}/json}. */
final class ImageDocument {
  private ImageDocument() {}

  static Map<String, Object> of(StoredImage stored, Image image) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("Id", stored.id().toString());
    document.put("RepoTags", familiar(stored.names()));
    document.put("RepoDigests", familiar(stored.digests()));
    document.put("Parent", "");
    document.put("Comment", comment(image));
    document.put(
        "Created", image.config().created() == null ? "" : image.config().created().toString());
    document.put("DockerVersion", "");
    document.put("Author", image.config().author() == null ? "" : image.config().author());
    document.put("Config", config(image.config().config()));
    document.put("Architecture", image.config().architecture());
    if (image.config().variant() != null) {
      document.put("Variant", image.config().variant());
    }
    document.put("Os", image.config().os());
    if (image.config().osVersion() != null) {
      document.put("OsVersion", image.config().osVersion());
    }
    document.put("Size", stored.size());
    document.put("VirtualSize", stored.size());
    Map<String, Object> driver = new LinkedHashMap<>();
    driver.put("Data", null);
    driver.put("Name", "overlay2");
    document.put("GraphDriver", driver);
    Map<String, Object> rootfs = new LinkedHashMap<>();
    rootfs.put("Type", "layers");
    List<Object> layers = new ArrayList<>();
    for (Digest layer : image.diffIds()) {
      layers.add(layer.toString());
    }
    rootfs.put("Layers", layers);
    document.put("RootFS", rootfs);
    Map<String, Object> target = new LinkedHashMap<>();
    target.put("mediaType", stored.target().mediaType());
    target.put("digest", stored.target().digest().toString());
    target.put("size", stored.target().size());
    document.put("Descriptor", target);
    return document;
  }

  private static String comment(Image image) {
    var history = image.config().history();
    String comment = history.isEmpty() ? null : history.getLast().comment();
    return comment == null ? "" : comment;
  }

  private static List<Object> familiar(List<Reference> names) {
    List<Object> texts = new ArrayList<>();
    for (Reference name : names) {
      texts.add(name.familiar());
    }
    return texts;
  }

  private static Map<String, Object> config(ContainerConfig config) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("Hostname", "");
    document.put("Domainname", "");
    document.put("User", config.user());
    document.put("AttachStdin", false);
    document.put("AttachStdout", false);
    document.put("AttachStderr", false);
    if (!config.exposedPorts().isEmpty()) {
      document.put("ExposedPorts", Documents.set(config.exposedPorts()));
    }
    document.put("Tty", false);
    document.put("OpenStdin", false);
    document.put("StdinOnce", false);
    document.put("Env", Documents.listOrNull(config.env()));
    document.put("Cmd", Documents.listOrNull(config.cmd()));
    if (config.healthcheck() != null) {
      document.put("Healthcheck", Documents.healthcheck(config.healthcheck()));
    }
    if (config.argsEscaped() != null) {
      document.put("ArgsEscaped", config.argsEscaped());
    }
    document.put("Image", "");
    document.put("Volumes", config.volumes().isEmpty() ? null : Documents.set(config.volumes()));
    document.put("WorkingDir", config.workingDir());
    document.put("Entrypoint", Documents.listOrNull(config.entrypoint()));
    document.put("OnBuild", Documents.listOrNull(config.onBuild()));
    document.put("Labels", config.labels().isEmpty() ? null : Documents.map(config.labels()));
    if (config.stopSignal() != null) {
      document.put("StopSignal", config.stopSignal());
    }
    if (!config.shell().isEmpty()) {
      document.put("Shell", Documents.list(config.shell()));
    }
    return document;
  }
}
