// The figure that Plotly gets: Python's, with the frame's changes, the phone's and the theme's.

import { meshed, onMesh } from "./mesh.js";
import { merge } from "./objects.js";
import { coloured, themedLayout } from "./theme.js";

export function layoutOf({ figure: { layout, narrow: small } }, frame, narrow) {
  return merge(narrow && small ? merge(layout, small) : layout, frame?.layout);
}

// The maps that a figure in space carries, on the grids of its surfaces.
export function flatOf({ data, flat }) {
  const grids = data.filter(({ type }) => type === "surface").map(({ x, y, z }) => ({ x, y, z }));
  return { ...flat, data: flat.data.map((trace) => (trace.type === "contour" ? { ...grids.shift(), ...trace } : trace)) };
}

export function figureOf(scene, frame, wanted, theme, narrow) {
  const { data, narrow_hides: hidden = [] } = scene.figure;
  const shown = withFrame(data, scene.frames, frame).map((trace, i) => (narrow && hidden.includes(i) ? { ...trace, visible: false } : trace));
  const themed = { ...themedLayout(wanted, theme), uirevision: scene.key, autosize: true };
  return { data: coloured(shown.map(meshed), theme.colour), layout: coloured(themed, theme.colour) };
}

export function changesFigure(frame) { return Boolean(frame.data?.length || frame.layout); }

export async function showChanges(Plotly, plot, scene, frame, { colour }) {
  const drawn = scene.figure.data;
  const { traces } = scene.frames;
  const data = (frame.data ?? []).map((trace, i) => (drawn[traces[i]].type === "surface" ? onMesh(trace) : trace));
  await Plotly.update(plot, coloured(byAttribute(data), colour), coloured(frame.layout ?? {}, colour), traces);
}

// Before the first frame is due and while Python redraws, the figure must show the frame the reader is at.
function withFrame(data, film, frame) {
  if (!frame?.data) return data;
  const merged = data.slice();
  film.traces.forEach((trace, i) => { merged[trace] = { ...data[trace], ...frame.data[i] }; });
  return merged;
}

// [{ y, text }, { y, text }], one a trace, as Plotly.update wants it: { y: [., .], text: [., .] }
function byAttribute(traces) {
  const names = new Set(traces.flatMap((trace) => Object.keys(trace)));
  return Object.fromEntries([...names].map((name) => [name, traces.map((trace) => trace[name])]));
}
