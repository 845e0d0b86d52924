/**
 * Images in files: packed layers, and the archives and layouts that other tools read and write.
 *
 * <p>{@link dev.cooper.image.archive.PackedImage} is an image with its layers packed as asked;
 * {@link dev.cooper.image.archive.ImageArchive} writes images as an OCI image layout, which with
 * one more file is what {@code docker load} reads; {@link dev.cooper.image.archive.ArchiveReader}
 * reads both, and what Docker wrote before.
 */
@NullMarked
package dev.cooper.image.archive;

import org.jspecify.annotations.NullMarked;
