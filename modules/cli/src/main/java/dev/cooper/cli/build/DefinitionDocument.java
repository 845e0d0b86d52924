package dev.cooper.cli.build;

import dev.cooper.dockerfile.Outline;
import dev.cooper.dockerfile.Source;
import dev.cooper.dockerfile.SourceRange;
import dev.cooper.dockerfile.Target;
import dev.cooper.dockerfile.Warning;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code --call=…,format=json} writes, in the shapes of BuildKit's subrequests. */
final class DefinitionDocument {
  private DefinitionDocument() {}

  static Map<String, Object> checks(List<Warning> warnings, Source source) {
    List<Object> all = new ArrayList<>();
    for (Warning warning : warnings) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("ruleName", warning.check().title());
      each.put("description", warning.check().description());
      each.put("url", DefinitionCall.url(warning));
      each.put("detail", warning.message());
      each.put("location", location(warning.range()));
      all.add(each);
    }
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("filename", source.fileName());
    file.put("language", "Dockerfile");
    file.put("data", data(source));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("warnings", all);
    document.put("sources", List.of(file));
    return document;
  }

  static Map<String, Object> outline(Outline outline, Source source) {
    Map<String, Object> document = new LinkedHashMap<>();
    put(document, "name", outline.name());
    put(document, "description", outline.description());
    List<Object> arguments = new ArrayList<>();
    for (Outline.Argument argument : outline.arguments()) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("name", argument.name());
      put(each, "description", argument.description());
      put(each, "value", argument.value());
      each.put("location", location(argument.range()));
      arguments.add(each);
    }
    putList(document, "args", arguments);
    putList(document, "secrets", secrets(outline.secrets()));
    putList(document, "ssh", secrets(outline.ssh()));
    document.put("sources", List.of(data(source)));
    return document;
  }

  private static List<Object> secrets(List<Outline.Secret> secrets) {
    List<Object> all = new ArrayList<>();
    for (Outline.Secret secret : secrets) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("name", secret.name());
      if (secret.required()) {
        each.put("required", true);
      }
      each.put("location", location(secret.range()));
      all.add(each);
    }
    return all;
  }

  static Map<String, Object> targets(List<Target> targets, Source source) {
    List<Object> all = new ArrayList<>();
    for (Target target : targets) {
      Map<String, Object> each = new LinkedHashMap<>();
      put(each, "name", target.name());
      if (target.isDefault()) {
        each.put("default", true);
      }
      put(each, "description", target.description());
      put(each, "base", target.base());
      put(each, "platform", target.platform());
      each.put("location", location(target.range()));
      all.add(each);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("targets", all);
    document.put("sources", List.of(data(source)));
    return document;
  }

  private static void put(Map<String, Object> map, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      map.put(name, value);
    }
  }

  private static void putList(Map<String, Object> map, String name, List<Object> values) {
    if (!values.isEmpty()) {
      map.put(name, values);
    }
  }

  private static Map<String, Object> location(SourceRange range) {
    return Map.of("ranges", List.of(range(range.startLine(), range.endLine())));
  }

  private static Map<String, Object> range(int start, int end) {
    Map<String, Object> range = new LinkedHashMap<>();
    range.put("start", Map.of("line", start));
    range.put("end", Map.of("line", end));
    return range;
  }

  private static String data(Source source) {
    return Base64.getEncoder().encodeToString(source.text().getBytes(StandardCharsets.UTF_8));
  }
}
