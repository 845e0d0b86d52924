package dev.cooper.cli.build;

import dev.cooper.builder.BuildEvent;
import dev.cooper.builder.Reason;
import dev.cooper.cli.format.JsonText;
import dev.cooper.image.Digest;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A build as a line of JSON for each thing that happens, in the shape of BuildKit's solve status:
 * {@code vertexes}, {@code logs} and {@code warnings}. A vertex that was done again has its {@code
 * reasons} besides, when they were asked for.
 */
final class RawJsonProgress implements ShownProgress {
  private static final int OUTPUT = 1;
  private static final int ERROR = 2;

  private final PrintStream out;
  private final Map<Integer, Map<String, Object>> vertexes = new HashMap<>();

  RawJsonProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public void report(BuildEvent event) {
    switch (event) {
      case BuildEvent.Started started -> {
        vertex(started.step()).put("started", Instant.now().toString());
        write(started.step());
      }
      case BuildEvent.Cached cached -> vertex(cached.step()).put("cached", true);
      case BuildEvent.Missed missed -> {
        if (!missed.reasons().isEmpty()) {
          vertex(missed.step()).put("reasons", reasons(missed.reasons()));
          write(missed.step());
        }
      }
      case BuildEvent.Finished finished -> {
        vertex(finished.step()).put("completed", Instant.now().toString());
        write(finished.step());
      }
      case BuildEvent.Failed failed -> {
        vertex(failed.step()).put("completed", Instant.now().toString());
        vertex(failed.step()).put("error", failed.why());
        write(failed.step());
      }
      case BuildEvent.Output output -> {
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("vertex", digest(output.step()));
        log.put("stream", output.error() ? ERROR : OUTPUT);
        log.put("data", Base64.getEncoder().encodeToString(output.bytes()));
        log.put("timestamp", Instant.now().toString());
        write("logs", log);
      }
      case BuildEvent.Warned warned -> {
        Map<String, Object> warning = new LinkedHashMap<>();
        warning.put("level", 1);
        warning.put("short", base64(warned.message()));
        write("warnings", warning);
      }
      case BuildEvent.Built built -> result("exporting image " + built.image());
      case BuildEvent.Tagged tagged -> result("naming to " + tagged.name());
      default -> {}
    }
  }

  /** Something that is done as soon as it is told. */
  private void result(String name) {
    Map<String, Object> vertex = new LinkedHashMap<>();
    vertex.put("digest", Digest.sha256(name.getBytes(StandardCharsets.UTF_8)).toString());
    vertex.put("name", name);
    vertex.put("started", Instant.now().toString());
    vertex.put("completed", Instant.now().toString());
    write("vertexes", vertex);
  }

  private Map<String, Object> vertex(BuildEvent.Step step) {
    return vertexes.computeIfAbsent(
        step.number(),
        number -> {
          Map<String, Object> vertex = new LinkedHashMap<>();
          vertex.put("digest", digest(step));
          vertex.put("name", "[" + step.number() + "/" + step.total() + "] " + step.text());
          return vertex;
        });
  }

  private void write(BuildEvent.Step step) {
    write("vertexes", vertex(step));
  }

  private void write(String kind, Map<String, Object> what) {
    out.println(JsonText.compact(Map.of(kind, List.of(what))));
  }

  private static String digest(BuildEvent.Step step) {
    String text = step.number() + " " + step.stage() + " " + step.text();
    return Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Object> reasons(List<Reason> reasons) {
    List<Object> all = new ArrayList<>();
    for (Reason reason : reasons) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("kind", reason.kind());
      each.put("text", reason.text());
      all.add(each);
    }
    return all;
  }

  @Override
  public void end(boolean success) {
    out.flush();
  }
}
