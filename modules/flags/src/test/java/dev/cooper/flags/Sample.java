package dev.cooper.flags;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the processor writes for a command, written by hand: the processor's own tests compare. */
final class Sample extends CommandFlags<Sample.Command> {
  static final class Command {
    boolean detach;
    boolean tty;
    boolean proxy = true;
    @Nullable Integer time;
    String name = "";
    String progress = "";
    List<String> volume = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<String> words = new ArrayList<>();
  }

  Sample() {
    super(new Command());
  }

  @Override
  public String name() {
    return "sample";
  }

  @Override
  public String synopsis() {
    return "cooper sample [OPTIONS]";
  }

  @Override
  public String description() {
    return "A sample";
  }

  @Override
  public Flag[] flags() {
    return new Flag[] {
      new Flag(new String[] {"-d", "--detach"}, "", "", false, "true"),
      new Flag(new String[] {"-t", "--tty"}, "", "", false, "true"),
      new Flag(new String[] {"--sig-proxy"}, "", "", false, "true"),
      new Flag(new String[] {"-T", "--time", "--timeout"}, "int", "", false, null),
      new Flag(new String[] {"--name"}, "string", "", false, null),
      new Flag(new String[] {"--progress"}, "string", "", false, "auto"),
      new Flag(new String[] {"-v", "--volume"}, "list", "", false, null),
      new Flag(new String[] {"--names"}, "list", "", false, null),
    };
  }

  @Override
  protected void set(int flag, String value) {
    switch (flag) {
      case 0 -> command().detach = truth(value);
      case 1 -> command().tty = truth(value);
      case 2 -> command().proxy = truth(value);
      case 3 -> command().time = integer(value);
      case 4 -> command().name = value;
      case 5 -> command().progress = value;
      case 6 -> command().volume.add(value);
      case 7 -> split(command().names, value, ",");
      default -> throw new IndexOutOfBoundsException(flag);
    }
  }

  @Override
  protected boolean operand(String word) {
    return command().words.add(word);
  }
}
