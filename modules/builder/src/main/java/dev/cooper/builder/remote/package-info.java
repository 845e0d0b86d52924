/** Files that a build takes from elsewhere: git repositories and what HTTP servers hold. */
@NullMarked
package dev.cooper.builder.remote;

import org.jspecify.annotations.NullMarked;
