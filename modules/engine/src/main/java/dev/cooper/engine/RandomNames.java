package dev.cooper.engine;

import java.util.SplittableRandom;

/**
 * Names for containers that nobody named: an adjective and a name from the history of computing.
 */
final class RandomNames {
  private static final String[] ADJECTIVES = {
    "able", "agile", "amber", "awake", "bold", "brave", "bright", "brisk", "calm", "candid",
    "cheerful", "clever", "cosy", "crisp", "curious", "dapper", "daring", "eager", "earnest",
        "easy",
    "fair", "fleet", "fond", "frosty", "gentle", "glad", "golden", "graceful", "happy", "hardy",
    "honest", "humble", "ideal", "jolly", "keen", "kind", "lively", "loyal", "lucid", "mellow",
    "merry", "mighty", "modest", "neat", "nimble", "noble", "patient", "placid", "polite", "proud",
    "quick", "quiet", "ready", "serene", "sharp", "sincere", "smooth", "snug", "solid", "sunny",
    "swift", "tidy", "trusty", "upbeat", "valiant", "vivid", "warm", "wise", "witty", "zesty"
  };
  private static final String[] SURNAMES = {
    "allen",
    "babbage",
    "backus",
    "bartik",
    "berners",
    "boole",
    "borg",
    "brooks",
    "cerf",
    "church",
    "clarke",
    "codd",
    "conway",
    "dahl",
    "dijkstra",
    "eckert",
    "engelbart",
    "estrin",
    "feinler",
    "floyd",
    "forsythe",
    "goldberg",
    "goldstine",
    "gosling",
    "gray",
    "hamilton",
    "hamming",
    "hoare",
    "holberton",
    "hopper",
    "iverson",
    "johnson",
    "karp",
    "keller",
    "kernighan",
    "kilby",
    "kleene",
    "knuth",
    "lamarr",
    "lamport",
    "lampson",
    "liskov",
    "lovelace",
    "mauchly",
    "mccarthy",
    "mcilroy",
    "meltzer",
    "milner",
    "naur",
    "neumann",
    "noyce",
    "nygaard",
    "pascal",
    "perlman",
    "postel",
    "rabin",
    "ritchie",
    "sammet",
    "shannon",
    "snyder",
    "spence",
    "stallman",
    "strachey",
    "sutherland",
    "tarjan",
    "thompson",
    "turing",
    "ullman",
    "wilkes",
    "wirth",
    "zuse"
  };

  private RandomNames() {}

  /** A name; after some tries that met names in use, one with a digit at its end. */
  static String next(SplittableRandom random, int tries) {
    String name =
        ADJECTIVES[random.nextInt(ADJECTIVES.length)]
            + "_"
            + SURNAMES[random.nextInt(SURNAMES.length)];
    return tries < 6 ? name : name + random.nextInt(10 * (tries - 5));
  }
}
