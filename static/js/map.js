// The map that moves. The page stands without it: this takes the place of its drawing once shapes and facts are here.
// Frames are drawn on demand only; land and ties come from a picture that is made anew when the map has come to rest.

import { HEIGHT, WIDTH } from "./plane.js";
import { clustersAt, radius, shapesFrom, Still, trace, unpacked } from "./map-layers.js";

const CLOSEST = 64;
const REST = 140; // milliseconds without a move after which the picture is made anew
const NAMES = 40; // so few communities in sight are named
const REACH = 10; // pixels around a mark that still mean it

let shapes;
let kept = null; // where the reader was, when filters bring another map

class Atlas {
  constructor(root, data) {
    Object.assign(this, { root, data, words: root.dataset, still: null, coming: null, marked: null, focus: false });
    this.build();
    this.colours = this.coloursNow();
    this.resize();
    this.view = kept ?? { k: 1, x: WIDTH / 2, y: HEIGHT / 2 };
    this.bounded();
    new ResizeObserver(() => this.resize()).observe(this.stage);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.recolour());
    this.listen();
    this.renew();
  }

  build() {
    this.stage = document.createElement("div");
    this.stage.className = "atlas__stage";
    this.canvas = document.createElement("canvas");
    this.canvas.className = "atlas__canvas";
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "application");
    this.canvas.setAttribute("aria-label", `${this.words.wordLabel}. ${this.words.wordHelp}`);
    this.tip = document.createElement("p");
    this.tip.className = "atlas__tip soft";
    this.tip.setAttribute("aria-hidden", "true");
    this.tip.textContent = this.words.wordHelp;
    this.said = document.createElement("p");
    this.said.className = "visually-hidden";
    this.said.setAttribute("role", "status");
    const tools = document.createElement("div");
    tools.className = "atlas__tools";
    const zoom = (factor) => () => this.zoom(factor);
    tools.append(
      this.tool("+", this.words.wordIn, zoom(2)),
      this.tool("−", this.words.wordOut, zoom(0.5)),
      this.tool("○", this.words.wordAll, () => this.whole()),
    );
    this.stage.append(this.canvas, tools);
    this.context = this.canvas.getContext("2d");
    const figure = this.root.querySelector(".world__drawing");
    figure.replaceWith(this.stage, this.tip, this.said);
  }

  tool(sign, label, act) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "atlas__tool", textContent: sign });
    button.setAttribute("aria-label", label);
    button.title = label;
    button.addEventListener("click", act);
    return button;
  }

  coloursNow() {
    const style = getComputedStyle(this.root);
    const probe = document.createElement("i");
    this.root.append(probe);
    const of = (name) => {
      probe.style.color = `var(${name})`;
      return getComputedStyle(probe).color;
    };
    const names = ["sea", "land", "border", "1", "2", "3", "4", "5", "tie", "dot"];
    const map = Object.fromEntries(names.map((name) => [name, of(`--map-${name}`)]));
    const found = { ...map, levels: [map.land, map[1], map[2], map[3], map[4], map[5]], ink: of("--ink"), surface: of("--surface"), accent: of("--accent") };
    probe.remove();
    return { ...found, font: style.fontFamily };
  }

  recolour() {
    this.colours = this.coloursNow();
    this.renew();
  }

  resize() {
    const box = this.stage.getBoundingClientRect();
    if (!box.width) return;
    this.size = { width: box.width, height: box.height };
    this.density = Math.min(2, devicePixelRatio || 1);
    this.canvas.width = Math.round(box.width * this.density);
    this.canvas.height = Math.round(box.height * this.density);
    if (this.view) {
      this.bounded();
      this.renew();
    }
  }

  // --- Where the reader is

  // Fills the stage on a narrow screen, shows the whole world on a wide one.
  get whole1() {
    return Math.max(this.size.width / WIDTH, (this.size.height / HEIGHT) * 0.999);
  }

  bounded() {
    const view = this.view;
    view.k = Math.max(1, Math.min(CLOSEST, view.k));
    view.scale = this.whole1 * view.k;
    // What lies at the edge of the world can be brought near the middle.
    const within = (value, full, seen) => (seen >= full * 0.999 ? full / 2 : Math.max(seen * 0.1, Math.min(full - seen * 0.1, value)));
    view.x = within(view.x, WIDTH, this.size.width / view.scale);
    view.y = within(view.y, HEIGHT, this.size.height / view.scale);
    this.canvas.style.touchAction = view.k > 1 ? "none" : "pan-y";
    kept = { ...view };
  }

  moved() {
    this.bounded();
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.renew(), REST);
    this.draw();
  }

  pan(dx, dy) {
    this.view.x -= dx / this.view.scale;
    this.view.y -= dy / this.view.scale;
    this.moved();
  }

  // About the point of the stage, its middle if none is given.
  zoom(factor, at = { x: this.size.width / 2, y: this.size.height / 2 }) {
    const before = this.onPlane(at);
    this.view.k *= factor;
    this.bounded();
    const after = this.onPlane(at);
    this.view.x += before.x - after.x;
    this.view.y += before.y - after.y;
    this.moved();
    this.tell();
  }

  whole() {
    Object.assign(this.view, { k: 1, x: WIDTH / 2, y: HEIGHT / 2 });
    this.moved();
    this.tell();
  }

  onPlane({ x, y }) {
    const { view, size } = this;
    return { x: view.x + (x - size.width / 2) / view.scale, y: view.y + (y - size.height / 2) / view.scale };
  }

  onStage({ x, y }) {
    const { view, size } = this;
    return { x: size.width / 2 + (x - view.x) * view.scale, y: size.height / 2 + (y - view.y) * view.scale };
  }

  // --- Drawing

  renew() {
    this.coming = new Still(this.view, this.size, this.density, shapes, this.data, this.colours);
    if (!this.still) this.still = this.coming;
    this.draw();
  }

  draw() {
    if (!this.asked) this.asked = requestAnimationFrame(() => this.frame());
  }

  frame() {
    this.asked = 0;
    if (!this.root.isConnected) return;
    const { context, size, density, colours } = this;
    if (this.coming?.further()) {
      this.still = this.coming;
      this.coming = null;
      this.root.dataset.ready = "yes";
    }
    context.setTransform(density, 0, 0, density, 0, 0);
    context.fillStyle = colours.sea;
    context.fillRect(0, 0, size.width, size.height);
    this.still.put(context, this.view, size);
    if (this.marked) this.highlight();
    this.marks();
    if (this.focus) this.crosshair();
    if (this.coming) this.draw();
  }

  inSight() {
    const { view, size } = this;
    const [dx, dy] = [(size.width / 2 + 30) / view.scale, (size.height / 2 + 30) / view.scale];
    return clustersAt(this.data, view.scale).filter((one) => Math.abs(one.x - view.x) < dx && Math.abs(one.y - view.y) < dy);
  }

  marks() {
    const { context, colours } = this;
    const seen = this.inSight();
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineWidth = 1.5;
    for (const mark of seen) {
      const { x, y } = this.onStage(mark);
      context.beginPath();
      context.arc(x, y, radius(mark), 0, 2 * Math.PI);
      context.fillStyle = mark === this.marked ? colours.accent : colours.dot;
      context.strokeStyle = colours.surface;
      context.fill();
      context.stroke();
      if (mark.places.length > 1) {
        context.font = `600 11px ${colours.font}`;
        context.fillStyle = mark === this.marked ? "#15272c" : colours.surface;
        context.fillText(String(mark.places.length), x, y + 0.5);
      }
    }
    if (seen.length <= NAMES) this.names(seen.filter((mark) => mark.places.length === 1));
  }

  names(seen) {
    const { context, colours } = this;
    context.font = `13px ${colours.font}`;
    context.textAlign = "start";
    context.lineWidth = 3;
    context.strokeStyle = colours.surface;
    context.fillStyle = colours.ink;
    for (const mark of seen) {
      const { x, y } = this.onStage(mark);
      context.strokeText(mark.places[0].name, x + 8, y);
      context.fillText(mark.places[0].name, x + 8, y);
    }
  }

  highlight() {
    const { context, view, size, colours } = this;
    context.save();
    context.translate(size.width / 2, size.height / 2);
    context.scale(view.scale, view.scale);
    context.translate(-view.x, -view.y);
    context.lineWidth = 2 / view.scale;
    context.strokeStyle = colours.accent;
    const ties = this.marked.places.length > 30 ? [] : this.marked.places.flatMap((place) => place.ties);
    for (const tie of ties.slice(0, 400)) trace(context, tie);
    context.restore();
  }

  crosshair() {
    const { context, size, colours } = this;
    const [x, y] = [size.width / 2, size.height / 2];
    context.strokeStyle = colours.ink;
    context.lineWidth = 1.5;
    context.beginPath();
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      context.moveTo(x + 5 * dx, y + 5 * dy);
      context.lineTo(x + 13 * dx, y + 13 * dy);
    }
    context.stroke();
  }

  // --- What is pointed at

  nearest(at, reach = REACH) {
    let found = null;
    let least = Infinity;
    for (const mark of this.inSight()) {
      const { x, y } = this.onStage(mark);
      const away = Math.hypot(x - at.x, y - at.y) - radius(mark);
      if (away < Math.min(reach, least)) [found, least] = [mark, away];
    }
    return found;
  }

  worded(mark) {
    if (mark.places.length > 1) return `${this.words.wordCommunities} ${mark.places.length}`;
    const [place] = mark.places;
    return `${place.name}, ${place.country} · ${this.words.wordPartners} ${place.ties.length}`;
  }

  mark(found) {
    if (found === this.marked) return;
    this.marked = found;
    this.canvas.style.cursor = found ? "pointer" : "";
    this.tip.textContent = found ? this.worded(found) : this.words.wordHelp;
    this.draw();
  }

  open(mark) {
    if (mark.places.length > 1) {
      Object.assign(this.view, { x: mark.x, y: mark.y });
      this.zoom(this.view.k >= CLOSEST ? 1 : 2.5);
      return;
    }
    location.assign(this.words.place.replace("/0/", `/${mark.places[0].id}/`));
  }

  // For those who do not see it: what is in the middle now.
  tell() {
    if (!this.focus) return;
    const found = this.nearest({ x: this.size.width / 2, y: this.size.height / 2 }, 60);
    this.mark(found);
    this.said.textContent = found ? this.worded(found) : "";
  }

  // --- Hands

  listen() {
    const { canvas } = this;
    const held = new Map();
    const place = (event) => ({ x: event.offsetX, y: event.offsetY });
    let way = 0;
    canvas.addEventListener("pointerdown", (event) => {
      held.set(event.pointerId, place(event));
      way = 0;
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      const [now, before] = [place(event), held.get(event.pointerId)];
      if (!before) {
        if (event.pointerType === "mouse") this.mark(this.nearest(now));
        return;
      }
      way += Math.hypot(now.x - before.x, now.y - before.y);
      const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
      if (other) {
        const stretch = Math.hypot(now.x - other.x, now.y - other.y) / (Math.hypot(before.x - other.x, before.y - other.y) || 1);
        this.zoom(stretch, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
      } else {
        this.pan(now.x - before.x, now.y - before.y);
      }
      held.set(event.pointerId, now);
    });
    const released = (event) => {
      const found = held.delete(event.pointerId) && way < 6 && event.type === "pointerup" ? this.nearest(place(event)) : null;
      if (found) this.open(found);
    };
    canvas.addEventListener("pointerup", released);
    canvas.addEventListener("pointercancel", released);
    canvas.addEventListener("pointerleave", () => this.focus || this.mark(null));
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    canvas.addEventListener("keydown", (event) => this.key(event));
    canvas.addEventListener("focus", () => this.focused(canvas.matches(":focus-visible")));
    canvas.addEventListener("blur", () => this.focused(false));
  }

  focused(yes) {
    this.focus = yes;
    this.mark(null);
    this.tell();
    this.draw();
  }

  // Turning the wheel moves the page, until the map was chosen.
  wheel(event) {
    if (!event.ctrlKey && document.activeElement !== this.canvas) return;
    event.preventDefault();
    this.zoom(2 ** (-event.deltaY / 400), { x: event.offsetX, y: event.offsetY });
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const far = Math.min(this.size.width, this.size.height) / 6;
    const acts = {
      ArrowLeft: () => this.pan(far, 0),
      ArrowRight: () => this.pan(-far, 0),
      ArrowUp: () => this.pan(0, far),
      ArrowDown: () => this.pan(0, -far),
      "+": () => this.zoom(2),
      "=": () => this.zoom(2),
      "-": () => this.zoom(0.5),
      0: () => this.whole(),
      Enter: () => this.marked && this.open(this.marked),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    this.focus = true;
    act();
    this.tell();
  }
}

async function start() {
  const root = document.querySelector("[data-atlas]:not([data-begun])");
  if (!root) return;
  root.dataset.begun = "yes";
  try {
    const [drawn, answer] = await Promise.all([shapes ?? shapesFrom(root.dataset.shapes), fetch(root.dataset.source)]);
    if (!answer.ok) return;
    shapes = drawn;
    const data = unpacked(await answer.json());
    if (root.isConnected) new Atlas(root, data);
  } catch {
    // The drawing of the page stays.
  }
}

document.addEventListener("live:shown", start);
start();
