package dev.cooper.base;

import dev.cooper.linux.FileStatus;

/** Decides what of a directory goes into an image. */
interface Selection {
  /** What to do with one file or directory. */
  enum Kind {
    KEEP,
    /** Not in the image, nor what is in it. */
    LEAVE_OUT,
    /** A directory that is there but holds nothing. */
    EMPTY,
    /** A file whose contents are others. */
    REPLACE
  }

  /**
   * A decision.
   *
   * @param why for whoever is told of what is not in the image
   * @param subject the path to tell of, which may be a directory above; empty to tell nothing
   */
  record Decision(Kind kind, String why, String subject) {
    static final Decision KEEP = new Decision(Kind.KEEP, "", "");

    static Decision leaveOut(String path, String why) {
      return new Decision(Kind.LEAVE_OUT, why, path);
    }

    /** What there is in the image of its subject, of which this path is all or a part. */
    LeftOut.Remains remains(String path) {
      return switch (kind) {
        case EMPTY -> LeftOut.Remains.DIRECTORY;
        case REPLACE -> LeftOut.Remains.FILE;
        default -> subject.equals(path) ? LeftOut.Remains.NOTHING : LeftOut.Remains.DIRECTORIES;
      };
    }
  }

  /** Takes everything. */
  Selection ALL = (path, status) -> Decision.KEEP;

  /**
   * Decides on one path.
   *
   * @param path from the directory, without a leading slash
   */
  Decision decide(String path, FileStatus status);

  /** What a file that is to be replaced holds, made of what it held. */
  default byte[] replacement(String path, byte[] content) {
    return new byte[0];
  }
}
