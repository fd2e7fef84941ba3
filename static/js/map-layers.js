// What a map shows, apart from who moves it: the shapes, the ties and the communities, gathered where they are many.

import { arc, HEIGHT, point, WIDTH } from "./plane.js";

// Pixels that two communities have to be apart to be drawn apart.
const CELL = 42;
// How far the drawing of land and ties reaches beyond what is seen, so that moving it shows no empty edge.
const MARGIN = 0.3;
// Milliseconds of one frame that may be spent on ties.
const SLICE = 4;

// Shapes of the countries by their codes, "sea" among them.
export async function shapesFrom(address) {
  const drawing = new DOMParser().parseFromString(await (await fetch(address)).text(), "image/svg+xml");
  return new Map([...drawing.querySelectorAll("path")].map((one) => [one.id, new Path2D(one.getAttribute("d"))]));
}

// The answer of the registry, with every place on the plane and the ties of each place.
export function unpacked(answer) {
  const { id, name, country, x, y } = answer.places;
  const places = id.map((key, at) => {
    const [px, py] = point(x[at] / 100, y[at] / 100);
    return { id: key, name: name[at], country: answer.countries[country[at]], lon: x[at] / 100, lat: y[at] / 100, x: px, y: py, ties: [] };
  });
  const ties = [];
  for (let at = 0; at < answer.ties.length; at += 3) {
    const [first, second] = [places[answer.ties[at]], places[answer.ties[at + 1]]];
    const tie = { first, second, friendship: answer.ties[at + 2] === 1, lines: null };
    first.ties.push(tie);
    if (second !== first) second.ties.push(tie);
    ties.push(tie);
  }
  return { places, ties, levels: answer.levels, total: answer.total, shown: answer.shown, clusters: new Map() };
}

// Communities that would overlap at this scale, as one mark each; the same for all scales of a half step.
export function clustersAt(data, scale) {
  const step = Math.round(Math.log2(scale) * 2);
  if (!data.clusters.has(step)) data.clusters.set(step, gathered(data.places, CELL / 2 ** (step / 2)));
  return data.clusters.get(step);
}

function gathered(places, cell) {
  const cells = new Map();
  for (const place of places) {
    const key = Math.floor(place.x / cell) * 100_000 + Math.floor(place.y / cell);
    const mark = cells.get(key);
    if (mark) {
      mark.x += place.x;
      mark.y += place.y;
      mark.places.push(place);
    } else {
      cells.set(key, { x: place.x, y: place.y, places: [place] });
    }
  }
  for (const mark of cells.values()) {
    mark.x /= mark.places.length;
    mark.y /= mark.places.length;
  }
  return [...cells.values()].sort((a, b) => a.places.length - b.places.length);
}

export const radius = (mark) => (mark.places.length === 1 ? 4 : 7.5 + 1.15 * Math.log2(mark.places.length));

function linesOf(tie) {
  if (!tie.lines) {
    const { first, second } = tie;
    tie.lines = arc(first.lon, first.lat, second.lon, second.lat);
    const all = tie.lines.flat();
    tie.box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let at = 0; at < all.length; at += 2) {
      tie.box[0] = Math.min(tie.box[0], all[at]);
      tie.box[1] = Math.min(tie.box[1], all[at + 1]);
      tie.box[2] = Math.max(tie.box[2], all[at]);
      tie.box[3] = Math.max(tie.box[3], all[at + 1]);
    }
  }
  return tie.lines;
}

export function trace(context, tie) {
  context.beginPath();
  for (const line of linesOf(tie)) {
    context.moveTo(line[0], line[1]);
    for (let at = 2; at < line.length; at += 2) context.lineTo(line[at], line[at + 1]);
  }
  context.stroke();
}

// Land and ties at one place and scale, drawn a slice a frame: the one before is shown until this is finished.
export class Still {
  constructor(view, size, density, shapes, data, colours) {
    Object.assign(this, { view: { ...view }, data, colours, next: 0, done: false });
    this.width = size.width * (1 + 2 * MARGIN);
    this.height = size.height * (1 + 2 * MARGIN);
    this.canvas = document.createElement("canvas");
    this.canvas.width = Math.round(this.width * density);
    this.canvas.height = Math.round(this.height * density);
    this.context = this.canvas.getContext("2d");
    const { scale, x, y } = this.view;
    this.context.scale(density, density);
    this.context.translate(this.width / 2, this.height / 2);
    this.context.scale(scale, scale);
    this.context.translate(-x, -y);
    this.box = [x - this.width / 2 / scale, y - this.height / 2 / scale, x + this.width / 2 / scale, y + this.height / 2 / scale];
    this.land(shapes);
    this.seen = data.ties.length;
  }

  land(shapes) {
    const { context, colours, data } = this;
    context.fillStyle = colours.sea;
    context.fillRect(-WIDTH, -HEIGHT, 3 * WIDTH, 3 * HEIGHT);
    context.lineWidth = 0.6 / this.view.scale;
    context.strokeStyle = colours.border;
    for (const [code, shape] of shapes) {
      if (code === "sea") continue;
      context.fillStyle = colours.levels[data.levels[code] ?? 0];
      context.fill(shape);
      context.stroke(shape);
    }
  }

  // Draws ties for a slice of time; true when all are there.
  further() {
    const { context, colours, data, box } = this;
    const until = performance.now() + SLICE;
    context.lineWidth = 1.1 / this.view.scale;
    context.strokeStyle = colours.tie;
    context.globalAlpha = Math.max(0.035, Math.min(0.85, 120 / data.ties.length));
    while (this.next < data.ties.length) {
      const tie = data.ties[this.next++];
      linesOf(tie);
      if (tie.box[2] >= box[0] && tie.box[0] <= box[2] && tie.box[3] >= box[1] && tie.box[1] <= box[3]) trace(context, tie);
      if (this.next % 16 === 0 && performance.now() > until) return false;
    }
    this.done = true;
    return true;
  }

  // Onto the stage, moved and stretched to where the view is now.
  put(context, view, size) {
    const stretch = view.scale / this.view.scale;
    const [width, height] = [this.width * stretch, this.height * stretch];
    const left = size.width / 2 + (this.view.x - view.x) * view.scale - width / 2;
    const upper = size.height / 2 + (this.view.y - view.y) * view.scale - height / 2;
    context.drawImage(this.canvas, left, upper, width, height);
  }
}
