package dev.cooper.builder;

import dev.cooper.builder.copy.FileChange;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why a step was done rather than taken from the build cache: one of the things that changed. */
public sealed interface Reason {

  /** The reason in words, without a full stop. */
  String text();

  /** A word for the kind of reason, for programs. */
  default String kind() {
    return switch (this) {
      case CacheOff _ -> "no-cache";
      case New _ -> "new";
      case Gone _ -> "gone";
      case Base _ -> "base";
      case Parent _ -> "parent";
      case Instruction _ -> "instruction";
      case Argument _ -> "argument";
      case File _ -> "file";
      case Content _ -> "content";
    };
  }

  /**
   * The build was told not to use the cache.
   *
   * @param stage the stage that this was said of; null for all
   */
  record CacheOff(@Nullable String stage) implements Reason {
    @Override
    public String text() {
      return "the cache is not used ("
          + (stage == null ? "--no-cache" : "--no-cache-filter " + stage)
          + ")";
    }
  }

  /** No earlier build of this Dockerfile had such a step. */
  record New() implements Reason {
    @Override
    public String text() {
      return "no earlier build had this step";
    }
  }

  /** The step is the one of last time, but what it made is gone. */
  record Gone() implements Reason {
    @Override
    public String text() {
      return "its result is no longer in the cache";
    }
  }

  /**
   * What the stage starts from is another image or stage than last time.
   *
   * @param name as FROM has it
   */
  record Base(String name) implements Reason {
    @Override
    public String text() {
      return "the base " + name + " changed";
    }
  }

  /**
   * The step before it came out differently.
   *
   * @param step that step's number
   */
  record Parent(int step) implements Reason {
    @Override
    public String text() {
      return "it builds on step " + step + ", which changed";
    }
  }

  /**
   * The instruction reads differently, its variables being filled in.
   *
   * @param before what it was
   */
  record Instruction(String before) implements Reason {
    @Override
    public String text() {
      return "the instruction was: " + before.strip().replace("\n", "\\n");
    }
  }

  /**
   * A build argument that a RUN sees, or a flag of the build that its container shows.
   *
   * @param name the argument's, or the flag's with its dashes
   * @param before its value last time; null if it had none
   * @param after its value now; null if it has none
   */
  record Argument(String name, @Nullable String before, @Nullable String after) implements Reason {
    @Override
    public String text() {
      return (name.startsWith("--") ? "" : "build argument ")
          + name
          + ": "
          + value(before)
          + " → "
          + value(after);
    }

    private static String value(@Nullable String value) {
      return value == null ? "not set" : "\"" + value + "\"";
    }
  }

  /** A file that is copied. */
  record File(FileChange change) implements Reason {
    public File {
      Objects.requireNonNull(change);
    }

    @Override
    public String text() {
      return change.toString();
    }
  }

  /**
   * What the step reads is not as it was, and it is not known which file made the difference.
   *
   * @param source what it reads
   */
  record Content(String source) implements Reason {
    @Override
    public String text() {
      return "the content of " + source + " changed";
    }
  }
}
