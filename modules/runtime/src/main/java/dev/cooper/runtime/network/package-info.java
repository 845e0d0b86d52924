/**
 * The networks of containers: their subnets, the leases of addresses in them, and netavark, which
 * makes bridges, interfaces and the firewall's rules.
 */
@NullMarked
package dev.cooper.runtime.network;

import org.jspecify.annotations.NullMarked;
