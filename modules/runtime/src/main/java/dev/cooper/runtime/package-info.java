/**
 * Given a root directory and a config, runs it: OCI bundle, runc or crun, conmon, namespaces,
 * networks.
 */
@NullMarked
package dev.cooper.runtime;

import org.jspecify.annotations.NullMarked;
