// Draws static/vendor/world-atlas/world.svg anew from Natural Earth's countries. Needed only when shapes change:
//
//   npm install world-atlas@2 d3-geo@3 topojson-client@3 topojson-simplify@3
//   node deploy/world.mjs node_modules/world-atlas/countries-50m.json > static/vendor/world-atlas/world.svg
//
// One path a country, its id the ISO 3166-1 code, in the plane of partnerships/rules/projection.py (Equal Earth).

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "world.mjs"));
const { feature } = require("topojson-client");
const { geoEqualEarth, geoEqualEarthRaw, geoPath } = require("d3-geo");
const simplify = require("topojson-simplify");

// The plane: 1000 wide, from 84° north to 58° south, without Antarctica.
const WIDTH = 1000;
const NORTH = 84;
const SOUTH = -58;
const scale = WIDTH / 2 / geoEqualEarthRaw(Math.PI, 0)[0];
const radians = (degrees) => (degrees * Math.PI) / 180;
const top = geoEqualEarthRaw(0, radians(NORTH))[1] * scale;
const height = Math.round(top - geoEqualEarthRaw(0, radians(SOUTH))[1] * scale);
// Cuts shapes at the antimeridian, which the atlas has sewn together there.
const plane = geoEqualEarth().scale(scale).translate([WIDTH / 2, top]).precision(0.4).clipExtent([[0, 0], [WIDTH, height]]);

// Natural Earth names by number; these have none, or are parts of what ISO 3166-1 knows.
const BY_NAME = { Kosovo: "XK", Somaliland: "SO", "N. Cyprus": "CY" };
// Places with a code of their own that Natural Earth draws as a part of another country or not at all.
const DOTS = {
  BQ: [-68.27, 12.15], CC: [96.84, -12.17], CX: [105.68, -10.45], GF: [-52.33, 4.94], GI: [-5.35, 36.14],
  GP: [-61.55, 16.24], MQ: [-61.02, 14.64], RE: [55.53, -21.11], SJ: [15.64, 78.22], TK: [-171.8, -9.2],
  TV: [179.2, -8.52], YT: [45.17, -12.83],
}; // prettier-ignore
const iso = JSON.parse(readFileSync(new URL("./world-codes.json", import.meta.url)));

const SMALLEST = 1.2; // what covers less of the plane is drawn as a dot, so that it can be seen
const RADIUS = 1.5;
const round = (value) => Math.round(value * 10) / 10;
const area = (ring) =>
  Math.abs(ring.reduce((sum, [x, y], at) => sum + x * ring[(at + 1) % ring.length][1] - ring[(at + 1) % ring.length][0] * y, 0)) / 2;

function written(points) {
  let [lastX, lastY] = points[0].map(round);
  let text = `M${lastX} ${lastY}l`;
  const steps = [];
  for (const [px, py] of points.slice(1)) {
    const [x, y] = [round(px), round(py)];
    if (x === lastX && y === lastY) continue;
    steps.push(`${round(x - lastX)} ${round(y - lastY)}`);
    [lastX, lastY] = [x, y];
  }
  return steps.length < 2 ? "" : `${text}${steps.join(" ").replaceAll(" -", "-")}z`;
}
// The closed lines that a shape is drawn with.
const ringsOf = (shape) =>
  (geoPath(plane)(shape) ?? "").split("Z").filter(Boolean).map((line) => line.slice(1).split("L").map((point) => point.split(",").map(Number)));
const dot = ([x, y]) => `M${round(x - RADIUS)} ${round(y)}a${RADIUS} ${RADIUS} 0 1 0 ${2 * RADIUS} 0a${RADIUS} ${RADIUS} 0 1 0-${2 * RADIUS} 0z`;

const atlas = JSON.parse(readFileSync(process.argv[2]));
const weighed = simplify.presimplify(atlas, simplify.sphericalTriangleArea);
const light = simplify.simplify(weighed, 1.5e-5);
const shapes = new Map();
for (const country of feature(light, light.objects.countries).features) {
  const code = BY_NAME[country.properties.name] ?? iso[country.id];
  if (!code || code === "AQ" || country.properties.name.startsWith("Indian")) continue;
  const rings = ringsOf(country);
  shapes.set(code, [...(shapes.get(code) ?? []), ...rings]);
}
const lines = [];
for (const [code, rings] of shapes) {
  const sizes = rings.map(area);
  const largest = sizes.indexOf(Math.max(...sizes));
  const drawn = rings.filter((ring, at) => sizes[at] >= 0.35 || (at === largest && sizes[at] >= SMALLEST)).map(written).join("");
  const middle = rings[largest].reduce(([x, y], [px, py]) => [x + px / rings[largest].length, y + py / rings[largest].length], [0, 0]);
  lines.push([code, sizes[largest] < SMALLEST || !drawn ? dot(middle) : drawn]);
}
for (const [code, place] of Object.entries(DOTS)) if (!shapes.has(code)) lines.push([code, dot(plane(place))]);
lines.sort(([a], [b]) => (a < b ? -1 : 1));

const sea = ringsOf({ type: "Sphere" }).map(written).join("");
console.log(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}">
<!-- Made with Natural Earth (public domain); see NOTICE. Borders are drawn as that source does. -->
<path id="sea" d="${sea}"/>
<g id="land">
${lines.map(([code, d]) => `<path id="${code}" d="${d}"/>`).join("\n")}
</g>
</svg>`);
