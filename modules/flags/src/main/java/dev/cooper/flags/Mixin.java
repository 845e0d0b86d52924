package dev.cooper.flags;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A field whose object holds further flags, shared by several commands. It must not be null. */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.FIELD)
public @interface Mixin {}
