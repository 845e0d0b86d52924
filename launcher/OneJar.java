import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Puts all of Cooper's jars into one, uncompressed: a command then opens one file where it looked
 * for services in two dozen. Cooper's own classes are linked ahead (LinkAhead).
 *
 * <p>{@code java OneJar.java OUT.jar JAR...}. Of two files with one name the first stays; files
 * that list services are joined; of classes for several versions of Java this one's stay.
 */
final class OneJar {
  private static final String SERVICES = "META-INF/services/";

  private final LinkAhead link;
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  private OneJar(LinkAhead link) {
    this.link = link;
  }

  public static void main(String[] arguments) throws IOException {
    List<Path> jars = new ArrayList<>();
    List<URL> urls = new ArrayList<>();
    for (int i = 1; i < arguments.length; i++) {
      Path jar = Path.of(arguments[i]);
      jars.add(jar);
      urls.add(jar.toUri().toURL());
    }
    try (URLClassLoader classes = new URLClassLoader(urls.toArray(new URL[0]), null)) {
      OneJar one = new OneJar(new LinkAhead(classes));
      for (Path jar : jars) {
        one.add(jar);
      }
      one.writeTo(Path.of(arguments[0]));
    }
  }

  private void add(Path path) throws IOException {
    try (JarFile jar = new JarFile(path.toFile(), false, JarFile.OPEN_READ, Runtime.version())) {
      for (JarEntry entry : (Iterable<JarEntry>) jar.versionedStream()::iterator) {
        String name = entry.getName();
        if (!wanted(name)) {
          continue;
        }
        byte[] bytes;
        try (InputStream in = jar.getInputStream(entry)) {
          bytes = in.readAllBytes();
        }
        if (name.startsWith("dev/cooper/") && name.endsWith(".class")) {
          bytes = link.link(bytes);
        }
        files.merge(name, bytes, (old, more) -> name.startsWith(SERVICES) ? joined(old, more) : old);
      }
    }
  }

  /** No folders, nothing of jars as such, and no machine code for other systems. */
  private static boolean wanted(String name) {
    boolean foreign =
        name.startsWith("win/")
            || name.startsWith("darwin/")
            || name.startsWith("freebsd/")
            || name.startsWith("aix/");
    boolean about = name.startsWith("META-INF/") && !name.startsWith(SERVICES);
    return !name.endsWith("/") && !foreign && !about && !name.endsWith("module-info.class");
  }

  private static byte[] joined(byte[] one, byte[] other) {
    String text =
        new String(one, StandardCharsets.UTF_8).strip()
            + "\n"
            + new String(other, StandardCharsets.UTF_8).strip()
            + "\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void writeTo(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setMethod(ZipOutputStream.STORED);
      for (Map.Entry<String, byte[]> entry : files.entrySet()) {
        byte[] bytes = entry.getValue();
        CRC32 sum = new CRC32();
        sum.update(bytes);
        ZipEntry written = new ZipEntry(entry.getKey());
        written.setSize(bytes.length);
        written.setCompressedSize(bytes.length);
        written.setCrc(sum.getValue());
        zip.putNextEntry(written);
        zip.write(bytes);
        zip.closeEntry();
      }
    }
  }
}
