// The curves of a run. They grow at their ends, so a sheet keeps what is drawn and each frame adds its piece.

import { inBox, remembered, same, stroke } from "./strokes.js";

export class Lines {
  constructor() {
    this.stamp = [];
    this.sheet = null;
    this.reached = -Infinity;
  }

  paint(context, sharpness, parts) {
    if (!parts.length) return;
    const { width, height } = context.canvas;
    const stamp = [width, height, parts[0].colour, ...parts.flatMap((part) => [part.layer, ...stampOf(part)])];
    const [{ reached }] = parts;
    if (!same(stamp, this.stamp) || reached < this.reached) this.clear(width, height, stamp);
    if (reached !== this.reached) for (const part of parts) inBox(this.sheet, sharpness, { ...part, from: this.reached }, line);
    this.reached = reached;
    context.drawImage(this.sheet.canvas, 0, 0);
  }

  clear(width, height, stamp) {
    this.sheet ??= new OffscreenCanvas(width, height).getContext("2d");
    Object.assign(this.sheet.canvas, { width, height });
    this.stamp = stamp;
    this.reached = -Infinity;
  }
}

// The part of a line after the step `from`, as far as the reader has come.
export function line(context, { layer, style, data, x, y, box, colour, reached, from = -Infinity }) {
  const { steps, px, py, along } = remembered(layer, stampOf({ data, x, y, box }), () => inPixels(data, x, y));
  const first = firstAfter(steps, from);
  const end = style.whole ? (first === 0 ? steps.length : 0) : firstAfter(steps, reached);
  if (end <= first) return;
  context.beginPath();
  let down = false;
  for (let i = Math.max(0, first - 1); i < end; i += 1) {
    if (!Number.isFinite(py[i])) { down = false; continue; }
    if (down) context.lineTo(px[i], py[i]); else context.moveTo(px[i], py[i]);
    down = true;
  }
  context.lineDashOffset = along[Math.max(0, first - 1)];
  stroke(context, style, colour(style.colour), colour);
}

function stampOf({ data, x, y, box }) { return [data.x, data.y, ...box, x(1), x(2), y(1), y(2)]; }

function firstAfter(steps, step) {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle] <= step) low = middle + 1; else high = middle;
  }
  return low;
}

// Of the points that fall on one column of the screen only the first, the lowest, the highest and the last are seen.
function inPixels({ x: xs, y: ys }, x, y) {
  const found = { steps: [], px: [], py: [], along: [] };
  let [column, group] = [null, []];
  for (let i = 0; i < xs.length; i += 1) {
    const next = Number.isFinite(ys[i]) ? Math.floor(x(xs[i])) : `gap ${i}`;
    if (next !== column && group.length) { flush(found, group, xs, ys, x, y); group = []; }
    column = next;
    group.push(i);
  }
  if (group.length) flush(found, group, xs, ys, x, y);
  return found;
}

function flush({ steps, px, py, along }, group, xs, ys, x, y) {
  const low = group.reduce((best, i) => (ys[i] < ys[best] ? i : best), group[0]);
  const high = group.reduce((best, i) => (ys[i] > ys[best] ? i : best), group[0]);
  const chosen = group.length < 5 ? group : [...new Set([group[0], low, high, group.at(-1)])].sort((a, b) => a - b);
  for (const i of chosen) {
    const [left, top] = [x(xs[i]), y(ys[i])];
    const piece = Math.hypot(left - px.at(-1), top - py.at(-1));
    along.push((along.at(-1) ?? 0) + (Number.isFinite(piece) ? piece : 0));
    steps.push(xs[i]);
    px.push(left);
    py.push(top);
  }
}
