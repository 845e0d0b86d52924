package dev.cooper.registry;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The proxies that the environment names, as curl and Docker's client read them. */
final class EnvironmentProxies extends ProxySelector {
  private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

  private final Map<String, String> environment;

  EnvironmentProxies(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public List<Proxy> select(URI address) {
    String host = address.getHost();
    String scheme = String.valueOf(address.getScheme());
    String proxy = variable(scheme.equals("https") ? "HTTPS_PROXY" : "HTTP_PROXY");
    if (host == null || proxy == null || isExcluded(host)) {
      return DIRECT;
    }
    URI where = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
    if (where.getHost() == null) {
      return DIRECT;
    }
    int port = where.getPort() < 0 ? 80 : where.getPort();
    return List.of(
        new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(where.getHost(), port)));
  }

  private boolean isExcluded(String host) {
    if (RegistryHost.isLoopback(host)) {
      return true;
    }
    String excluded = variable("NO_PROXY");
    if (excluded == null) {
      return false;
    }
    for (String each : excluded.split(",", -1)) {
      String suffix = each.strip().toLowerCase(Locale.ROOT);
      if (suffix.startsWith("*.")) {
        suffix = suffix.substring(1);
      }
      String name = host.toLowerCase(Locale.ROOT);
      if (suffix.equals("*")
          || !suffix.isEmpty()
              && (name.equals(suffix)
                  || name.endsWith(suffix.startsWith(".") ? suffix : "." + suffix))) {
        return true;
      }
    }
    return false;
  }

  private @Nullable String variable(String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      value = environment.get(name.toLowerCase(Locale.ROOT));
    }
    return value == null || value.isBlank() ? null : value.strip();
  }

  @Override
  public void connectFailed(URI address, SocketAddress proxy, IOException failure) {}
}
