package dev.cooper.image;

import io.avaje.jsonb.Jsonb;
import io.avaje.jsonb.spi.GeneratedComponent;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;

/**
 * Readers and writers of JSON that know the types they are given. The library would look for them
 * among all services of the class path, which opens every jar of it: too much for a short command.
 */
public final class Json {
  private Json() {}

  /** A builder that knows the types of these components and those of image documents. */
  public static Jsonb.Builder builder(GeneratedComponent... components) {
    Jsonb.Builder builder = Jsonb.builder().classLoader(new NoServices());
    new ImageJsonComponent().register(builder);
    for (GeneratedComponent component : components) {
      component.register(builder);
    }
    return builder;
  }

  /** Finds no file, and so no list of services. */
  private static final class NoServices extends ClassLoader {
    NoServices() {
      super(null);
    }

    @Override
    public Enumeration<URL> getResources(String name) {
      return Collections.emptyEnumeration();
    }
  }
}
