package dev.cooper.flags.processor;

import javax.lang.model.element.Element;

/** An annotated field that cannot be a flag: an error of the compilation, at that field. */
final class WrongDeclaration extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Element where;

  WrongDeclaration(String message, Element where) {
    super(message);
    this.where = where;
  }

  Element where() {
    return where;
  }
}
