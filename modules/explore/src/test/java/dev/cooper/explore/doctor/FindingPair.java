package dev.cooper.explore.doctor;

import dev.cooper.explore.MadeImage;
import java.util.Optional;

/**
 * An image that has a kind of finding, and the nearest one that has not.
 *
 * @param what what is wrong with the first, in words
 * @param sick the image that has it
 * @param path where the finding says that it is; empty for the config
 * @param layer which layer has it, from 0; empty when none has
 * @param sound the image that has it not
 */
record FindingPair(
    String what, MadeImage sick, String path, Optional<Integer> layer, MadeImage sound) {

  static FindingPair inLayer(int layer, String path, String what, MadeImage sick, MadeImage sound) {
    return new FindingPair(what, sick, path, Optional.of(layer), sound);
  }

  static FindingPair inNoLayer(String path, String what, MadeImage sick, MadeImage sound) {
    return new FindingPair(what, sick, path, Optional.empty(), sound);
  }
}
