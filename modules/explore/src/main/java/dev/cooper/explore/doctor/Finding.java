package dev.cooper.explore.doctor;

import dev.cooper.explore.fact.VisibleText;
import java.util.Optional;

/**
 * Something about an image that will not work, or should not be.
 *
 * @param severity how bad it is
 * @param kind what kind of trouble it is
 * @param path the file it is about, with a leading slash; empty when it is about the config
 * @param layer the layer that gives the file, from 0; empty when there is none
 * @param instruction of a finding about the config, the step that set it, as in a Dockerfile; empty
 *     when the image does not say, and for findings about files
 * @param message what is wrong, and what of: one line, in which nothing moves a cursor
 * @param cure what to do, likewise
 */
public record Finding(
    Severity severity,
    FindingKind kind,
    String path,
    Optional<Integer> layer,
    String instruction,
    String message,
    String cure) {

  /** What the checks wrote is made visible text, whatever of the image they took over into it. */
  public Finding {
    message = line(message);
    cure = line(cure);
  }

  private static String line(String text) {
    return VisibleText.ofMessage(text).replace("\n", "\\n").replace("\t", "\\t");
  }

  /** How bad, worst first. */
  public enum Severity {
    /** It will not work. */
    ERROR,
    /** It may not work, or is dangerous. */
    WARNING,
    /** Worth knowing. */
    NOTE
  }
}
