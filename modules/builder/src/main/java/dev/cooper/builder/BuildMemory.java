package dev.cooper.builder;

import dev.cooper.builder.copy.FileChange;
import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of a Dockerfile were when it was last built, so that the next build can say what
 * changed. One small file for each context and Dockerfile; it may be lost at any time.
 */
final class BuildMemory {
  private static final String VERSION = "build 1";
  private static final int FIELDS = 6;

  /** How many Dockerfiles are remembered: those built last. */
  static final int LIMIT = 256;

  private final Path file;
  private final Map<Place, Step> before;
  private final Map<Place, Step> now = new LinkedHashMap<>();
  private final Map<String, Integer> noted = new TreeMap<>();

  private BuildMemory(Path file, Map<Place, Step> before) {
    this.file = file;
    this.before = before;
  }

  /** Where a step stands: the how many-th of its stage. */
  private record Place(String stage, int ordinal) {}

  private record Step(
      Digest key, Digest parent, String instruction, String arguments, String content) {}

  /** Where memories are kept, below the store's cache. */
  static Path directory(Path cache) {
    return cache.resolve("builds");
  }

  /**
   * The memory of one Dockerfile.
   *
   * @param directory where memories are kept
   * @param identity what tells it from others: context, file, target, platform
   */
  static BuildMemory open(Path directory, String identity) throws IOException {
    Path file =
        directory.resolve(
            Digest.sha256(identity.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32));
    return new BuildMemory(file, read(file));
  }

  /**
   * Notes a step, and tells what changed since last time. To be called once for each step, in the
   * order of the stage.
   *
   * @param number the step's number in this build
   * @param base what the stage starts from
   * @param untold whether nobody wants to know, as when the cache had its result
   */
  synchronized List<Reason> note(
      String stage, int number, String base, Digest key, StepInputs inputs, boolean untold)
      throws IOException {
    int ordinal = noted.merge(stage, 1, Integer::sum);
    Step step =
        new Step(
            key,
            inputs.parent(),
            inputs.instruction(),
            String.join("\n", inputs.arguments()),
            inputs.content());
    now.put(new Place(stage, ordinal), step);
    if (untold) {
      return List.of();
    }
    Step earlier = earlier(stage, ordinal, step);
    if (earlier == null) {
      return List.of(new Reason.New());
    }
    Reason parent = ordinal == 1 ? new Reason.Base(base) : new Reason.Parent(number - 1);
    return reasons(earlier, step, inputs, parent);
  }

  /** The step of last time that this one is: the one that reads the same, or stands there. */
  private @Nullable Step earlier(String stage, int ordinal, Step step) {
    Step there = before.get(new Place(stage, ordinal));
    if (there != null && there.instruction().equals(step.instruction())) {
      return there;
    }
    for (Map.Entry<Place, Step> each : before.entrySet()) {
      if (each.getKey().stage().equals(stage)
          && each.getValue().instruction().equals(step.instruction())) {
        return each.getValue();
      }
    }
    return there != null && verb(there).equals(verb(step)) ? there : null;
  }

  private static String verb(Step step) {
    int blank = step.instruction().indexOf(' ');
    return blank < 0 ? step.instruction() : step.instruction().substring(0, blank);
  }

  private static List<Reason> reasons(Step earlier, Step step, StepInputs inputs, Reason parent)
      throws IOException {
    List<Reason> reasons = new ArrayList<>();
    if (!earlier.instruction().equals(step.instruction())) {
      reasons.add(new Reason.Instruction(earlier.instruction()));
    } else if (!earlier.content().equals(step.content())) {
      for (FileChange change : inputs.files().since(earlier.content())) {
        reasons.add(new Reason.File(change));
      }
      if (reasons.isEmpty()) {
        reasons.add(new Reason.Content(inputs.source()));
      }
    }
    addArguments(reasons, pairs(earlier.arguments()), pairs(step.arguments()));
    if (!earlier.parent().equals(step.parent())) {
      reasons.add(parent);
    }
    if (reasons.isEmpty()) {
      reasons.add(new Reason.Gone());
    }
    return reasons;
  }

  private static void addArguments(
      List<Reason> reasons, Map<String, String> before, Map<String, String> after) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      if (!Objects.equals(before.get(name), after.get(name))) {
        reasons.add(new Reason.Argument(name, before.get(name), after.get(name)));
      }
    }
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new TreeMap<>();
    for (String line : text.isEmpty() ? new String[0] : text.split("\n")) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        pairs.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return pairs;
  }

  /**
   * Keeps what was noted.
   *
   * @param complete whether the build came to its end; if not, what is known of the steps that it
   *     did not come to stays
   */
  synchronized void save(boolean complete) throws IOException {
    Map<Place, Step> all = new LinkedHashMap<>(complete ? Map.of() : before);
    all.putAll(now);
    if (now.isEmpty()) {
      return;
    }
    if (all.equals(before)) {
      touch();
      return;
    }
    StringBuilder text = new StringBuilder(VERSION).append('\n');
    all.forEach(
        (place, step) -> {
          text.append(place.stage()).append(' ').append(place.ordinal()).append('\t');
          text.append(step.key()).append('\t').append(step.parent()).append('\t');
          text.append(escape(step.instruction())).append('\t');
          text.append(escape(step.arguments())).append('\t');
          text.append(escape(step.content())).append('\n');
        });
    Path directory = Objects.requireNonNull(file.getParent());
    boolean first = !Files.exists(file);
    Files.createDirectories(directory);
    Path temporary = Files.createTempFile(directory, "", ".new");
    try {
      Files.writeString(temporary, text);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    if (first) {
      forgetTheOldest(directory);
    }
  }

  /** It was used now: what was used longest ago is forgotten first. */
  private void touch() throws IOException {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (NoSuchFileException e) {
      // It was pruned this moment.
    }
  }

  private static void forgetTheOldest(Path directory) throws IOException {
    Map<Path, FileTime> used = new HashMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path each : files) {
        try {
          used.put(each, Files.getLastModifiedTime(each));
        } catch (NoSuchFileException e) {
          // Another build replaces it this moment.
        }
      }
    }
    List<Map.Entry<Path, FileTime>> oldest = new ArrayList<>(used.entrySet());
    oldest.sort(Map.Entry.comparingByValue());
    for (Map.Entry<Path, FileTime> each : oldest.subList(0, Math.max(0, oldest.size() - LIMIT))) {
      Files.deleteIfExists(each.getKey());
    }
  }

  private static Map<Place, Step> read(Path file) throws IOException {
    Map<Place, Step> steps = new LinkedHashMap<>();
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (NoSuchFileException | CharacterCodingException e) {
      return steps;
    }
    if (lines.isEmpty() || !lines.getFirst().equals(VERSION)) {
      return steps;
    }
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split("\t", -1);
      int blank = fields[0].lastIndexOf(' ');
      if (fields.length != FIELDS || blank < 0) {
        return steps;
      }
      try {
        steps.put(
            new Place(
                fields[0].substring(0, blank), Integer.parseInt(fields[0].substring(blank + 1))),
            new Step(
                Digest.parse(fields[1]),
                Digest.parse(fields[2]),
                plain(fields[3]),
                plain(fields[4]),
                plain(fields[5])));
      } catch (NumberFormatException | CooperException.InvalidInput e) {
        return steps;
      }
    }
    return steps;
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }

  private static String plain(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        char next = text.charAt(++i);
        plain.append(next == 't' ? '\t' : next == 'n' ? '\n' : next == 'r' ? '\r' : next);
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
