
"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  // Everything from the image goes in as text, never as markup.
  const make = (tag, text, className) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  const size = (bytes) => {
    const units = ["B", "kB", "MB", "GB", "TB"];
    let unit = 0;
    while (bytes >= 999.5 && unit < units.length - 1) { bytes /= 1000; unit++; }
    return (unit === 0 ? bytes : Number(bytes.toPrecision(3))) + " " + units[unit];
  };
  const percent = (part, whole) => (whole > 0 ? (100 * part / whole).toFixed(1) : "0.0") + " %";
  const hue = (layer) => Math.round((layer * 137.508 + 210) % 360);
  const paint = (element, layer) => element.style.setProperty("--hue", String(hue(Math.max(layer, 0))));
  const layerName = (layer) => layer < 0 ? "no layer" : "layer " + (layer + 1);

  // A node is [name, layer, size] for a file and [name, layer, [children]] for a folder.
  const root = (function build(raw, parent) {
    const node = { name: raw[0], layer: raw[1], parent: parent, children: null, size: 0, files: 0, by: new Map() };
    if (Array.isArray(raw[2])) {
      node.children = raw[2].map((child) => build(child, node));
      for (const child of node.children) {
        node.size += child.size;
        node.files += child.files;
        child.by.forEach((bytes, layer) => node.by.set(layer, (node.by.get(layer) || 0) + bytes));
      }
      node.children.sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1));
    } else {
      node.size = raw[2];
      node.files = 1;
      node.by.set(node.layer, node.size);
    }
    let most = -1;
    node.main = node.layer;
    node.by.forEach((bytes, layer) => { if (bytes > most) { most = bytes; node.main = layer; } });
    return node;
  })(data.tree, null);
  const path = (node) => node.parent ? (node.parent.parent ? path(node.parent) : "") + "/" + node.name : "/";

  $("name").textContent = data.name;
  for (const [term, value] of data.facts) {
    const group = make("div");
    group.append(make("dt", term), make("dd", value));
    $("facts").append(group);
  }

  let chosen = -1;
  const total = data.layers.reduce((sum, layer) => sum + layer.size, 0);
  data.layers.forEach((layer, index) => {
    const item = make("li");
    item.style.flexGrow = String(Math.max(layer.size, total / 200, 1));
    const button = make("button", String(index + 1));
    paint(button, index);
    button.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-label", "Layer " + (index + 1) + ", " + size(layer.size) + ", " + percent(layer.size, total) + ": " + (layer.instruction || "no instruction") + ". Press to show only its files");
    button.title = layer.instruction;
    button.addEventListener("click", () => choose(chosen === index ? -1 : index));
    item.append(button);
    $("bar").append(item);
    const part = make("span");
    part.style.flexGrow = String(layer.size);
    part.title = "layer " + (index + 1) + ", " + size(layer.size);
    paint(part, index);
    $("strip").append(part);
    const row = make("tr");
    const number = make("td", undefined, "layer");
    const swatch = make("span", "", "swatch");
    paint(swatch, index);
    number.append(swatch, String(index + 1));
    const counts = [["added", layer.added], ["changed", layer.changed], ["removed", layer.removed]].map(([word, count]) => {
      const cell = make("td", String(count), "number");
      cell.dataset.word = word;
      return cell;
    });
    row.append(number, make("td", size(layer.size), "number"), ...counts, make("td", layer.instruction, "path"));
    $("layers").tBodies[0].append(row);
  });
  const BUTTON = 28;
  function pack() {
    const packed = data.layers.length * BUTTON > $("bar").clientWidth;
    $("bar").classList.toggle("packed", packed);
    $("strip").classList.toggle("packed", packed);
  }
  pack();
  function choose(index) {
    chosen = index;
    $("bar").querySelectorAll("button").forEach((button, i) => button.setAttribute("aria-pressed", String(i === index)));
    show(current, false);
  }

  // Squarified treemap (Bruls, Huizing, van Wijk 2000).
  function layout(nodes, width, height) {
    const sum = nodes.reduce((s, n) => s + n.area, 0);
    const places = [];
    let x = 0, y = 0, w = width, h = height, rest = nodes.slice(), left = sum;
    while (rest.length) {
      const short = Math.min(w, h), scale = w * h / left;
      let row = [], rowSum = 0, best = Infinity;
      while (rest.length) {
        const next = rowSum + rest[0].area;
        const side = next * scale / short;
        let worst = 0;
        for (const n of row.concat(rest[0])) {
          const other = n.area * scale / side;
          worst = Math.max(worst, side / other, other / side);
        }
        if (row.length && worst > best) break;
        best = worst;
        rowSum = next;
        row.push(rest.shift());
      }
      const side = rowSum * scale / short;
      let at = 0;
      for (const n of row) {
        const length = n.area * scale / side;
        places.push(w >= h ? { n: n, x: x, y: y + at, w: side, h: length } : { n: n, x: x + at, y: y, w: length, h: side });
        at += length;
      }
      if (w >= h) { x += side; w -= side; } else { y += side; h -= side; }
      left -= rowSum;
    }
    return places;
  }

  // What is in a folder, drawn within its tile: for the eye and the mouse, as deep as there is room.
  // Keyboards and screen readers go by the tiles.
  const HEADING = 19, LETTER = 8.5, DEPTH = 4, INNER = 60;
  function fill(box, node, width, height, depth) {
    if (depth > DEPTH || !node.children || width < 50 || height < 40) return;
    const w = width - 6, h = height - HEADING - 4;
    const items = node.children.slice(0, INNER).filter((n) => n.size > 0).map((n) => ({ node: n, area: n.size }));
    for (const place of layout(items, w, h)) {
      if (place.w < 4 || place.h < 4) continue;
      const n = place.n.node;
      const inner = make("span", undefined, "inner" + (dims(n) ? " dim" : ""));
      inner.style.left = 2 + place.x + "px";
      inner.style.top = HEADING + place.y + "px";
      inner.style.width = place.w - 1 + "px";
      inner.style.height = place.h - 1 + "px";
      paint(inner, n.main);
      inner.title = describe(n);
      if (place.w > 40 && place.h > 18) inner.append(make("span", n.name + (n.children ? "/" : ""), "heading"));
      inner.addEventListener("click", (event) => {
        event.stopPropagation();
        if (n.children && n.children.length) show(n, true);
        else { show(n.parent, false); tell(n); }
      });
      box.append(inner);
      fill(inner, n, place.w - 1, place.h - 1, depth + 1);
    }
  }
  const dims = (n) => chosen >= 0 && !(n.by.get(chosen) > 0) && n.layer !== chosen;

  // As small as a tile may get, so that a finger finds it; all of these together take a quarter.
  const MOST = 120, LEAST = 26;
  let current = root;
  function show(node, focus) {
    current = node;
    const crumbs = $("crumbs");
    crumbs.replaceChildren();
    const chain = [];
    for (let n = node; n; n = n.parent) chain.unshift(n);
    chain.forEach((n, i) => {
      const button = make("button", i === 0 ? "/" : n.name + "/");
      if (n === node) button.setAttribute("aria-current", "location");
      button.addEventListener("click", () => show(n, true));
      crumbs.append(button);
    });
    const map = $("map");
    map.replaceChildren();
    const shown = node.children.slice(0, MOST);
    const width = map.clientWidth || 600, height = map.clientHeight || 400;
    const least = Math.max(node.size * Math.min(LEAST * LEAST / (width * height), 0.25 / shown.length), 1);
    const items = shown.map((n) => ({ node: n, area: Math.max(n.size, least) }));
    for (const place of layout(items, width, height)) {
      const n = place.n.node;
      const item = make("li");
      item.style.left = 100 * place.x / width + "%";
      item.style.top = 100 * place.y / height + "%";
      item.style.width = 100 * place.w / width + "%";
      item.style.height = 100 * place.h / height + "%";
      const tile = make("button", undefined, "tile" + (n.children ? " folder" : ""));
      if (dims(n)) tile.classList.add("dim");
      paint(tile, n.main);
      const name = n.name + (n.children ? "/" : "");
      // A name that is cut off says something; a number that is cut off says something else.
      const label = place.w > (name.length + size(n.size).length + 2) * LETTER ? name + " " + size(n.size) : name;
      if (place.w > 24 && place.h > 18) tile.append(make("span", label, "heading"));
      fill(tile, n, place.w - 2, place.h - 2, 1);
      const what = describe(n);
      tile.setAttribute("aria-label", what);
      tile.title = what;
      tile.addEventListener("click", () => n.children && n.children.length ? show(n, true) : tell(n));
      tile.addEventListener("focus", () => tell(n));
      item.append(tile);
      map.append(item);
    }
    const more = node.children.length - shown.length;
    $("about").textContent = path(node) + ": " + size(node.size) + " in " + node.files + (node.files === 1 ? " file" : " files") + (more > 0 ? "; the " + MOST + " largest of " + node.children.length + " are shown" : "");
    if (focus) {
      const first = map.querySelector("button") || crumbs.lastElementChild;
      first.focus();
    }
  }
  const describe = (n) => path(n) + (n.children ? ", folder, " : ", ") + size(n.size) + ", " + percent(n.size, root.size) + ", " + (n.children ? "mostly " : "from ") + layerName(n.main);
  const tell = (n) => { $("about").textContent = describe(n); };
  $("map").addEventListener("keydown", (event) => {
    const tiles = Array.from($("map").querySelectorAll("button"));
    const at = tiles.indexOf(document.activeElement);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step && at >= 0) {
      tiles[(at + step + tiles.length) % tiles.length].focus();
      event.preventDefault();
    } else if ((event.key === "Backspace" || event.key === "Escape") && current.parent) {
      const from = current;
      show(current.parent, true);
      const index = current.children.indexOf(from);
      const back = $("map").querySelectorAll("button")[index];
      if (back) back.focus();
      event.preventDefault();
    }
  });
  // The same folder in another size: whoever was at one of its buttons stays there.
  function redraw() {
    pack();
    const buttons = () => Array.from(document.querySelectorAll("#crumbs button, #map button"));
    const at = buttons().indexOf(document.activeElement);
    show(current, false);
    if (at >= 0) buttons()[at].focus();
  }
  let timer;
  window.addEventListener("resize", () => { clearTimeout(timer); timer = setTimeout(redraw, 100); });

  const all = [];
  (function gather(node, prefix) {
    for (const child of node.children) {
      const full = prefix + "/" + child.name;
      all.push([full, child]);
      if (child.children) gather(child, full);
    }
  })(root, "");
  $("query").addEventListener("input", () => {
    const query = $("query").value.toLowerCase();
    const results = $("results");
    results.replaceChildren();
    if (!query) { $("count").textContent = ""; return; }
    const found = all.filter((entry) => entry[0].toLowerCase().includes(query));
    $("count").textContent = found.length + (found.length === 1 ? " path" : " paths") + (found.length > 200 ? ", the first 200 shown" : "");
    for (const [full, node] of found.slice(0, 200)) {
      const item = make("li");
      const button = make("button", full);
      button.addEventListener("click", () => { show(node.children ? node : node.parent, true); tell(node); $("files").scrollIntoView(); });
      const swatch = make("span", "", "swatch");
      paint(swatch, node.main);
      item.append(swatch, button, " " + size(node.size) + ", " + layerName(node.layer));
      results.append(item);
    }
  });

  $("waste-sum").textContent = data.wasteSum;
  $("wasted").hidden = data.waste.length === 0;
  for (const [count, bytes, name] of data.waste) {
    const row = make("tr");
    row.append(make("td", String(count), "number"), make("td", size(bytes), "number"), make("td", name, "path"));
    $("waste").tBodies[0].append(row);
  }
  for (const [text, empty] of data.history) $("history").append(make("li", text, empty ? "empty" : ""));
  for (const [term, value] of data.config) $("config").append(make("dt", term), make("dd", value));
  show(root, false);
})();
