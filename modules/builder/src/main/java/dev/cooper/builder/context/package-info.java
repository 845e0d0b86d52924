/**
 * Where COPY and ADD take files from: trees of files (a folder of the host, an image) that are
 * looked into only where an instruction names something.
 */
@NullMarked
package dev.cooper.builder.context;

import org.jspecify.annotations.NullMarked;
