package dev.cooper.engine;

import io.avaje.jsonb.Json;

/**
 * A container's place in one network.
 *
 * @param network the network's name
 * @param networkId the network's id
 * @param address IPv4
 * @param prefixLength of the network
 * @param gateway IPv4; empty where there is none
 * @param mac of its interface
 */
@Json
public record NetworkAddress(
    String network,
    String networkId,
    String address,
    int prefixLength,
    String gateway,
    String mac) {}
