package dev.cooper.explore;

import dev.cooper.image.Image;
import dev.cooper.image.tree.FileNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The software in an image, as package managers noted it there: Debian's, Alpine's and RPM's
 * databases, Java archives, Node and Python packages, and the modules inside Go programs. Of RPM's
 * only the SQLite ones are read; others are in {@link #unread}.
 *
 * @param name what the image is called
 * @param image the image
 * @param distribution the system's ID ({@code debian}, {@code alpine}); empty when it does not say
 * @param components sorted by package URL, each once
 * @param unread databases of packages that are there but cannot be read, with a leading slash
 */
public record BillOfMaterials(
    String name,
    Image image,
    String distribution,
    List<Component> components,
    List<String> unread) {
  public BillOfMaterials {
    components = List.copyOf(components);
    unread = List.copyOf(unread);
  }

  /**
   * Reads what a container of the image would see. As {@link Doctor#examine} the first time.
   *
   * @param name what to call the image in the document
   */
  public static BillOfMaterials of(ExploredImage image, String name, FactsCache cache)
      throws IOException {
    ImageFiles files = new ImageFiles(image.tree(), image.facts(cache));
    String distribution = distribution(files);
    Map<String, Component> found = new LinkedHashMap<>();
    List<String> unread = new ArrayList<>();
    for (FileNode node : image.tree().walk()) {
      if (node.isFile() && RpmDatabase.isUnreadable(node.path())) {
        unread.add("/" + node.path());
      }
      for (Fact fact : files.facts(node)) {
        if (fact instanceof Fact.Software software) {
          Component component = component(software, node, distribution);
          found.putIfAbsent(component.purl(), component);
        }
      }
    }
    List<Component> sorted = new ArrayList<>(found.values());
    sorted.sort(Comparator.comparing(Component::purl));
    return new BillOfMaterials(name, image.image(), distribution, sorted, unread);
  }

  private static Component component(Fact.Software software, FileNode node, String distribution) {
    boolean system =
        software.type().equals("deb")
            || software.type().equals("apk")
            || software.type().equals("rpm");
    return new Component(
        software.type(),
        system ? distribution : software.namespace(),
        software.name(),
        software.version(),
        software.architecture(),
        software.license(),
        "/" + node.path(),
        node.layer() == FileNode.IMPLIED ? Optional.empty() : Optional.of(node.layer()));
  }

  /** When the image was made; 1970 when it does not say, so that the document is reproducible. */
  Instant created() {
    Instant created = image.config().created();
    return created == null ? Instant.EPOCH : created;
  }

  private static String distribution(ImageFiles files) {
    for (String path : List.of("/etc/os-release", "/usr/lib/os-release")) {
      Optional<byte[]> content =
          files.resolve(path).flatMap(file -> files.bytes(file, Integer.MAX_VALUE));
      if (content.isPresent()) {
        for (String line : new String(content.get(), StandardCharsets.UTF_8).split("\n")) {
          if (line.startsWith("ID=")) {
            return line.substring(3).strip().replaceAll("[\"']", "");
          }
        }
      }
    }
    return "";
  }
}
