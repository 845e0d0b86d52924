/** The bill of materials of an image, and its two documents: SPDX and CycloneDX. */
@NullMarked
package dev.cooper.explore.bill;

import org.jspecify.annotations.NullMarked;
