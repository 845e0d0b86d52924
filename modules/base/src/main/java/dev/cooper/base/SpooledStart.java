package dev.cooper.base;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A stream whose start is read twice. What is read of it is kept in a temporary file, which has no
 * name once it is open, so that nothing stays behind however the program ends.
 */
final class SpooledStart extends InputStream {
  private final InputStream in;
  private final FileChannel file;
  private final OutputStream spool;

  private SpooledStart(InputStream in, FileChannel file) {
    this.in = in;
    this.file = file;
    this.spool = new BufferedOutputStream(Channels.newOutputStream(file));
  }

  static SpooledStart of(InputStream in) throws IOException {
    Path path = Files.createTempFile("cooper", ".tar");
    return new SpooledStart(
        in,
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE));
  }

  @Override
  public int read() throws IOException {
    int b = in.read();
    if (b >= 0) {
      spool.write(b);
    }
    return b;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = in.read(bytes, offset, length);
    if (n > 0) {
      spool.write(bytes, offset, n);
    }
    return n;
  }

  /** Everything from the start. This stream is not read after that. */
  InputStream again() throws IOException {
    spool.flush();
    file.position(0);
    return new SequenceInputStream(new BufferedInputStream(Channels.newInputStream(file)), in);
  }

  /** Forgets what was kept; the stream itself stays open. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
