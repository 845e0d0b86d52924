package dev.cooper.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import dev.cooper.linux.NetworkNamespace;
import dev.cooper.runtime.Bundle;
import dev.cooper.runtime.Conmon;
import dev.cooper.runtime.ContainerFiles;
import dev.cooper.runtime.ContainerProcess;
import dev.cooper.runtime.ContainerSpec;
import dev.cooper.runtime.Host;
import dev.cooper.runtime.Namespace;
import dev.cooper.runtime.Namespaces;
import dev.cooper.runtime.OciRuntime;
import dev.cooper.runtime.Tool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworksTest {
  @TempDir Path temporary;

  private Networks networks;
  private OciRuntime runtime;
  private Path root;
  private final Map<String, Path> namespaces = new LinkedHashMap<>();
  private final List<String> running = new ArrayList<>();

  @BeforeEach
  void setUp() throws Exception {
    Host.needs("runc", "conmon", "/usr/lib/podman/netavark", "iptables");
    networks = Networks.open(temporary.resolve("networks"), "cprt" + ProcessHandle.current().pid());
    runtime = OciRuntime.find(temporary.resolve("state"));
    root = Host.root(temporary.resolve("root"));
  }

  @AfterEach
  void tearDown() throws Exception {
    for (String id : running) {
      runtime.delete(id, true);
    }
    for (Map.Entry<String, Path> entry : namespaces.entrySet()) {
      networks.disconnect(entry.getKey());
      NetworkNamespace.delete(entry.getValue());
    }
    assertThat(Files.readString(Path.of("/proc/net/dev"))).doesNotContain("cprt");
    String rules =
        Tool.run(Tool.find("iptables-save").orElseThrow(), List.of(), new byte[0]).output();
    for (Network network : networks.list()) {
      assertThat(rules).doesNotContain(network.subnet().toString());
    }
  }

  private Path namespace(String id) throws IOException {
    Path path = temporary.resolve(id + ".net");
    NetworkNamespace.create(path);
    namespaces.put(id, path);
    return path;
  }

  private Bundle bundle(String id, ContainerProcess process, Namespace network) throws IOException {
    Path files = Files.createDirectories(temporary.resolve(id + ".files"));
    ContainerFiles containerFiles = ContainerFiles.in(files);
    containerFiles.writeHostname("h");
    containerFiles.writeHosts(List.of());
    containerFiles.copyResolver(false);
    return Bundle.write(
        temporary.resolve(id),
        ContainerSpec.of(id, root, process)
            .withMounts(containerFiles.mounts())
            .withNamespaces(Namespaces.own().withNetwork(network)));
  }

  private String run(String id, Namespace network, String... command) throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    int code = runtime.run(bundle(id, Host.process(command), network), output, output);
    return code + " " + output.toString(StandardCharsets.UTF_8);
  }

  private void serve(String id, String text) throws Exception {
    Bundle bundle =
        bundle(
            id,
            Host.process("sh", "-c", "echo " + text + " > /tmp/index.html; httpd -f -p 80 -h /tmp"),
            new Namespace.Joined(namespaces.get(id)));
    running.add(id);
    Conmon.find(runtime).create(bundle, Conmon.Keeping.plain());
    runtime.start(id);
  }

  private static String get(String address, int port) throws Exception {
    for (int attempt = 0; ; attempt++) {
      try (Socket socket = new Socket(address, port)) {
        socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        if (attempt == 100) {
          throw e;
        }
        Thread.sleep(20);
      }
    }
  }

  @Test
  void givesAnAddressAWayOutAndPublishedPorts() throws Exception {
    String id = Host.id("web");
    PublishedPort port = PublishedPort.onFreePort("127.0.0.1", 80, "tcp");
    Network network = networks.defaultNetwork();
    Endpoint endpoint =
        networks.connect(network, Connection.of(id, "web", namespace(id), List.of(port)));
    assertThat(network.subnet().contains(endpoint.address())).isTrue();
    assertThat(endpoint.gateway()).isEqualTo(network.gateway());
    assertThat(endpoint.macAddress()).matches("([0-9a-f]{2}:){5}[0-9a-f]{2}");
    assertThat(networks.members(network)).containsExactly(Map.entry(id, endpoint.address()));

    serve(id, "hello");
    assertThat(get(endpoint.address(), 80)).contains("hello");
    assertThat(get("127.0.0.1", port.hostPort())).contains("hello");

    String second = Host.id("second");
    Path secondNamespace = namespace(second);
    assertThatThrownBy(
            () ->
                networks.connect(
                    network, Connection.of(second, "second", secondNamespace, List.of(port))))
        .isInstanceOf(CooperException.Conflict.class)
        .hasMessageEndingWith("failed: port is already allocated");
    Endpoint other =
        networks.connect(network, Connection.of(second, "second", secondNamespace, List.of()));
    assertThat(other.address()).isNotEqualTo(endpoint.address());
    assertThat(
            run(
                second,
                new Namespace.Joined(secondNamespace),
                "wget",
                "-qO-",
                "http://" + endpoint.address() + "/"))
        .isEqualTo("0 hello\n");

    networks.disconnect(id);
    assertThat(networks.members(network)).containsOnlyKeys(second);
    networks.disconnect(id);
  }

  @Test
  void reachesTheHostAndBeyondThroughItsAddress() throws Exception {
    String id = Host.id("out");
    Path namespace = namespace(id);
    networks.connect(networks.defaultNetwork(), Connection.of(id, "out", namespace, List.of()));
    InetAddress host;
    try (java.net.DatagramSocket probe = new java.net.DatagramSocket()) {
      probe.connect(InetAddress.getByName("192.0.2.77"), 9);
      host = probe.getLocalAddress();
    }
    try (ServerSocket server = new ServerSocket(0, 1, host)) {
      Thread answer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try (Socket socket = server.accept()) {
                      socket
                          .getOutputStream()
                          .write("from the host\n".getBytes(StandardCharsets.UTF_8));
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  });
      assertThat(
              run(
                  id,
                  new Namespace.Joined(namespace),
                  "nc",
                  host.getHostAddress(),
                  Integer.toString(server.getLocalPort())))
          .isEqualTo("0 from the host\n");
      answer.join();
    }
  }

  @Test
  void namesContainersOnANetworkThatWasMade() throws Exception {
    Host.needs("/usr/lib/podman/aardvark-dns");
    Network network =
        networks.create("mine", Optional.empty(), Optional.empty(), false, Map.of("a", "b"));
    assertThat(networks.require("mine")).isEqualTo(network);
    assertThat(networks.require(network.id().substring(0, 12))).isEqualTo(network);
    assertThatThrownBy(
            () -> networks.create("mine", Optional.empty(), Optional.empty(), false, Map.of()))
        .isInstanceOf(CooperException.Conflict.class)
        .hasMessage("network with name mine already exists");
    assertThatThrownBy(
            () ->
                networks.create(
                    "other", Optional.of(network.subnet()), Optional.empty(), false, Map.of()))
        .isInstanceOf(CooperException.Conflict.class);

    String server = Host.id("server");
    Endpoint first =
        networks.connect(network, Connection.of(server, "server", namespace(server), List.of()));
    String client = Host.id("client");
    Endpoint second =
        networks.connect(network, Connection.of(client, "client", namespace(client), List.of()));
    assertThat(second.nameServers()).containsExactly(network.gateway());
    assertThat(
            run(
                client,
                new Namespace.Joined(namespaces.get(client)),
                "nslookup",
                "server",
                second.nameServers().getFirst()))
        .contains(first.address());
    assertThatThrownBy(() -> networks.remove(network))
        .isInstanceOf(CooperException.Conflict.class)
        .hasMessageContaining("has active endpoints");

    networks.disconnect(server);
    networks.disconnect(client, network);
    networks.remove(network);
    assertThat(networks.find("mine")).isEmpty();
    assertThatThrownBy(() -> networks.require("mine"))
        .isInstanceOf(CooperException.NotFound.class)
        .hasMessage("network mine not found");
  }

  @Test
  void noneHostAndAnothersNetworkNeedNoBridge() throws Exception {
    String none = run(Host.id("none"), Namespace.OWN, "ip", "-o", "link");
    assertThat(none.lines()).hasSize(1);
    assertThat(none).contains("lo: <LOOPBACK,UP,LOWER_UP>");

    String host = run(Host.id("host"), Namespace.HOST, "ip", "-o", "link");
    assertThat(host.lines().count())
        .isGreaterThanOrEqualTo(
            java.net.NetworkInterface.networkInterfaces().filter(i -> !i.isVirtual()).count());

    String id = Host.id("first");
    Path namespace = namespace(id);
    Endpoint endpoint =
        networks.connect(networks.defaultNetwork(), Connection.of(id, "f", namespace, List.of()));
    serve(id, "shared");
    int pid = runtime.state(id).orElseThrow().pid();
    assertThat(run(Host.id("joined"), Namespace.of(pid, "net"), "ip", "-o", "addr"))
        .contains(endpoint.address());
  }

  @Test
  void addressesAreGivenOnceAndTakenBack() throws Exception {
    Leases leases = new Leases(temporary.resolve("addresses"));
    Network network = networks.defaultNetwork();
    Path held = Files.createFile(temporary.resolve("held"));
    Path lost = Files.createFile(temporary.resolve("lost"));
    Lease first = leases.take(network, Connection.of("a", "a", held, List.of()));
    Lease second = leases.take(network, Connection.of("b", "b", lost, List.of()));
    assertThat(first.address()).isNotIn(second.address(), network.gateway());
    assertThat(leases.of(network)).containsExactlyInAnyOrder(first, second);
    Connection same =
        new Connection("c", "c", held, "eth0", Optional.of(first.address()), List.of(), List.of());
    assertThatThrownBy(() -> leases.take(network, same))
        .isInstanceOf(CooperException.Conflict.class);

    Files.delete(lost);
    assertThat(leases.of(network)).containsExactly(first);
    assertThat(leases.take(network, Connection.of("d", "d", held, List.of())).address())
        .isEqualTo(second.address());
    leases.release(network, first);
    leases.release(network, first);
    assertThat(leases.take(network, same).address()).isEqualTo(first.address());
  }

  @Test
  void theDefaultNetworkStays() throws Exception {
    Network network = networks.defaultNetwork();
    assertThat(networks.list()).containsExactly(network);
    assertThat(networks.require("bridge")).isEqualTo(network);
    assertThatThrownBy(() -> networks.remove(network))
        .isInstanceOf(CooperException.Conflict.class)
        .hasMessage("bridge is a pre-defined network and cannot be removed");
    assertThat(Networks.open(temporary.resolve("networks"), "x").defaultNetwork())
        .isEqualTo(network);
  }
}
