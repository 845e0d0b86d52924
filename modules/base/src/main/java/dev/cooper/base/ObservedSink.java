package dev.cooper.base;

import dev.cooper.image.BlobSink;
import dev.cooper.image.BlobWriter;
import dev.cooper.image.Digest;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongConsumer;

/**
 * A sink that tells how much went into a blob.
 *
 * @param written told the number of bytes of the blob so far, with each write
 */
record ObservedSink(BlobSink sink, LongConsumer written) implements BlobSink {
  @Override
  public BlobWriter begin() throws IOException {
    BlobWriter writer = sink.begin();
    OutputStream counted = new Counted(writer.stream(), written);
    return new BlobWriter() {
      @Override
      public OutputStream stream() {
        return counted;
      }

      @Override
      public Digest commit() throws IOException {
        return writer.commit();
      }

      @Override
      public Digest commit(Digest expected) throws IOException {
        return writer.commit(expected);
      }

      @Override
      public void close() throws IOException {
        writer.close();
      }
    };
  }

  private static final class Counted extends FilterOutputStream {
    private final LongConsumer written;
    private long count;

    Counted(OutputStream out, LongConsumer written) {
      super(out);
      this.written = written;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      written.accept(++count);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      count += length;
      written.accept(count);
    }

    @Override
    public void close() {
      // As the sink's own stream: closing it does nothing.
    }
  }
}
