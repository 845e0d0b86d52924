package dev.cooper.explore.doctor;

import java.util.Locale;

/** What kind of trouble a {@link Finding} is. Names stay as they are: scripts look for them. */
public enum FindingKind {
  /** Neither ENTRYPOINT nor CMD is set. */
  NO_COMMAND,
  /** What ENTRYPOINT or CMD starts is not there. */
  COMMAND_MISSING,
  /** What ENTRYPOINT or CMD starts is a directory. */
  COMMAND_IS_DIRECTORY,
  /** What ENTRYPOINT or CMD starts may not be executed, by anybody or by the image's user. */
  NOT_EXECUTABLE,
  /** What ENTRYPOINT or CMD starts is no program that a kernel knows, nor a script. */
  NOT_A_PROGRAM,
  /** ENTRYPOINT is a line for a shell. */
  SHELL_FORM_ENTRYPOINT,
  /** USER names a user that {@code /etc/passwd} does not have. */
  USER_MISSING,
  /** USER names a group that {@code /etc/group} does not have. */
  GROUP_MISSING,
  /** The loader that a program asks for is not there. */
  MISSING_INTERPRETER,
  /** A library that a program needs is not there. */
  MISSING_LIBRARY,
  /** A library lacks a version of symbols that a program needs. */
  LIBRARY_TOO_OLD,
  /** A program is for another processor than the image. */
  WRONG_ARCHITECTURE,
  /** A script's first line ends in a carriage return. */
  SCRIPT_CARRIAGE_RETURN,
  /** A script's interpreter is no absolute path. */
  SCRIPT_INTERPRETER_RELATIVE,
  /** A script's interpreter is not there, or cannot be executed. */
  SCRIPT_INTERPRETER_MISSING,
  /** A TLS client is inside, but no certificates to trust. */
  NO_CA_CERTIFICATES,
  /** There is no directory {@code /tmp}. */
  NO_TMP,
  /** {@code /tmp} is not as open as it should be. */
  TMP_MODE,
  /** A program runs as its owner or its group, whoever starts it. */
  SET_ID,
  /** Everybody may change a file, or what is in a directory. */
  WORLD_WRITABLE,
  /** A file holds a key or a password. */
  SECRET,
  /** A file that a later layer hides holds a key or a password. */
  SECRET_IN_LOWER_LAYER,
  /** A variable of the config, or a build argument in the history, holds a key or a password. */
  SECRET_IN_CONFIG;

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** Its name in output, such as {@code missing-library}. */
  public String word() {
    return word;
  }
}
