/** The commands about volumes. */
@NullMarked
package dev.cooper.cli.volumes;

import org.jspecify.annotations.NullMarked;
