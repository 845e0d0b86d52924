package dev.cooper.runtime;

import dev.cooper.image.CooperException;
import dev.cooper.linux.FileStatus;
import dev.cooper.linux.LinuxException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Devices of the host as a container gets them. */
final class Devices {
  private static final Path DEV = Path.of("/dev");

  /** What a container has its own of, and what means this process rather than a device. */
  private static final Set<String> NOT_SHARED =
      Set.of("pts", "shm", "fd", "mqueue", ".lxc", ".lxd-mounts", ".udev", "console");

  private Devices() {}

  /** One device: its place in the container, and the file it is made after. */
  record Device(String target, FileStatus status, String access) {}

  /** Those that the spec asks for; every one there is if it is privileged. */
  static List<Device> of(ContainerSpec spec) {
    List<Device> devices = new ArrayList<>();
    if (spec.privileged()) {
      collect(DEV, devices);
    }
    for (HostDevice device : spec.devices()) {
      add(device, devices);
    }
    return devices;
  }

  private static void add(HostDevice device, List<Device> devices) {
    FileStatus status;
    try {
      status = FileStatus.following(device.source());
    } catch (LinuxException e) {
      throw new CooperException.InvalidInput(
          "error gathering device information while adding custom device \""
              + device.source()
              + "\": no such file or directory");
    }
    int before = devices.size();
    if (status.isDirectory()) {
      addAll(device, devices);
    } else if (status.isCharacterDevice() || status.isBlockDevice()) {
      devices.add(new Device(device.target(), status, device.access()));
    }
    if (devices.size() == before) {
      throw new CooperException.InvalidInput(
          "error gathering device information while adding custom device \""
              + device.source()
              + "\": not a device node");
    }
  }

  /** The devices in a folder and in those below it; whatever else is there is left out. */
  private static void addAll(HostDevice folder, List<Device> devices) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.source())) {
      for (Path entry : entries) {
        FileStatus status = FileStatus.of(entry);
        HostDevice device =
            new HostDevice(entry, folder.target() + "/" + entry.getFileName(), folder.access());
        if (status.isDirectory()) {
          addAll(device, devices);
        } else if (status.isCharacterDevice() || status.isBlockDevice()) {
          devices.add(new Device(device.target(), status, device.access()));
        }
      }
    } catch (IOException e) {
      // Devices come and go; the one that went is not missed.
    }
  }

  private static void collect(Path directory, List<Device> devices) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (directory.equals(DEV) && NOT_SHARED.contains(entry.getFileName().toString())) {
          continue;
        }
        FileStatus status = FileStatus.of(entry);
        if (status.isDirectory()) {
          collect(entry, devices);
        } else if (status.isCharacterDevice() || status.isBlockDevice()) {
          devices.add(new Device(entry.toString(), status, "rwm"));
        }
      }
    } catch (IOException e) {
      // Devices come and go; the one that went is not missed.
    }
  }
}
