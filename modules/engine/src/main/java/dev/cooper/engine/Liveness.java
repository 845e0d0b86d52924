package dev.cooper.engine;

import java.io.IOException;

/** Whether a container that was running still is. */
final class Liveness {
  private Liveness() {}

  static ContainerState state(ContainerRecords records, String id) throws IOException {
    return records.readState(id);
  }
}
