/** System calls through the FFM API. No policy. */
@NullMarked
package dev.cooper.linux;

import org.jspecify.annotations.NullMarked;
