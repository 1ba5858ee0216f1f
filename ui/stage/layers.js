// What changes with every frame is drawn on a canvas beneath the figure, in the coordinates of the figure's axes.

const SHARPNESS = Math.min(2, Math.max(1, devicePixelRatio));
const DASHES = { dot: [1, 2], dash: [4, 3], longdash: [7, 3], dashdot: [4, 2, 1, 2], longdashdot: [7, 2, 1, 2] };  // in widths
const painters = { raster, segments, rings, line, cursor };
const kept = new WeakMap();  // of each layer: its palette, or its line in pixels

export class Layers {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
  }

  // `view`: { layers, data, reached, step, narrow, colour }, data with one entry for each layer.
  draw(plot, view) {
    if (!view.layers.length && !this.used) return;
    this.used = true;
    const { width, height } = plot._fullLayout;
    const [columns, rows] = [Math.round(width * SHARPNESS), Math.round(height * SHARPNESS)];
    if (this.canvas.width !== columns || this.canvas.height !== rows) {
      Object.assign(this.canvas, { width: columns, height: rows });
      Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
    }
    this.context.clearRect(0, 0, columns, rows);
    paint(this.context, SHARPNESS, plot._fullLayout, view);
  }
}

export function paint(context, sharpness, layout, view) {
  view.layers.forEach((layer, i) => {
    const [xaxis, yaxis] = [layout[layer.xaxis], layout[layer.yaxis]];
    const data = view.data[i];
    if (!xaxis || !yaxis || (view.narrow && layer.wide_only) || (layer.kind === "cursor" ? view.step == null : !data)) return;
    const x = (value) => xaxis._offset + xaxis.d2p(value);
    const y = (value) => yaxis._offset + yaxis.d2p(value);
    const box = [xaxis._offset, yaxis._offset, xaxis._length, yaxis._length];
    context.save();
    context.setTransform(sharpness, 0, 0, sharpness, 0, 0);
    context.beginPath();
    context.rect(...box);
    context.clip();
    painters[layer.kind](context, { ...view, layer, style: layer.style, data, x, y, box });
    context.restore();
  });
}

function raster(context, { layer, style, data, x, y, colour }) {
  const { columns, rows, extent: [x0, x1, y0, y1], palette } = style;
  const colours = remembered(layer, colour("var(--st-text-color)"), () => inNumbers(palette, colour));
  const { sheet, pixels, image } = cells(columns, rows);
  for (let row = 0; row < rows; row += 1) {
    const from = (rows - 1 - row) * columns;  // the lowest row comes first, an image starts at the top
    for (let column = 0; column < columns; column += 1) pixels[row * columns + column] = colours[data[from + column]];
  }
  sheet.putImageData(image, 0, 0);
  const [left, right, top, bottom] = [x(x0), x(x1), y(y1), y(y0)];
  const [across, down] = [(right - left) / (columns - 1), (bottom - top) / (rows - 1)];  // a cell in pixels
  context.drawImage(sheet.canvas, left - across / 2, top - down / 2, across * columns, down * rows);
}

function segments(context, { style, data, x, y, colour }) {
  const size = style.colours ? 5 : 4;
  (style.colours ?? [style.colour]).forEach((name, index) => {
    context.beginPath();
    for (let i = 0; i < data.length; i += size) {
      if (size === 5 && data[i + 4] !== index) continue;
      const [ax, ay, bx, by] = [x(data[i]), y(data[i + 1]), x(data[i + 2]), y(data[i + 3])];
      context.moveTo(ax, ay);
      context.lineTo(bx, by);
      if (style.arrow) arrowHead(context, ax, ay, bx, by, style.width);
    }
    stroke(context, style, colour(name), colour);
  });
}

function arrowHead(context, ax, ay, bx, by, width) {
  const length = Math.hypot(bx - ax, by - ay);
  const head = Math.min(4 + 2 * width, length);
  if (!(head > 1)) return;
  const [ux, uy] = [((bx - ax) / length) * head, ((by - ay) / length) * head];
  context.moveTo(bx - ux + uy / 2, by - uy - ux / 2);
  context.lineTo(bx, by);
  context.lineTo(bx - ux - uy / 2, by - uy + ux / 2);
}

