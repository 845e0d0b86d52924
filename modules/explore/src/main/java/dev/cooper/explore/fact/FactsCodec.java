package dev.cooper.explore.fact;

import dev.cooper.elf.ElfFile;
import dev.cooper.elf.ElfType;
import dev.cooper.elf.Machine;
import dev.cooper.elf.VersionNeed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Facts as bytes and back. Names occur over and over, so each is written once. */
public final class FactsCodec {
  /** Changes with the form, and with what is looked for. */
  private static final int VERSION = 0x43460007;

  private FactsCodec() {}

  /** The bytes that {@link #read} reads. */
  public static byte[] write(LayerFacts facts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Writer writer = new Writer(new DataOutputStream(bytes));
    writer.out.writeInt(VERSION);
    writer.out.writeInt(facts.byOffset().size());
    for (Map.Entry<Long, List<Fact>> entry : facts.byOffset().entrySet()) {
      writer.out.writeLong(entry.getKey());
      writer.out.writeInt(entry.getValue().size());
      for (Fact fact : entry.getValue()) {
        writer.fact(fact);
      }
    }
    return bytes.toByteArray();
  }

  /** Null when the bytes are of another version or damaged. */
  public static @Nullable LayerFacts read(byte[] bytes) {
    try {
      Reader reader = new Reader(new DataInputStream(new ByteArrayInputStream(bytes)));
      if (reader.in.readInt() != VERSION) {
        return null;
      }
      int files = reader.count();
      Map<Long, List<Fact>> facts = new HashMap<>();
      for (int i = 0; i < files; i++) {
        long offset = reader.in.readLong();
        int count = reader.count();
        List<Fact> list = new ArrayList<>(count);
        for (int j = 0; j < count; j++) {
          list.add(reader.fact());
        }
        facts.put(offset, List.copyOf(list));
      }
      return new LayerFacts(facts);
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      return null;
    }
  }

  private static final class Writer {
    final DataOutputStream out;
    private final Map<String, Integer> known = new HashMap<>();

    Writer(DataOutputStream out) {
      this.out = out;
    }

    void fact(Fact fact) throws IOException {
      switch (fact) {
        case Fact.Binary binary -> {
          out.writeByte(1);
          elf(binary.elf());
        }
        case Fact.Script script -> {
          out.writeByte(2);
          text(script.line());
          out.writeBoolean(script.carriageReturn());
        }
        case Fact.Secret secret -> {
          out.writeByte(3);
          text(secret.what());
        }
        case Fact.Content content -> {
          out.writeByte(4);
          out.writeInt(content.bytes().length);
          out.write(content.bytes());
        }
        case Fact.Software software -> {
          out.writeByte(5);
          text(software.type());
          text(software.namespace());
          text(software.name());
          text(software.version());
          text(software.architecture());
          text(software.license());
          text(software.source());
        }
        case Fact.TlsClient _ -> out.writeByte(6);
        case Fact.Unread unread -> {
          out.writeByte(7);
          text(unread.why());
        }
        case Fact.License license -> {
          out.writeByte(8);
          text(license.text());
        }
      }
    }

    private void elf(ElfFile elf) throws IOException {
      out.writeInt(elf.machine().number());
      out.writeByte(elf.machine().bits());
      out.writeBoolean(elf.machine().order() == ByteOrder.LITTLE_ENDIAN);
      out.writeByte(elf.type().ordinal());
      texts(elf.interpreter().stream().toList());
      out.writeBoolean(elf.dynamic());
      texts(elf.needed());
      texts(elf.rpath());
      texts(elf.runpath());
      texts(elf.soname().stream().toList());
      out.writeInt(elf.versionNeeds().size());
      for (VersionNeed need : elf.versionNeeds()) {
        text(need.library());
        texts(need.versions());
        texts(need.weak());
      }
      texts(elf.versions());
      out.writeBoolean(elf.defaultLibraries());
      out.writeBoolean(elf.positionIndependent());
    }

    private void texts(List<String> texts) throws IOException {
      out.writeInt(texts.size());
      for (String text : texts) {
        text(text);
      }
    }

    private void text(String text) throws IOException {
      Integer number = known.get(text);
      if (number != null) {
        out.writeInt(number);
        return;
      }
      out.writeInt(-1);
      byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
      known.put(text, known.size());
    }
  }

  private static final class Reader {
    final DataInputStream in;
    private final List<String> known = new ArrayList<>();

    Reader(DataInputStream in) {
      this.in = in;
    }

    int count() throws IOException {
      int count = in.readInt();
      // Everything counted takes at least one byte, so more than are left is damage.
      if (count < 0 || count > in.available()) {
        throw new IOException("damaged");
      }
      return count;
    }

    Fact fact() throws IOException {
      return switch (in.readByte()) {
        case 1 -> new Fact.Binary(elf());
        case 2 -> new Fact.Script(text(), in.readBoolean());
        case 3 -> new Fact.Secret(text());
        case 4 -> new Fact.Content(in.readNBytes(count()));
        case 5 -> new Fact.Software(text(), text(), text(), text(), text(), text(), text());
        case 6 -> new Fact.TlsClient();
        case 7 -> new Fact.Unread(text());
        case 8 -> new Fact.License(text());
        default -> throw new IOException("damaged");
      };
    }

    private ElfFile elf() throws IOException {
      int number = in.readInt();
      int bits = in.readByte();
      ByteOrder order = in.readBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
      ElfType type = ElfType.values()[in.readByte()];
      List<String> interpreter = texts();
      boolean dynamic = in.readBoolean();
      List<String> needed = texts();
      List<String> rpath = texts();
      List<String> runpath = texts();
      List<String> soname = texts();
      int count = count();
      List<VersionNeed> needs = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        needs.add(new VersionNeed(text(), texts(), texts()));
      }
      return new ElfFile(
          new Machine(number, bits, order),
          type,
          interpreter.stream().findFirst(),
          dynamic,
          needed,
          rpath,
          runpath,
          Optional.ofNullable(soname.isEmpty() ? null : soname.get(0)),
          needs,
          texts(),
          in.readBoolean(),
          in.readBoolean());
    }

    private List<String> texts() throws IOException {
      int count = count();
      if (count == 0) {
        return List.of();
      }
      List<String> texts = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        texts.add(text());
      }
      return texts;
    }

    private String text() throws IOException {
      int number = in.readInt();
      if (number >= 0) {
        return known.get(number);
      }
      String text = new String(in.readNBytes(count()), java.nio.charset.StandardCharsets.UTF_8);
      known.add(text);
      return text;
    }
  }
}
