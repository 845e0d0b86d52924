package dev.cooper.runtime.network;

import dev.cooper.image.CooperException;

/**
 * A range of IPv4 addresses.
 *
 * @param base its first address as a number, with no bit set beyond the prefix
 * @param prefixLength 8 to 30
 */
public record Subnet(int base, int prefixLength) {
  public Subnet {
    if (prefixLength < 8 || prefixLength > 30 || (base & ~mask(prefixLength)) != 0) {
      throw new CooperException.InvalidInput(
          "invalid subnet " + address(base) + "/" + prefixLength + ": it has host bits set");
    }
  }

  /**
   * Reads {@code 10.90.0.0/16}.
   *
   * @throws CooperException.InvalidInput if it is not such a text
   */
  public static Subnet parse(String text) {
    int slash = text.indexOf('/');
    try {
      if (slash > 0) {
        return new Subnet(
            number(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new CooperException.InvalidInput("invalid subnet " + text, "give it as 10.1.2.0/24");
  }

  /** An address as a number. */
  static int number(String address) {
    String[] parts = address.split("\\.", -1);
    if (parts.length != 4) {
      throw new NumberFormatException(address);
    }
    int number = 0;
    for (String part : parts) {
      int octet = Integer.parseInt(part);
      if (octet < 0 || octet > 255) {
        throw new NumberFormatException(address);
      }
      number = number << 8 | octet;
    }
    return number;
  }

  /** An address in its usual spelling, {@code 10.88.0.1}. */
  public static String address(int number) {
    return (number >>> 24)
        + "."
        + (number >>> 16 & 255)
        + "."
        + (number >>> 8 & 255)
        + "."
        + (number & 255);
  }

  private static int mask(int prefixLength) {
    return prefixLength == 0 ? 0 : -1 << (32 - prefixLength);
  }

  /** Its first usable address, by convention the gateway's. */
  public String firstAddress() {
    return address(base + 1);
  }

  /** Its last address, which means all of them. */
  public int broadcast() {
    return base | ~mask(prefixLength);
  }

  /** Whether {@code address} is in it. */
  public boolean contains(String address) {
    return (number(address) & mask(prefixLength)) == base;
  }

  /** Whether the two have an address in common. */
  public boolean overlaps(int otherBase, int otherPrefixLength) {
    int shorter = mask(Math.min(prefixLength, otherPrefixLength));
    return (base & shorter) == (otherBase & shorter);
  }

  @Override
  public String toString() {
    return address(base) + "/" + prefixLength;
  }
}
