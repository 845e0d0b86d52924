package dev.cooper.engine;

import io.avaje.jsonb.Json;

/**
 * A container's place in one network.
 *
 * @param network the network's name
 * @param address IPv4; empty where it has none
 * @param prefixLength of the address
 * @param gateway IPv4; empty where there is none
 * @param mac of its interface; empty where it has none
 */
@Json
public record NetworkAddress(
    String network, String address, int prefixLength, String gateway, String mac) {}
