package dev.cooper.disk.guest;

import dev.cooper.image.CooperException;

/**
 * What the machine is told about itself.
 *
 * @param hostname its name; empty for the image's own, or "cooper"
 * @param user a user to make who may become root; empty for none
 * @param sshKey a public key that may log in as that user, or as root; empty for none
 */
public record GuestOptions(String hostname, String user, String sshKey) {
  /** Nothing in particular. */
  public static final GuestOptions NONE = new GuestOptions("", "", "");

  /**
   * @throws CooperException.InvalidInput when a name is not one
   */
  public GuestOptions {
    if (!hostname.isEmpty() && !hostname.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,62}[A-Za-z0-9])?")) {
      throw new CooperException.InvalidInput("\"" + hostname + "\" is not a host name");
    }
    if (!user.isEmpty() && !user.matches("[a-z_][a-z0-9_-]{0,31}")) {
      throw new CooperException.InvalidInput("\"" + user + "\" is not a user's name");
    }
    if (!sshKey.isEmpty() && !sshKey.matches("(ssh-|ecdsa-|sk-)[^\\n]+ [A-Za-z0-9+/=]+[^\\n]*")) {
      throw new CooperException.InvalidInput(
          "that is not a public key of ssh",
          "give the line of a file such as ~/.ssh/id_ed25519.pub");
    }
  }
}
