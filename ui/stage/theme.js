// The page's colours and fonts, for figures that name them or leave them open.

import { isPlain, merge } from "./objects.js";

// Figures name colours of the page's theme as "var(--name)"; Plotly needs them resolved.
export function coloured(value, colour) {
  if (typeof value === "string") return colour(value);
  if (Array.isArray(value)) return typeof value[0] === "number" ? value : value.map((item) => coloured(item, colour));
  if (isPlain(value)) return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, coloured(item, colour)]));
  return value;
}

export function themeOf(root) {
  const style = getComputedStyle(root);
  const named = new Map();
  const colour = (name) => {
    if (!name.startsWith("var(")) return name;
    if (!named.has(name)) named.set(name, style.getPropertyValue(name.slice(4, -1)).trim() || "#888");
    return named.get(name);
  };
  const scale = Number(style.getPropertyValue("--stage-scale")) || 1;
  const font = { family: style.fontFamily, size: Math.round((parseFloat(style.fontSize) / scale) * 0.9), color: style.color };
  return { colour, scale, font, ink: style.color, grid: colour("var(--st-border-color)"), paper: colour("var(--st-background-color)") };
}

// Pixels of a canvas for each pixel of the page, where the page shows it enlarged.
export function sharpness(scale) { return Math.min(2, Math.max(1, devicePixelRatio) * scale); }

export function themedLayout(layout, { scale, font, ink, grid, paper }) {
  const flat = { gridcolor: grid, linecolor: ink, zerolinecolor: ink, zerolinewidth: 1, automargin: true, title: { standoff: 8 } };
  const solid = { gridcolor: grid, linecolor: ink, zerolinecolor: grid, color: ink, backgroundcolor: paper, showbackground: false };
  const common = {
    font, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", margin: { l: 48, r: 12, t: 36, b: 44 }, dragmode: false,
    hoverlabel: { font: { family: font.family } },
  };
  const axes = Object.keys(layout).filter((name) => /^[xy]axis\d*$/.test(name)).map((name) => [name, flat]);
  // Plotly looks for the point of a solid beneath the pointer as if nothing were enlarged.
  const scenes = Object.keys(layout).filter((name) => /^scene\d*$/.test(name)).map((name) => [name, { xaxis: solid, yaxis: solid, zaxis: solid, dragmode: "turntable", ...(scale === 1 ? {} : { hovermode: false }) }]);
  return merge({ ...common, ...Object.fromEntries([...axes, ...scenes]) }, layout);
}
