package dev.cooper.engine;

import io.avaje.jsonb.Json;
import java.util.Map;

/**
 * A folder that outlives containers.
 *
 * @param name unique
 * @param created RFC 3339
 * @param anonymous whether nobody named it: it goes with its container
 * @param labels what its maker noted
 */
@Json
public record Volume(String name, String created, boolean anonymous, Map<String, String> labels) {}
