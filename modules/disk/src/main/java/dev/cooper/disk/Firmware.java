package dev.cooper.disk;

/** What starts a machine before its operating system does. */
public enum Firmware {
  BIOS,
  UEFI,
  /** One disk for either. */
  BOTH;

  public boolean hasBios() {
    return this != UEFI;
  }

  public boolean hasUefi() {
    return this != BIOS;
  }
}
