package dev.cooper.builder.run;

import dev.cooper.runtime.Attachment;
import dev.cooper.runtime.Bundle;
import dev.cooper.runtime.Conmon;
import dev.cooper.runtime.Monitor;
import dev.cooper.runtime.OciRuntime;
import dev.cooper.runtime.StandardInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A shell under conmon's eyes, as {@code run -it} has it. */
final class InspectionShell implements Inspection.Shell {
  private final OciRuntime runtime;
  private final Bundle bundle;
  private final Monitor monitor;
  private final Attachment attachment;

  private InspectionShell(
      OciRuntime runtime, Bundle bundle, Monitor monitor, Attachment attachment) {
    this.runtime = runtime;
    this.bundle = bundle;
    this.monitor = monitor;
    this.attachment = attachment;
  }

  static InspectionShell create(OciRuntime runtime, Bundle bundle) throws IOException {
    Monitor monitor =
        Conmon.find(runtime)
            .create(bundle, new Conmon.Keeping(Optional.empty(), StandardInput.OPEN, List.of()));
    try {
      return new InspectionShell(runtime, bundle, monitor, monitor.attach());
    } catch (IOException | RuntimeException e) {
      runtime.delete(bundle.id(), true);
      throw e;
    }
  }

  @Override
  public Monitor monitor() {
    return monitor;
  }

  @Override
  public Attachment attachment() {
    return attachment;
  }

  @Override
  public void start() throws IOException {
    runtime.start(bundle.id());
  }

  @Override
  public void close() throws IOException {
    attachment.close();
    runtime.delete(bundle.id(), true);
    monitor.forgetEnd();
  }
}
