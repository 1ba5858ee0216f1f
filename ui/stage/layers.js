// What changes with every frame is drawn on a canvas beneath the figure, in the coordinates of the figure's axes.

import { Lines, line } from "./lines.js";
import { inBox, remembered, stroke } from "./strokes.js";

const painters = { raster, segments, rings, line, cursor };

export class Layers {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
    this.lines = new Lines();
  }

  // `view`: { layers, data, reached, step, narrow, colour, sharpness }, data with one entry for each layer.
  draw(plot, view) {
    if (!view.layers.length && !this.used) return;
    this.used = true;
    const { sharpness } = view;
    const { width, height } = plot._fullLayout;
    const [columns, rows] = [Math.round(width * sharpness), Math.round(height * sharpness)];
    if (this.canvas.width !== columns || this.canvas.height !== rows) {
      Object.assign(this.canvas, { width: columns, height: rows });
      Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
    }
    this.context.clearRect(0, 0, columns, rows);
    const [lines, others] = [[], []];
    for (const part of parts(plot._fullLayout, view)) (part.layer.kind === "line" ? lines : others).push(part);
    this.lines.paint(this.context, sharpness, lines);
    for (const part of others) inBox(this.context, sharpness, part, painters[part.layer.kind]);
  }
}

export function paint(context, sharpness, layout, view) {
  for (const part of parts(layout, view)) inBox(context, sharpness, part, painters[part.layer.kind]);
}

// Each layer that is to be seen, with what its painter needs; lines first, for they are drawn into a sheet of their own.
function parts(layout, view) {
  const found = view.layers.flatMap((layer, i) => {
    const [xaxis, yaxis] = [layout[layer.xaxis], layout[layer.yaxis]];
    const data = view.data[i];
    if (!xaxis || !yaxis || (view.narrow && layer.wide_only) || (layer.kind === "cursor" ? view.step == null : !data)) return [];
    const x = (value) => xaxis._offset + xaxis.d2p(value);
    const y = (value) => yaxis._offset + yaxis.d2p(value);
    const box = [xaxis._offset, yaxis._offset, xaxis._length, yaxis._length];
    const { reached, step, colour } = view;
    return [{ layer, style: layer.style, data, x, y, box, reached, step, colour }];
  });
  const isLine = ({ layer }) => Number(layer.kind === "line");
  return found.sort((one, other) => isLine(other) - isLine(one));
}

function raster(context, { layer, style, data, x, y, colour }) {
  const { columns, rows, extent: [x0, x1, y0, y1], palette } = style;
  const colours = remembered(layer, [colour], () => inNumbers(palette, colour));
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

function cursor(context, { style, x, box: [, top, , height], step, colour }) {
  context.beginPath();
  context.moveTo(x(step), top);
  context.lineTo(x(step), top + height);
  stroke(context, style, colour(style.colour), colour);
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
