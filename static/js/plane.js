// The plane of the maps: Equal Earth, as in partnerships/rules/plane.py. Positions are longitude and latitude in degrees.

export const WIDTH = 1000;
export const HEIGHT = 437;

const [NORTH, SOUTH] = [84, -58];
const [A1, A2, A3, A4, M] = [1.340264, -0.081106, 0.000893, 0.003796, Math.sqrt(3) / 2];
const RADIANS = Math.PI / 180;
// Degrees between two points of an arc.
const STEP = 4;

function raw(lon, lat) {
  const t = Math.asin(M * Math.sin(lat * RADIANS));
  const t2 = t * t;
  const t6 = t2 * t2 * t2;
  return [
    (lon * RADIANS * Math.cos(t)) / (M * (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2))),
    t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2)),
  ];
}

const SCALE = WIDTH / 2 / raw(180, 0)[0];
const TOP = raw(0, NORTH)[1] * SCALE;

export function point(lon, lat) {
  const [x, y] = raw(lon, Math.max(SOUTH, Math.min(NORTH, lat)));
  return [WIDTH / 2 + x * SCALE, TOP - y * SCALE];
}

// The shortest way as lines of [x, y, x, y, …]: one, or two where it crosses the antimeridian.
export function arc(lon1, lat1, lon2, lat2) {
  const lines = [[]];
  let before = null;
  for (const here of way(lon1, lat1, lon2, lat2)) {
    if (before && Math.abs(here[0] - before[0]) > 180) {
      const edge = before[0] > 0 ? 180 : -180;
      const span = here[0] + 2 * edge - before[0];
      const lat = before[1] + (here[1] - before[1]) * (span ? (edge - before[0]) / span : 0);
      lines.at(-1).push(...point(edge, lat));
      lines.push([...point(-edge, lat)]);
    }
    lines.at(-1).push(...point(here[0], here[1]));
    before = here;
  }
  return lines;
}

function way(lon1, lat1, lon2, lat2) {
  const [l1, p1, l2, p2] = [lon1 * RADIANS, lat1 * RADIANS, lon2 * RADIANS, lat2 * RADIANS];
  const cosine = Math.sin(p1) * Math.sin(p2) + Math.cos(p1) * Math.cos(p2) * Math.cos(l1 - l2);
  const angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
  const steps = Math.ceil(angle / RADIANS / STEP);
  const found = [[lon1, lat1]];
  if (steps >= 2 && Math.sin(angle) > 1e-6) {
    for (let step = 1; step < steps; step++) {
      const a = Math.sin((1 - step / steps) * angle) / Math.sin(angle);
      const b = Math.sin((step / steps) * angle) / Math.sin(angle);
      const x = a * Math.cos(p1) * Math.cos(l1) + b * Math.cos(p2) * Math.cos(l2);
      const y = a * Math.cos(p1) * Math.sin(l1) + b * Math.cos(p2) * Math.sin(l2);
      const z = a * Math.sin(p1) + b * Math.sin(p2);
      found.push([Math.atan2(y, x) / RADIANS, Math.atan2(z, Math.hypot(x, y)) / RADIANS]);
    }
  }
  found.push([lon2, lat2]);
  return found;
}
