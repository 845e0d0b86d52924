package dev.cooper.explore.bill;

import dev.cooper.explore.ExploredImage;
import dev.cooper.explore.FactsReading;
import dev.cooper.explore.ImageFiles;
import dev.cooper.explore.doctor.Doctor;
import dev.cooper.explore.fact.Fact;
import dev.cooper.explore.fact.FactsCache;
import dev.cooper.explore.software.DebianCopyright;
import dev.cooper.explore.software.GoBuildInfo;
import dev.cooper.explore.software.RpmDatabase;
import dev.cooper.explore.software.SoftwareReading;
import dev.cooper.image.Image;
import dev.cooper.image.tree.FileNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The software in an image, as package managers noted it there: Debian's, Alpine's and RPM's
 * databases, Java archives, Node and Python packages, and the modules inside Go programs.
 *
 * @param name what the image is called
 * @param image the image
 * @param distribution the system that it is
 * @param components sorted by package URL, each once
 * @param unread databases of packages and archives that are there but could not be read, or not
 *     wholly
 */
public record BillOfMaterials(
    String name,
    Image image,
    Distribution distribution,
    List<Component> components,
    List<UnreadDatabase> unread) {
  public BillOfMaterials {
    components = List.copyOf(components);
    unread = List.copyOf(unread);
  }

  /**
   * @param path of the database or archive, with a leading slash
   * @param why what is wrong with it, as a part of a sentence
   */
  public record UnreadDatabase(String path, String why) {}

  /**
   * Reads what a container of the image would see. As {@link Doctor#examine} the first time.
   *
   * @param name what to call the image in the document
   */
  public static BillOfMaterials of(ExploredImage image, String name, FactsCache cache)
      throws IOException {
    ImageFiles files = new ImageFiles(image.tree(), image.facts(cache));
    Distribution distribution = Distribution.of(files);
    Map<String, Component> found = new TreeMap<>();
    List<UnreadDatabase> unread = new ArrayList<>();
    for (FileNode node : image.tree().walk()) {
      boolean named = node.isFile() && SoftwareReading.isCandidate(node.path());
      if (named && node.size() < FactsReading.LEAST && RpmDatabase.is(node.path())) {
        unread.add(new UnreadDatabase("/" + node.path(), "it is empty"));
      }
      if (named && RpmDatabase.is(node.path()) && hasLog(node, files)) {
        unread.add(
            new UnreadDatabase("/" + node.path(), "a write-ahead log beside it is not read"));
      }
      for (Fact fact : files.facts(node)) {
        if (fact instanceof Fact.Unread(String why) && named) {
          unread.add(new UnreadDatabase("/" + node.path(), why));
        }
        // What says so by its name says it under no other name, which a hard link may give it.
        if (fact instanceof Fact.Software software
            && (named || software.type().equals(GoBuildInfo.TYPE))) {
          Component component = component(software, node, distribution, files);
          found.putIfAbsent(component.purl(), component);
        }
      }
    }
    return new BillOfMaterials(
        name, image.image(), distribution, List.copyOf(found.values()), unread);
  }

  private static boolean hasLog(FileNode database, ImageFiles files) {
    FileNode log =
        RpmDatabase.log(database.path()).map(path -> files.tree().resolve("/" + path)).orElse(null);
    return log != null && log.isFile() && log.size() > RpmDatabase.EMPTY_LOG;
  }

  private static Component component(
      Fact.Software software, FileNode node, Distribution distribution, ImageFiles files) {
    boolean system =
        software.type().equals("deb")
            || software.type().equals("apk")
            || software.type().equals("rpm");
    return new Component(
        software.type(),
        system ? distribution.namespace(software.type()) : software.namespace(),
        software.name(),
        software.version(),
        software.architecture(),
        software.type().equals("deb") ? license(software.name(), files) : software.license(),
        system ? distribution.qualifier() : "",
        software.source(),
        "/" + node.path(),
        node.layer() == FileNode.IMPLIED ? Optional.empty() : Optional.of(node.layer()));
  }

  /** Of a Debian package; its database does not tell. */
  private static String license(String name, ImageFiles files) {
    FileNode file = files.tree().resolve(DebianCopyright.path(name));
    if (file != null) {
      for (Fact fact : files.facts(file)) {
        if (fact instanceof Fact.License(String text)) {
          return text;
        }
      }
    }
    return "";
  }

  /** When the image was made; 1970 when it does not say, so that the document is reproducible. */
  Instant created() {
    Instant created = image.config().created();
    return created == null ? Instant.EPOCH : created;
  }
}
