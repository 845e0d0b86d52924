package dev.cooper.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.image.Image;
import dev.cooper.image.Platform;
import dev.cooper.image.Reference;
import dev.cooper.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stage has from the stages and images it builds on. */
class StagesTest {
  @TempDir Path directory;
  private Path context;
  private Store store;
  private Builder builder;
  private final List<BuildEvent> events = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    context = Files.createDirectory(directory.resolve("context"));
    Files.writeString(context.resolve("a"), "a");
    store = Store.open(directory.resolve("store"));
    builder = new Builder(store, new StoredImages(store));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Image build(String tag, Map<String, String> arguments, String dockerfile)
      throws Exception {
    events.clear();
    Files.writeString(context.resolve("Dockerfile"), dockerfile);
    BuildRequest request =
        BuildRequest.of(new BuildContext.Folder(context))
            .withTags(List.of(Reference.parse(tag)))
            .withArguments(arguments);
    return Image.read(
        store.blobs(), builder.build(request, events::add).manifest(), Platform.host());
  }

  private Map<String, String> labels(Map<String, String> arguments, String dockerfile)
      throws Exception {
    return build("labelled", arguments, dockerfile).config().config().labels();
  }

  @Test
  void argumentsComeFromTheStageBelowAndFromNoOther() throws Exception {
    String dockerfile =
        """
        ARG g=global
        FROM scratch AS one
        ARG v=1
        ARG g
        FROM one AS two
        ENV e=$v
        FROM two
        LABEL v=$v g=$g e=$e
        FROM scratch AS other
        LABEL v=${v:-none}
        FROM two
        LABEL v=$v g=$g e=$e
        """;
    assertThat(labels(Map.of(), dockerfile)).isEqualTo(Map.of("v", "1", "g", "global", "e", "1"));
    assertThat(labels(Map.of("v", "2", "g", "3"), dockerfile))
        .isEqualTo(Map.of("v", "2", "g", "3", "e", "2"));
  }

  @Test
  void argumentsOfAStageAreNotInItsImage() throws Exception {
    build("parent", Map.of(), "FROM scratch\nARG v=1\nENV e=$v\nCOPY a /\n");
    assertThat(labels(Map.of(), "FROM parent\nLABEL v=${v:-none} e=$e\n"))
        .isEqualTo(Map.of("v", "none", "e", "1"));
  }

  @Test
  void aLaterArgumentHidesTheEnvironmentFromInstructionsOnly() throws Exception {
    Image image =
        build("x", Map.of(), "FROM scratch\nENV v=env\nARG v=arg\nLABEL v=$v\nCOPY a /\n");
    assertThat(image.config().config().labels()).containsEntry("v", "arg");
    assertThat(image.config().config().env()).contains("v=env");
  }

  @Test
  void declarationsInOneLineSeeEachOther() throws Exception {
    assertThat(labels(Map.of("b", "9"), "FROM scratch\nARG a=1 b=${none:?no} c=$a$b\nLABEL c=$c\n"))
        .isEqualTo(Map.of("c", "19"));
  }

  @Test
  void aTriggerOfAnImageCanNameAStageThatNothingElseNeeds() throws Exception {
    build("parent", Map.of(), "FROM scratch\nONBUILD COPY --from=files /x /from-stage\nCOPY a /\n");
    Image image =
        build(
            "child",
            Map.of(),
            """
            FROM scratch AS unneeded
            COPY missing /
            FROM scratch AS files
            COPY a /x
            FROM parent
            LABEL done=1
            """);
    assertThat(image.layers()).hasSize(2);
    assertThat(events)
        .anyMatch(
            event -> event instanceof BuildEvent.Finished f && f.step().text().equals("COPY a /x"));
  }

  @Test
  void aTriggerOfAStageCanNameAnotherStage() throws Exception {
    Image image =
        build(
            "child",
            Map.of(),
            """
            FROM scratch AS files
            COPY a /x
            FROM scratch AS parent
            ONBUILD COPY --from=files /x /from-stage
            FROM parent
            """);
    assertThat(image.layers()).hasSize(1);
    assertThat(image.config().config().onBuild()).isEmpty();
  }
}
