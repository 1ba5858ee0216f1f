// What differs between two figures, where it is numbers and words of marks and notes alone: those that nothing
// else in the figure hangs on, so that Plotly need not read all of it again.

import { isPlain } from "./objects.js";

const PLACES = {
  annotations: ["x", "y", "text", "ax", "ay", "xshift", "yshift", "xanchor", "yanchor", "textangle"],
  shapes: ["x0", "x1", "y0", "y1"],
};
const LINES = ["scatter", "scatter3d"];  // without a `mode` they are lines or points by their number

// [trace, path, value] of each array that differs; null if anything else differs. `read` are the traces as Plotly
// has read them; in a legend stands how marks look.
export function arraysThatDiffer(before, after, read, hasLegend) {
  if (before.length !== after.length || read.length !== after.length) return null;
  const found = [];
  const differ = (trace, old, now, path) => {
    if (isPlain(old) && isPlain(now)) return hasSameKeys(old, now) && Object.keys(now).every((name) => differ(trace, old[name], now[name], [...path, name]));
    if (isSame(old, now)) return true;
    found.push([trace, path, now]);
    return Array.isArray(old) && Array.isArray(now) && isFree(read[trace], path, old, now) && !(hasLegend && path.length > 1);
  };
  return after.every((now, trace) => differ(trace, before[trace], now, [])) ? found : null;
}

// Whether only the marks hang on an array: no scale of colours, and nothing that depends on how many points there are.
function isFree(trace, path, old, now) {
  const isScale = trace.showscale && (trace.cauto || trace.zauto);
  const isCounted = trace.type === "bar" || (LINES.includes(trace.type) && trace._input.mode);
  return trace._arrayAttrs?.includes(path.join(".")) && !isScale && (old.length === now.length || (isCounted && now.length > 0));
}

// How many points a trace has, if its arrays agree on it.
export function pointsOf({ x, y, z = x }) {
  const lengths = [x, y, z].map((values) => (Array.isArray(values) ? values.length : 0));
  return lengths.every((length) => length === lengths[0]) ? lengths[0] : 0;
}

// [kind, place, changes] of each note and each shape that stands elsewhere or says something else; null if one differs
// in another way.
export function notesThatDiffer(before, after) {
  const found = [];
  for (const [kind, free] of Object.entries(PLACES)) {
    const [old, now] = [before[kind] ?? [], after[kind] ?? []];
    if (old.length !== now.length) return null;
    for (const [place, item] of now.entries()) {
      if (!hasSameKeys(old[place], item)) return null;
      const changes = Object.entries(item).filter(([name, value]) => !isSame(old[place][name], value));
      if (!changes.every(([name, value]) => free.includes(name) && typeof old[place][name] === typeof value)) return null;
      if (changes.length) found.push([kind, place, Object.fromEntries(changes)]);
    }
  }
  return found;
}

function hasSameKeys(a, b) {
  const names = Object.keys(b);
  return Object.keys(a).length === names.length && names.every((name) => name in a);
}

function isSame(a, b) {
  if (a === b) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => isSame(item, b[i]));
  return isPlain(a) && isPlain(b) && hasSameKeys(a, b) && Object.keys(b).every((name) => isSame(a[name], b[name]));
}
