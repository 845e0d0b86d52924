package dev.cooper.dockerfile;

/**
 * How a Dockerfile is read.
 *
 * @param fileName what messages call it
 */
public record ParseOptions(String fileName) {
  /** The usual name. */
  public static final ParseOptions DEFAULT = new ParseOptions("Dockerfile");
}
