package dev.cooper.explore.doctor;

import static dev.cooper.explore.doctor.Examination.base;
import static dev.cooper.explore.doctor.Examination.bytes;
import static dev.cooper.explore.doctor.Examination.command;
import static dev.cooper.explore.doctor.Examination.findings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.explore.ExploredImage;
import dev.cooper.explore.HostProgram;
import dev.cooper.explore.MadeImage;
import dev.cooper.explore.MapFacts;
import dev.cooper.explore.fact.FactsCodec;
import dev.cooper.image.layer.TarEntry;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorTest {
  @Test
  void aSoundImageHasNoFindings() {
    MadeImage image =
        new MadeImage()
            .layer(
                "ADD base",
                l ->
                    l.entry(TarEntry.directory("tmp").withMode(01777))
                        .program("lib64/ld-linux-x86-64.so.2", HostProgram.loader())
                        .program("lib/x86_64-linux-gnu/libc.so.6", HostProgram.library())
                        .program("bin/true", HostProgram.program()))
            .config(command("/bin/true"));

    assertThat(findings(image)).isEmpty();
    assertThat(findings(image.compressed())).isEmpty();
  }

  @Test
  void theSecondExaminationReadsTheCacheAndSaysTheSame() throws Exception {
    MadeImage image =
        base()
            .layer("COPY true /app", l -> l.program("app", HostProgram.program()))
            .config(command("/app"));
    MapFacts cache = new MapFacts();
    List<Finding> first;
    try (ExploredImage explored = image.open()) {
      first = Doctor.examine(explored, cache);
    }
    assertThat(cache.kept).hasSize(2);
    image.damage(0, 0).damage(1, 0);
    try (ExploredImage explored =
        ExploredImage.open(image, image.image(), new KnownIndexes(HostProgram.program()))) {
      assertThat(Doctor.examine(explored, cache)).isEqualTo(first);
    }
    cache.kept.replaceAll((digest, bytes) -> Arrays.copyOf(bytes, bytes.length / 2));
    for (byte[] damaged : cache.kept.values()) {
      assertThat(FactsCodec.read(damaged)).isNull();
    }
  }

  /** Tables of contents of layers whose blobs are gone. */
  private record KnownIndexes(byte[] app) implements dev.cooper.image.layer.LayerIndexCache {
    @Override
    public dev.cooper.image.layer.LayerIndex find(dev.cooper.image.Digest diffId)
        throws IOException {
      MadeImage whole = base().layer("COPY true /app", l -> l.program("app", app));
      dev.cooper.image.Image image = whole.image();
      int layer = image.diffIds().indexOf(diffId);
      return new dev.cooper.image.layer.LayerBlob(whole, image.layers().get(layer), diffId)
          .readIndex();
    }

    @Override
    public void put(dev.cooper.image.Digest diffId, dev.cooper.image.layer.LayerIndex index) {}
  }
}
