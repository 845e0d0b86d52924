package dev.cooper.cli.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.builder.BuildEvent;
import dev.cooper.builder.Reason;
import io.avaje.jsonb.Jsonb;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RawJsonProgressTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final RawJsonProgress progress =
      new RawJsonProgress(new PrintStream(out, true, StandardCharsets.UTF_8));

  /** What was written of one kind, a line of JSON each. */
  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> written(String kind) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
      Map<String, Object> status =
          (Map<String, Object>) Jsonb.instance().type(Object.class).fromJson(line);
      if (status.containsKey(kind)) {
        all.addAll((List<Map<String, Object>>) status.get(kind));
      }
    }
    return all;
  }

  @Test
  void aStepIsAVertexFromItsBeginningToItsEnd() {
    BuildEvent.Step step = new BuildEvent.Step(2, 3, "0", 4, "RUN \"make\"\tall");
    progress.report(new BuildEvent.Started(step));
    progress.report(new BuildEvent.Missed(step, List.of(new Reason.Parent(1))));
    progress.report(new BuildEvent.Output(step, true, "ö\n".getBytes(StandardCharsets.UTF_8)));
    progress.report(new BuildEvent.Failed(step, "it broke"));
    progress.end(false);
    List<Map<String, Object>> vertexes = written("vertexes");
    assertThat(vertexes).hasSize(3);
    assertThat(vertexes.getFirst())
        .containsEntry("name", "[2/3] RUN \"make\"\tall")
        .containsKey("started")
        .doesNotContainKey("completed");
    assertThat(vertexes.getLast()).containsEntry("error", "it broke").containsKey("completed");
    assertThat(vertexes.getLast().get("reasons").toString())
        .contains("kind=parent", "it builds on step 1, which changed");
    assertThat(vertexes)
        .extracting(vertex -> vertex.get("digest"))
        .containsOnly(vertexes.getFirst().get("digest"));
    Map<String, Object> log = written("logs").getFirst();
    assertThat(log).containsEntry("vertex", vertexes.getFirst().get("digest"));
    assertThat(
            new String(
                Base64.getDecoder().decode((String) log.get("data")), StandardCharsets.UTF_8))
        .isEqualTo("ö\n");
  }

  @Test
  void whatWasKnownIsCached() {
    BuildEvent.Step step = new BuildEvent.Step(1, 1, "0", 1, "ENV A=1");
    progress.report(new BuildEvent.Started(step));
    progress.report(new BuildEvent.Cached(step));
    progress.report(new BuildEvent.Finished(step, null));
    assertThat(written("vertexes").getLast())
        .containsEntry("cached", true)
        .containsKey("completed")
        .doesNotContainKey("error");
  }
}
