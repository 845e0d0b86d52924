package dev.cooper.cli;

/** This program's version. */
final class Version {
  static final String NUMBER = "0.1.0";

  private Version() {}
}
