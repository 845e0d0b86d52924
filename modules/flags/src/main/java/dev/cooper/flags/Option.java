package dev.cooper.flags;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field that a flag sets. It may be a {@code boolean} (then the flag takes a value only as {@code
 * --flag=false}), {@code int}, {@code Integer}, {@code long}, {@code Long}, {@code double}, {@code
 * String}, {@code Path}, an enum, or a {@code List<String>} that holds a list (each use of the flag
 * adds to it). The field's initial value is the flag's default. It must not be private or final, a
 * list apart.
 */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.FIELD)
public @interface Option {
  /**
   * The names with their dashes, such as {@code {"-t", "--time"}}. The first short and the first
   * long one are shown in help; further ones are understood too.
   */
  String[] names();

  /** One line for help. */
  String description() default "";

  /** What the value is called in help; empty for the type's usual name. */
  String paramLabel() default "";

  /** Understood, but not shown in help. */
  boolean hidden() default false;

  /** The value when the flag is given without {@code =value}; empty where a value must follow. */
  String fallbackValue() default "";

  /** What separates several values in one word of a list; empty where a word is one value. */
  String split() default "";
}
