package dev.cooper.cli;

/** A command was given more or fewer words than it takes. */
final class WrongOperands extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String demand;

  /**
   * @param demand such as {@code requires exactly 2 arguments.}
   */
  WrongOperands(String demand) {
    super(demand, null, false, false);
    this.demand = demand;
  }

  String demand() {
    return demand;
  }
}
