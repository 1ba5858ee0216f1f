// The picture as a file: the layers and the figure over the page's background, as they are shown.

import { scenesOf } from "./camera.js";
import { paint } from "./layers.js";
import { element, save } from "./objects.js";
import { photo } from "./photo.js";

const SHARPNESS = 2;           // pixels of a file for each pixel of the screen
const XLINK = "http://www.w3.org/1999/xlink";
const LINE = 22;               // pixels of each line of the foot

export async function download(Plotly, format, { title, description, foot, plot, view, paper, ink, font }) {
  const { width, height } = plot._fullLayout;
  const drawn = decodeURIComponent((await Plotly.toImage(plot, { format: "svg", width, height })).replace(/^data:image\/svg\+xml,/, ""));
  const figure = withScenesAsShown(drawn, plot);
  const layers = sheet(width, height);
  paint(layers.getContext("2d"), SHARPNESS, plot._fullLayout, view);
  const lines = foot.flatMap((text) => broken(text, width - 20, font));
  const look = { width, height, whole: height + LINE * lines.length + (lines.length && LINE / 2), foot: lines, paper, ink, font };
  const file = format === "svg" ? asSvg(figure, layers, { ...look, title, description }) : await asPng(figure, layers, look);
  save(file, title, format);
}

// For a file Plotly draws all scenes on one canvas, where the first hides parts of the next: take those of the page.
function withScenesAsShown(figure, plot) {
  const tree = parsed(figure);
  const images = tree.querySelectorAll(".glimages image");
  if (!images.length) return figure;
  scenesOf(plot._fullLayout).forEach((name, i) => images[i].setAttributeNS(XLINK, "xlink:href", photo(plot._fullLayout[name]._scene, SHARPNESS).toDataURL()));
  return new XMLSerializer().serializeToString(tree);
}

function parsed(figure) { return new DOMParser().parseFromString(figure, "image/svg+xml"); }

function asSvg(figure, layers, { width, height, whole, foot, title, description, paper, ink, font }) {
  const tree = parsed(figure);
  const add = (tag, attributes, text = "") => {
    const node = tree.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.textContent = text;
    return node;
  };
  tree.documentElement.prepend(
    add("title", {}, title),
    add("desc", {}, description),
    add("rect", { width, height: whole, fill: paper }),
    add("image", { width, height, href: layers.toDataURL() }),
  );
  tree.documentElement.setAttribute("height", whole);
  tree.documentElement.setAttribute("viewBox", `0 0 ${width} ${whole}`);
  tree.documentElement.append(...foot.map((text, i) => add("text", { ...placeOf(i, height), fill: ink, "font-family": font.family, "font-size": font.size }, text)));
  return new Blob([new XMLSerializer().serializeToString(tree)], { type: "image/svg+xml" });
}

async function asPng(figure, layers, { height, whole, foot, paper, ink, font }) {
  const drawn = element("img", { src: `data:image/svg+xml,${encodeURIComponent(figure)}` });
  await drawn.decode();
  const canvas = element("canvas", { width: layers.width, height: Math.round(whole * SHARPNESS) });
  const context = canvas.getContext("2d");
  context.fillStyle = paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(layers, 0, 0);
  context.drawImage(drawn, 0, 0, layers.width, layers.height);
  context.scale(SHARPNESS, SHARPNESS);
  Object.assign(context, { fillStyle: ink, font: fontOf(font) });
  foot.forEach((text, i) => { const { x, y } = placeOf(i, height); context.fillText(text, x, y); });
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

// The parts of a foot line, which dots part, in as many lines as they need.
function broken(text, width, font) {
  const context = sheet(1, 1).getContext("2d");
  context.font = fontOf(font);
  return text.split(" · ").reduce(([line, ...before], part) => {
    const longer = line ? `${line} · ${part}` : part;
    return line && context.measureText(longer).width > width ? [part, line, ...before] : [longer, ...before];
  }, [""]).reverse();
}

function fontOf({ size, family }) { return `${size}px ${family}`; }

function placeOf(line, height) { return { x: 10, y: height + LINE * (line + 0.75) }; }

function sheet(width, height) { return element("canvas", { width: Math.round(width * SHARPNESS), height: Math.round(height * SHARPNESS) }); }
