package dev.cooper.builder;

import dev.cooper.dockerfile.CheckContext;
import dev.cooper.dockerfile.Dockerfile;

/**
 * What a request would build from.
 *
 * @param checks what the Dockerfile is checked against: the request's arguments and platform, the
 *     context's ignored paths, and those base images that are here
 */
public record Definition(Dockerfile dockerfile, CheckContext checks) {}
