package dev.cooper.explore.fact;

import dev.cooper.elf.ElfFile;
import dev.cooper.explore.bill.Component;

/** Something learnt from a file's bytes, kept so that they need not be read again. */
public sealed interface Fact {
  /** It is a program or library. */
  record Binary(ElfFile elf) implements Fact {}

  /**
   * It is a script.
   *
   * @param line what follows {@code #!} on the first line, without the line end; at most 255 bytes
   * @param carriageReturn whether the line ends in a carriage return
   */
  record Script(String line, boolean carriageReturn) implements Fact {}

  /**
   * It holds something that should be nobody else's.
   *
   * @param what such as {@code private key}
   */
  record Secret(String what) implements Fact {}

  /** It is a program with a TLS client of its own, which looks for certificates in the system. */
  record TlsClient() implements Fact {}

  /** It is a small file whose bytes are needed again. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Content(byte[] bytes) implements Fact {}

  /** It says that some software is installed; {@link Component} tells what the parts mean. */
  record Software(
      String type,
      String namespace,
      String name,
      String version,
      String architecture,
      String license,
      String source)
      implements Fact {
    /** Of what comes from no distribution: without architecture and source. */
    public static Software of(
        String type, String namespace, String name, String version, String license) {
      return new Software(type, namespace, name, version, "", license, "");
    }
  }

  /**
   * It is a database of packages that could not be read, or not all of it.
   *
   * @param why what is wrong with it, as a part of a sentence
   */
  record Unread(String why) implements Fact {}

  /**
   * It says under which licences a Debian package comes.
   *
   * @param text the licences' names, sorted, with commas
   */
  record License(String text) implements Fact {}
}
