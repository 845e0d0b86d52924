/** Blobs, image names, unpacked layers, leases and locks, in an OCI image layout on disk. */
@NullMarked
package dev.cooper.store;

import org.jspecify.annotations.NullMarked;
