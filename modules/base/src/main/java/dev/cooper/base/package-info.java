/**
 * Makers of base images: root file systems where there was none.
 *
 * <p>{@link dev.cooper.base.BusyboxBase} makes one from a static busybox, {@link
 * dev.cooper.base.DebianBase} from Debian's packages, {@link dev.cooper.base.BinaryBase} from
 * programs and what they need, {@link dev.cooper.base.HostBase} from the running system, {@link
 * dev.cooper.base.DirectoryBase} and {@link dev.cooper.base.TarBase} from what somebody else made.
 * Each gives a {@link dev.cooper.base.BaseImage}, which is written to any sink of blobs and tells
 * the Dockerfile that would do the same. Nothing here needs root, except where a maker says so.
 */
@NullMarked
package dev.cooper.base;

import org.jspecify.annotations.NullMarked;
