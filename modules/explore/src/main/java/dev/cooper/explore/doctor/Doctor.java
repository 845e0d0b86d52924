package dev.cooper.explore.doctor;

import dev.cooper.explore.ExploredImage;
import dev.cooper.explore.ImageFiles;
import dev.cooper.explore.LayerInstruction;
import dev.cooper.explore.fact.FactsCache;
import dev.cooper.image.History;
import dev.cooper.image.tree.FileNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Examines an image without running it: what will not work and why, and what should not be there.
 */
public final class Doctor {
  private Doctor() {}

  /**
   * All findings, worst first, those of a kind together, by path. The first examination of a layer
   * reads its files; later ones, also of other images that share the layer, read the cache.
   */
  public static List<Finding> examine(ExploredImage image, FactsCache cache) throws IOException {
    ImageFiles files = new ImageFiles(image.tree(), image.facts(cache));
    Findings findings = new Findings(image.image().config().history());
    StartedPrograms started = new StartedPrograms(image.image().config().config(), files);
    new CommandCheck(image.image().config().config(), files, started, findings).check();
    new BinaryCheck(image.image().config(), files, started, findings).check();
    new ScriptCheck(image.image().config().config(), files, started, findings).check();
    new CertificateCheck(image.image().config().config(), files, started, findings).check();
    new SystemCheck(image.image().config().config(), files, findings).check();
    new SecretCheck(image, files, cache, findings).check();
    new ConfigSecretCheck(image.image().config(), findings).check();
    List<Finding> sorted = new ArrayList<>(findings.all());
    sorted.sort(
        Comparator.comparing(Finding::severity)
            .thenComparing(Finding::kind)
            .thenComparing(Finding::path));
    return sorted;
  }

  /** Where findings are gathered. */
  static final class Findings {
    private final List<Finding> all = new ArrayList<>();
    private final List<History> history;

    Findings(List<History> history) {
      this.history = history;
    }

    List<Finding> all() {
      return all;
    }

    void error(FindingKind kind, FileNode file, String message, String cure) {
      add(Finding.Severity.ERROR, kind, file, message, cure);
    }

    void warning(FindingKind kind, FileNode file, String message, String cure) {
      add(Finding.Severity.WARNING, kind, file, message, cure);
    }

    void add(
        Finding.Severity severity, FindingKind kind, FileNode file, String message, String cure) {
      all.add(new Finding(severity, kind, "/" + file.path(), layer(file), "", message, cure));
    }

    /** About something that is not in the image. */
    void add(
        Finding.Severity severity, FindingKind kind, String path, String message, String cure) {
      all.add(new Finding(severity, kind, path, Optional.empty(), "", message, cure));
    }

    /** About the config, as the last instruction of this name left it. */
    void addAbout(
        String instruction,
        Finding.Severity severity,
        FindingKind kind,
        String path,
        String message,
        String cure) {
      all.add(
          new Finding(severity, kind, path, Optional.empty(), step(instruction), message, cure));
    }

    /** About the config, because of a file. */
    void errorAbout(
        String instruction, FindingKind kind, FileNode file, String message, String cure) {
      all.add(
          new Finding(
              Finding.Severity.ERROR,
              kind,
              "/" + file.path(),
              layer(file),
              step(instruction),
              message,
              cure));
    }

    private String step(String instruction) {
      return LayerInstruction.last(history, instruction).map(LayerInstruction::text).orElse("");
    }

    private static Optional<Integer> layer(FileNode file) {
      return file.layer() == FileNode.IMPLIED ? Optional.empty() : Optional.of(file.layer());
    }

    void add(Finding finding) {
      all.add(finding);
    }
  }
}
