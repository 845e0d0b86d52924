import java.io.BufferedOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;

/**
 * Gives the classes of a jar that were compiled for a Java older than 7 the class file version of
 * Java 8, with the stack maps that it asks for.
 *
 * <p>The JVM's AOT cache leaves out classes of such versions. picocli is compiled for Java 5, and
 * its 160 classes, loaded and verified anew at every start, cost more than the rest of a command.
 *
 * <p>Usage: java UpgradeClassFiles.java JAR…; each jar is replaced where it lies.
 */
public final class UpgradeClassFiles {
  private static final int WITH_STACK_MAPS = ClassFile.JAVA_7_VERSION;

  private UpgradeClassFiles() {}

  public static void main(String[] jars) throws IOException {
    for (String jar : jars) {
      upgrade(Path.of(jar));
    }
  }

  private static void upgrade(Path jar) throws IOException {
    Path upgraded = jar.resolveSibling(jar.getFileName() + ".new");
    boolean changed = false;
    try (URLClassLoader classes = new URLClassLoader(new URL[] {jar.toUri().toURL()});
        JarInputStream in = new JarInputStream(Files.newInputStream(jar), false);
        JarOutputStream out =
            new JarOutputStream(new BufferedOutputStream(Files.newOutputStream(upgraded)))) {
      // Where two branches meet, a stack map needs the nearest class that both values share.
      ClassFile classFile =
          ClassFile.of(
              ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
              ClassFile.ClassHierarchyResolverOption.of(
                  ClassHierarchyResolver.ofResourceParsing(classes)
                      .orElse(ClassHierarchyResolver.defaultResolver())
                      .cached()));
      if (in.getManifest() != null) {
        out.putNextEntry(new JarEntry("META-INF/MANIFEST.MF"));
        in.getManifest().write(out);
      }
      for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
        byte[] bytes = in.readAllBytes();
        if (entry.getName().endsWith(".class")) {
          ClassModel model = classFile.parse(bytes);
          if (model.majorVersion() < WITH_STACK_MAPS) {
            bytes =
                classFile.transformClass(
                    model,
                    // A body that is only copied keeps its lack of stack maps; one that is built
                    // anew, instruction by instruction, gets them.
                    ClassTransform.transformingMethodBodies((code, element) -> code.with(element))
                        .andThen(
                            ClassTransform.endHandler(
                                builder -> builder.withVersion(ClassFile.JAVA_8_VERSION, 0))));
            changed = true;
          }
        }
        out.putNextEntry(new JarEntry(entry.getName()));
        out.write(bytes);
      }
    }
    if (changed) {
      Files.move(upgraded, jar, StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.delete(upgraded);
    }
  }
}
