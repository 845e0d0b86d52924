package dev.cooper.flags;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A command whose fields are flags. For a class {@code StopCommand} a class {@code
 * StopCommandFlags} is written beside it, a {@link CommandFlags}.
 */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE)
public @interface Usage {
  /** The command as typed after the program's name, such as {@code stop} or {@code image prune}. */
  String name();

  /** The lines that show how to type it; empty for the name alone. */
  String[] synopsis() default {};

  /** What it does, in one line or few. */
  String[] description();
}
