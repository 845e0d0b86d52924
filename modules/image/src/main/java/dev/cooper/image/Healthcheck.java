package dev.cooper.image;

import io.avaje.jsonb.Json;
import java.time.Duration;
import java.util.List;

/**
 * How to find out whether a container is well. A duration of zero, or no retries, means the
 * engine's default.
 *
 * @param test empty to inherit, {@code ["NONE"]} for no check, {@code ["CMD", args…]} or {@code
 *     ["CMD-SHELL", command]}
 * @param interval time between two checks
 * @param timeout how long one check may take
 * @param startPeriod how long failures after the start do not count
 * @param startInterval time between two checks during the start period
 * @param retries failures in a row that make the container unhealthy
 */
@Json(caseInsensitiveKeys = true)
public record Healthcheck(
    @Json.Property("Test") @Json.Serializer(JsonTexts.class) List<String> test,
    @Json.Property("Interval") @Json.Serializer(JsonNanoseconds.class) Duration interval,
    @Json.Property("Timeout") @Json.Serializer(JsonNanoseconds.class) Duration timeout,
    @Json.Property("StartPeriod") @Json.Serializer(JsonNanoseconds.class) Duration startPeriod,
    @Json.Property("StartInterval") @Json.Serializer(JsonNanoseconds.class) Duration startInterval,
    @Json.Property("Retries") @Json.Serializer(JsonPositive.class) Integer retries) {
  public Healthcheck {
    test = test == null ? List.of() : List.copyOf(test);
    interval = interval == null ? Duration.ZERO : interval;
    timeout = timeout == null ? Duration.ZERO : timeout;
    startPeriod = startPeriod == null ? Duration.ZERO : startPeriod;
    startInterval = startInterval == null ? Duration.ZERO : startInterval;
    retries = retries == null ? 0 : retries;
  }
}
