package dev.cooper.flags.processor;

import dev.cooper.flags.Mixin;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * The flags that a class declares, its superclass's first.
 *
 * @param flags in the order of their declaration
 * @param operands the expression of the list that takes operands, or null
 */
record Declarations(List<Declared> flags, @Nullable String operands) {

  /**
   * A field that is a flag.
   *
   * @param field the expression to assign to, such as {@code command().flags.name}
   * @param type what it holds
   * @param typeName the enum's qualified name; else empty
   */
  record Declared(String field, Type type, String typeName, Option option) {}

  /** What a flag's field holds, with what help calls its value. */
  enum Type {
    TRUTH(""),
    INTEGER("int"),
    WHOLE("int"),
    DECIMAL("float"),
    TEXT("string"),
    PATH("string"),
    LIST("list"),
    CHOICE("string");

    private final String label;

    Type(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  static Declarations of(TypeElement command, ProcessingEnvironment environment) {
    Reader reader = new Reader(environment);
    reader.read(command, "command()");
    return new Declarations(reader.flags, reader.operands);
  }

  private static final class Reader {
    private final ProcessingEnvironment environment;
    private final List<Declared> flags = new ArrayList<>();
    private final Map<String, Element> names = new HashMap<>();
    private @Nullable String operands;

    private Reader(ProcessingEnvironment environment) {
      this.environment = environment;
    }

    private void read(TypeElement type, String owner) {
      if (type.getSuperclass() instanceof DeclaredType parent
          && parent.asElement() instanceof TypeElement element
          && !element.getQualifiedName().contentEquals("java.lang.Object")) {
        read(element, owner);
      }
      for (Element field : type.getEnclosedElements()) {
        if (field.getKind() == ElementKind.FIELD) {
          readField(field, owner + "." + field.getSimpleName());
        }
      }
    }

    private void readField(Element field, String expression) {
      Option option = field.getAnnotation(Option.class);
      if (option != null) {
        flag(field, expression, option);
      } else if (field.getAnnotation(Parameters.class) != null) {
        reachable(field);
        if (type(field) != Type.LIST || operands != null) {
          throw new WrongDeclaration("operands go to one List<String>", field);
        }
        operands = expression;
      } else if (field.getAnnotation(Mixin.class) != null) {
        reachable(field);
        read((TypeElement) ((DeclaredType) field.asType()).asElement(), expression);
      }
    }

    private void flag(Element field, String expression, Option option) {
      reachable(field);
      Type type = type(field);
      if (type != Type.LIST && field.getModifiers().contains(Modifier.FINAL)) {
        throw new WrongDeclaration("a flag's field cannot be final", field);
      }
      if (type != Type.LIST && !option.split().isEmpty()) {
        throw new WrongDeclaration("only a list's value can be split", field);
      }
      for (String name : option.names()) {
        boolean brief = name.length() == 2 && name.charAt(0) == '-' && name.charAt(1) != '-';
        if (!brief && !(name.startsWith("--") && name.length() > 2 && !name.contains("="))) {
          throw new WrongDeclaration("no flag's name: " + name, field);
        }
        if (names.put(name, field) != null) {
          throw new WrongDeclaration("two flags are called " + name, field);
        }
      }
      String typeName = type == Type.CHOICE ? erased(field.asType()) : "";
      flags.add(new Declared(expression, type, typeName, option));
    }

    private static void reachable(Element field) {
      if (field.getModifiers().contains(Modifier.PRIVATE)) {
        throw new WrongDeclaration("a flag's field cannot be private", field);
      }
    }

    private Type type(Element field) {
      TypeMirror type = field.asType();
      return switch (type.getKind()) {
        case BOOLEAN -> Type.TRUTH;
        case INT -> Type.INTEGER;
        case LONG -> Type.WHOLE;
        case DOUBLE -> Type.DECIMAL;
        case DECLARED -> declared(field, (DeclaredType) type);
        default -> throw new WrongDeclaration("no flag can set a " + type, field);
      };
    }

    private Type declared(Element field, DeclaredType type) {
      switch (erased(type)) {
        case "java.lang.String":
          return Type.TEXT;
        case "java.lang.Integer":
          return Type.INTEGER;
        case "java.lang.Long":
          return Type.WHOLE;
        case "java.lang.Double":
          return Type.DECIMAL;
        case "java.nio.file.Path":
          return Type.PATH;
        case "java.util.List":
          if (type.getTypeArguments().size() == 1
              && type.getTypeArguments().get(0).getKind() == TypeKind.DECLARED
              && erased(type.getTypeArguments().get(0)).equals("java.lang.String")) {
            return Type.LIST;
          }
          throw new WrongDeclaration("a flag's list is a List<String>", field);
        default:
          if (type.asElement().getKind() == ElementKind.ENUM) {
            return Type.CHOICE;
          }
          throw new WrongDeclaration("no flag can set a " + type, field);
      }
    }

    /** The type's name without its arguments and annotations. */
    private String erased(TypeMirror type) {
      TypeElement element =
          (TypeElement) ((DeclaredType) environment.getTypeUtils().erasure(type)).asElement();
      return element.getQualifiedName().toString();
    }
  }
}
