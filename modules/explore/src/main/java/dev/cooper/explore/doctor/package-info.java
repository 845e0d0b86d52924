/**
 * What will not work in an image, and why: one check for each kind of cause, each finding with its
 * path, its layer and its cure.
 */
@NullMarked
package dev.cooper.explore.doctor;

import org.jspecify.annotations.NullMarked;