function rings(context, { style, data, x, y, colour }) {
  const { radius: r, mark } = style;
  context.beginPath();
  for (let i = 0; i < data.length; i += 2) {
    const [px, py] = [x(data[i]), y(data[i + 1])];
    if (mark === "cross") {
      context.moveTo(px - r, py - r); context.lineTo(px + r, py + r);
      context.moveTo(px - r, py + r); context.lineTo(px + r, py - r);
    } else {
      context.moveTo(px + r, py);
      context.arc(px, py, r, 0, 2 * Math.PI);
    }
  }
  if (mark === "dot") { context.fillStyle = colour(style.colour); context.fill(); } else stroke(context, style, colour(style.colour), colour);
}

function line(context, { layer, style, data, x, y, box, colour, reached }) {
  const stamp = [data.x, data.y, ...box, x(1), x(2), y(1), y(2)];
  const { steps, px, py } = remembered(layer, stamp, () => thinned(data, x, y));
  context.beginPath();
  let down = false;
  for (let i = 0; i < steps.length && (style.whole || steps[i] <= reached); i += 1) {
    if (!Number.isFinite(py[i])) { down = false; continue; }
    if (down) context.lineTo(px[i], py[i]); else context.moveTo(px[i], py[i]);
    down = true;
  }
  stroke(context, style, colour(style.colour), colour);
}

// Of the points that fall on one column of the screen only the first, the lowest, the highest and the last are seen.
function thinned({ x: xs, y: ys }, x, y) {
  const [steps, px, py] = [[], [], []];
  let column = null;
  let group = [];
  const flush = () => {
    const low = group.reduce((best, i) => (ys[i] < ys[best] ? i : best), group[0]);
    const high = group.reduce((best, i) => (ys[i] > ys[best] ? i : best), group[0]);
    const chosen = group.length < 5 ? group : [...new Set([group[0], low, high, group.at(-1)])].sort((a, b) => a - b);
    for (const i of chosen) { steps.push(xs[i]); px.push(x(xs[i])); py.push(y(ys[i])); }
    group = [];
  };
  for (let i = 0; i < xs.length; i += 1) {
    const next = Number.isNaN(ys[i]) ? `gap ${i}` : Math.floor(x(xs[i]));
    if (next !== column && group.length) flush();
    column = next;
    group.push(i);
  }
  if (group.length) flush();
  return { steps, px, py };
}

function cursor(context, { style, x, box: [, top, , height], step, colour }) {
  context.beginPath();
  context.moveTo(x(step), top);
  context.lineTo(x(step), top + height);
  stroke(context, style, colour(style.colour), colour);
}

function stroke(context, { width, dash, halo }, ink, colour) {
  context.lineCap = context.lineJoin = "round";
  if (halo) {
    context.strokeStyle = colour("var(--st-background-color)");
    context.lineWidth = width + 3;
    context.stroke();
  }
  context.setLineDash((DASHES[dash] ?? []).map((part) => part * Math.max(width, 1.5)));
  if (dash) context.lineCap = "butt";
  context.strokeStyle = ink;
  context.lineWidth = width;
  context.stroke();
}

function remembered(layer, stamp, make) {
  const known = kept.get(layer);
  const parts = [stamp].flat();
  if (known && known.parts.length === parts.length && known.parts.every((part, i) => Object.is(part, parts[i]))) return known.value;
  const value = make();
  kept.set(layer, { parts, value });
  return value;
}

const sheets = new Map();
function cells(columns, rows) {
  const name = `${columns}×${rows}`;
  if (!sheets.has(name)) {
    const sheet = new OffscreenCanvas(columns, rows).getContext("2d", { willReadFrequently: true });
    const image = sheet.createImageData(columns, rows);
    sheets.set(name, { sheet, image, pixels: new Uint32Array(image.data.buffer) });
  }
  return sheets.get(name);
}

// [[css colour, opacity], …] as the numbers that stand for pixels
function inNumbers(palette, colour) {
  const spot = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const bytes = new Uint8ClampedArray(4 * palette.length);
  palette.forEach(([name, opacity], i) => {
    if (!known.has(name)) {
      spot.fillStyle = colour(name);
      spot.fillRect(0, 0, 1, 1);
      known.set(name, spot.getImageData(0, 0, 1, 1).data.slice(0, 3));
    }
    bytes.set([...known.get(name), Math.round(255 * opacity)], 4 * i);
  });
  return new Uint32Array(bytes.buffer);
}
