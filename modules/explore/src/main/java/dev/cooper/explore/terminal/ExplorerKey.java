package dev.cooper.explore.terminal;

/**
 * A key of the terminal explorer.
 *
 * @param action what it asks for
 * @param character the character typed, for {@link Action#CHARACTER}, else 0
 */
public record ExplorerKey(Action action, int character) {
  /** What keys ask for; the names say which they are. */
  public enum Action {
    QUIT,
    SWITCH_PANE,
    UP,
    DOWN,
    LEFT,
    RIGHT,
    PAGE_UP,
    PAGE_DOWN,
    FIRST,
    LAST,
    TOGGLE,
    TOGGLE_ALL,
    FILTER,
    SORT,
    ATTRIBUTES,
    ADDED,
    REMOVED,
    CHANGED,
    UNCHANGED,
    LAYER_ALONE,
    LAYERS_TOGETHER,
    ENTER,
    BACKSPACE,
    ESCAPE,
    CHARACTER
  }

  public static ExplorerKey of(Action action) {
    return new ExplorerKey(action, 0);
  }
}
