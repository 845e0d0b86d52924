package dev.cooper.flags.processor;

import dev.cooper.flags.Usage;
import java.io.IOException;
import java.io.Writer;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/** Finds the classes with {@link Usage} and writes the class of each one's flags. */
public final class FlagProcessor extends AbstractProcessor {
  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of(Usage.class.getName());
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    for (Element element : round.getElementsAnnotatedWith(Usage.class)) {
      try {
        write((TypeElement) element);
      } catch (WrongDeclaration e) {
        processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, e.getMessage(), e.where());
      } catch (IOException e) {
        processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, e.toString(), element);
      }
    }
    return false;
  }

  private void write(TypeElement command) throws IOException {
    String source = new FlagClass(command, Declarations.of(command, processingEnv)).source();
    try (Writer out =
        processingEnv
            .getFiler()
            .createSourceFile(command.getQualifiedName() + FlagClass.SUFFIX, command)
            .openWriter()) {
      out.write(source);
    }
  }
}
