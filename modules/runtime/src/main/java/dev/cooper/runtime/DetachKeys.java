package dev.cooper.runtime;

import dev.cooper.image.CooperException;
import java.io.ByteArrayOutputStream;
import java.util.Locale;

/**
 * The keys that end an attached session without ending the container. Finding them is a matter of
 * state, so each session has one of these to itself.
 */
public final class DetachKeys {
  private final byte[] keys;
  private int matched;

  private DetachKeys(byte[] keys) {
    this.keys = keys;
  }

  /** Docker's: Ctrl-P, Ctrl-Q. */
  public static DetachKeys standard() {
    return new DetachKeys(new byte[] {16, 17});
  }

  /** None: everything is passed on. */
  public static DetachKeys none() {
    return new DetachKeys(new byte[0]);
  }

  /**
   * Keys as {@code --detach-keys} takes them: letters and {@code ctrl-} with a letter or one of
   * {@code @ [ \ ] ^ _}, between commas.
   */
  public static DetachKeys parse(String text) {
    ByteArrayOutputStream keys = new ByteArrayOutputStream();
    for (String key : text.split(",", -1)) {
      String lower = key.toLowerCase(Locale.ROOT);
      if (key.length() == 1 && key.charAt(0) < 128) {
        keys.write(key.charAt(0));
      } else if (lower.length() == 6 && lower.startsWith("ctrl-")) {
        int code = Character.toUpperCase(lower.charAt(5)) - '@';
        if (code < 0 || code > 31) {
          throw unknown(key);
        }
        keys.write(code);
      } else {
        throw unknown(key);
      }
    }
    return new DetachKeys(keys.toByteArray());
  }

  private static CooperException.InvalidInput unknown(String key) {
    return new CooperException.InvalidInput("Unknown character: '" + key + "'");
  }

  /**
   * Looks through the next input.
   *
   * @param passed gets what is to be passed on: a beginning of the keys is kept until the next
   *     input tells whether it was one
   * @return whether the keys are complete; what follows them is dropped
   */
  boolean scan(byte[] input, int length, ByteArrayOutputStream passed) {
    for (int i = 0; i < length; i++) {
      if (matched < keys.length && input[i] == keys[matched]) {
        matched++;
        if (matched == keys.length) {
          matched = 0;
          return true;
        }
        continue;
      }
      if (matched > 0) {
        passed.write(keys, 0, matched);
        matched = 0;
        if (input[i] == keys[0]) {
          matched = 1;
          continue;
        }
      }
      passed.write(input[i]);
    }
    return false;
  }
}
