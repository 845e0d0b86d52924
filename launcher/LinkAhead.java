import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes out, in classes, what the compiler leaves to be linked when it first runs: a
 * {@code switch} over types (java.lang.runtime.SwitchBootstraps) and the {@code equals}, {@code
 * hashCode} and {@code toString} of records (java.lang.runtime.ObjectMethods). The virtual machine
 * makes classes for these at run time which its AOT cache cannot keep; a short command spends a
 * good part of its time so. What the methods written here answer is the same. A call site of
 * another shape (labels that are no types) is left as it is.
 *
 * <p>{@code java LinkAhead.java CLASSPATH JAR...} changes the jars in place.
 */
final class LinkAhead {
  private static final ClassDesc SWITCH = ClassDesc.of("java.lang.runtime.SwitchBootstraps");
  private static final ClassDesc RECORD = ClassDesc.of("java.lang.runtime.ObjectMethods");
  private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
  private static final ClassDesc BUILDER = ClassDesc.of("java.lang.StringBuilder");
  private static final int HIDDEN =
      ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;

  private final ClassFile format;

  /**
   * @param classes finds the class files of all types that the classes name
   */
  LinkAhead(ClassLoader classes) {
    format =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(classes)
                    .orElse(ClassHierarchyResolver.defaultResolver())
                    .cached()));
  }

  /** The class with its call sites written out; the same array if it has none. */
  byte[] link(byte[] bytes) {
    ClassModel model = format.parse(bytes);
    Sites sites = new Sites(model);
    boolean any =
        model.methods().stream()
            .flatMap(method -> method.code().stream())
            .flatMap(code -> code.elementStream())
            .anyMatch(element -> element instanceof InvokeDynamicInstruction site && Sites.can(site));
    if (!any) {
      return bytes;
    }
    return format.transformClass(
        model,
        new ClassTransform() {
          @Override
          public void accept(ClassBuilder builder, ClassElement element) {
            if (element instanceof MethodModel method) {
              builder.transformMethod(
                  method,
                  MethodTransform.transformingCode(sites::replace));
            } else {
              builder.with(element);
            }
          }

          @Override
          public void atEnd(ClassBuilder builder) {
            sites.writeTo(builder);
          }
        });
  }

  /** The call sites of one class, each of which becomes a method of it. */
  private static final class Sites {
    private record Site(String name, InvokeDynamicInstruction instruction) {}

    private final ClassDesc owner;
    private final boolean isInterface;
    private final List<Site> sites = new ArrayList<>();

    Sites(ClassModel model) {
      owner = model.thisClass().asSymbol();
      isInterface = (model.flags().flagsMask() & ClassFile.ACC_INTERFACE) != 0;
    }

    static boolean can(InvokeDynamicInstruction site) {
      DirectMethodHandleDesc bootstrap = site.bootstrapMethod();
      if (bootstrap.owner().equals(RECORD)) {
        return true;
      }
      return bootstrap.owner().equals(SWITCH)
          && bootstrap.methodName().equals("typeSwitch")
          && site.typeSymbol().returnType().equals(ConstantDescs.CD_int)
          && site.bootstrapArgs().stream().allMatch(label -> label instanceof ClassDesc);
    }

    void replace(CodeBuilder code, CodeElement element) {
      if (element instanceof InvokeDynamicInstruction site && can(site)) {
        String name = "linked$" + sites.size();
        sites.add(new Site(name, site));
        code.invokestatic(owner, name, site.typeSymbol(), isInterface);
      } else {
        code.with(element);
      }
    }

    void writeTo(ClassBuilder builder) {
      for (Site site : sites) {
        InvokeDynamicInstruction instruction = site.instruction();
        builder.withMethodBody(
            site.name(),
            instruction.typeSymbol(),
            HIDDEN,
            code -> {
              if (instruction.bootstrapMethod().owner().equals(SWITCH)) {
                typeSwitch(code, instruction.bootstrapArgs());
              } else {
                recordMethod(code, instruction);
              }
            });
      }
    }

    /** {@code (target, from)}: the first label at or after {@code from} that target is; -1: null. */
    private static void typeSwitch(CodeBuilder code, List<ConstantDesc> labels) {
      Label notNull = code.newLabel();
      code.aload(0).ifnonnull(notNull).iconst_m1().ireturn().labelBinding(notNull);
      for (int i = 0; i < labels.size(); i++) {
        Label next = code.newLabel();
        code.iload(1).loadConstant(i).if_icmpgt(next);
        code.aload(0).instanceOf((ClassDesc) labels.get(i)).ifeq(next);
        code.loadConstant(i).ireturn().labelBinding(next);
      }
      code.loadConstant(labels.size()).ireturn();
    }

    private static void recordMethod(CodeBuilder code, InvokeDynamicInstruction site) {
      List<ConstantDesc> arguments = site.bootstrapArgs();
      ClassDesc type = (ClassDesc) arguments.get(0);
      String joined = (String) arguments.get(1);
      List<String> names = joined.isEmpty() ? List.of() : List.of(joined.split(";"));
      List<ClassDesc> types = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        DirectMethodHandleDesc getter = (DirectMethodHandleDesc) arguments.get(2 + i);
        types.add(getter.invocationType().returnType());
      }
      switch (site.name().stringValue()) {
        case "equals" -> equals(code, type, names, types);
        case "hashCode" -> hashCode(code, type, names, types);
        case "toString" -> toString(code, type, names, types);
        default -> throw new IllegalStateException(site.name().stringValue());
      }
    }

    private static void equals(
        CodeBuilder code, ClassDesc type, List<String> names, List<ClassDesc> types) {
      Label different = code.newLabel();
      code.aload(1).instanceOf(type).ifeq(different);
      for (int i = 0; i < names.size(); i++) {
        ClassDesc part = types.get(i);
        code.aload(0).getfield(type, names.get(i), part);
        code.aload(1).checkcast(type).getfield(type, names.get(i), part);
        if (!part.isPrimitive()) {
          code.invokestatic(
              OBJECTS,
              "equals",
              MethodTypeDesc.of(
                  ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object));
          code.ifeq(different);
        } else {
          // The boxes' compare tells doubles apart as their equals does.
          code.invokestatic(
              box(part), "compare", MethodTypeDesc.of(ConstantDescs.CD_int, part, part));
          code.ifne(different);
        }
      }
      code.iconst_1().ireturn().labelBinding(different).iconst_0().ireturn();
    }

    private static void hashCode(
        CodeBuilder code, ClassDesc type, List<String> names, List<ClassDesc> types) {
      code.iconst_0();
      for (int i = 0; i < names.size(); i++) {
        ClassDesc part = types.get(i);
        code.bipush(31).imul().aload(0).getfield(type, names.get(i), part);
        ClassDesc hashed = part.isPrimitive() ? part : ConstantDescs.CD_Object;
        code.invokestatic(
            part.isPrimitive() ? box(part) : OBJECTS,
            "hashCode",
            MethodTypeDesc.of(ConstantDescs.CD_int, hashed));
        code.iadd();
      }
      code.ireturn();
    }

    private static void toString(
        CodeBuilder code, ClassDesc type, List<String> names, List<ClassDesc> types) {
      String simple = type.displayName();
      simple = simple.substring(simple.lastIndexOf('$') + 1);
      // A record declared in a method: its class's name has a number before its own.
      while (Character.isDigit(simple.charAt(0))) {
        simple = simple.substring(1);
      }
      code.new_(BUILDER).dup().invokespecial(BUILDER, "<init>", ConstantDescs.MTD_void);
      for (int i = 0; i < names.size(); i++) {
        ClassDesc part = types.get(i);
        append(code, (i == 0 ? simple + "[" : ", ") + names.get(i) + "=");
        code.aload(0).getfield(type, names.get(i), part);
        ClassDesc shown =
            switch (TypeKind.from(part)) {
              case REFERENCE -> ConstantDescs.CD_Object;
              case BYTE, SHORT -> ConstantDescs.CD_int;
              default -> part;
            };
        code.invokevirtual(BUILDER, "append", MethodTypeDesc.of(BUILDER, shown));
      }
      append(code, names.isEmpty() ? simple + "[]" : "]");
      code.invokevirtual(BUILDER, "toString", MethodTypeDesc.of(ConstantDescs.CD_String)).areturn();
    }

    private static void append(CodeBuilder code, String text) {
      code.loadConstant(text)
          .invokevirtual(BUILDER, "append", MethodTypeDesc.of(BUILDER, ConstantDescs.CD_String));
    }

    private static ClassDesc box(ClassDesc primitive) {
      return switch (TypeKind.from(primitive)) {
        case BOOLEAN -> ConstantDescs.CD_Boolean;
        case BYTE -> ConstantDescs.CD_Byte;
        case CHAR -> ConstantDescs.CD_Character;
        case SHORT -> ConstantDescs.CD_Short;
        case INT -> ConstantDescs.CD_Integer;
        case LONG -> ConstantDescs.CD_Long;
        case FLOAT -> ConstantDescs.CD_Float;
        case DOUBLE -> ConstantDescs.CD_Double;
        default -> throw new IllegalStateException(primitive.displayName());
      };
    }
  }
}
