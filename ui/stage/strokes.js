// What the painters of layers share.

const DASHES = { dot: [1, 2], dash: [4, 3], longdash: [7, 3], dashdot: [4, 2, 1, 2], longdashdot: [7, 2, 1, 2] };  // in widths
const kept = new WeakMap();

export function inBox(context, sharpness, part, painter) {
  context.save();
  context.setTransform(sharpness, 0, 0, sharpness, 0, 0);
  context.beginPath();
  context.rect(...part.box);
  context.clip();
  painter(context, part);
  context.restore();
}

export function stroke(context, { width, dash, halo, opacity = 1 }, ink, colour) {
  context.globalAlpha = opacity;
  context.lineJoin = "round";
  context.lineCap = dash ? "butt" : "round";
  if (halo) {
    context.strokeStyle = colour("var(--st-background-color)");
    context.lineWidth = width + 3;
    context.stroke();
  }
  context.setLineDash((DASHES[dash] ?? []).map((part) => part * Math.max(width, 1.5)));
  context.strokeStyle = ink;
  context.lineWidth = width;
  context.stroke();
}

// What was made for a layer, while nothing in `stamp` has changed.
export function remembered(layer, stamp, make) {
  const known = kept.get(layer);
  if (known && same(known.stamp, stamp)) return known.value;
  const value = make();
  kept.set(layer, { stamp, value });
  return value;
}

export function same(one, other) { return one.length === other.length && one.every((part, i) => Object.is(part, other[i])); }
