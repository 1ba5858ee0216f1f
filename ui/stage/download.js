// The picture as a file: the layers and the figure over the page's background, as they are shown.

import { paint } from "./layers.js";
import { element } from "./objects.js";

const SHARPNESS = 2;           // pixels of a file for each pixel of the screen

export async function download(Plotly, format, { title, description, plot, view, paper }) {
  const { width, height } = plot._fullLayout;
  const figure = decodeURIComponent((await Plotly.toImage(plot, { format: "svg", width, height })).replace(/^data:image\/svg\+xml,/, ""));
  const layers = sheet(width, height);
  paint(layers.getContext("2d"), SHARPNESS, plot._fullLayout, view);
  const file = format === "svg" ? asSvg(figure, layers, { width, height, title, description, paper }) : await asPng(figure, layers, paper);
  const link = element("a", { href: URL.createObjectURL(file), download: `${nameOf(title)}.${format}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function asSvg(figure, layers, { width, height, title, description, paper }) {
  const tree = new DOMParser().parseFromString(figure, "image/svg+xml");
  const add = (tag, attributes, text = "") => {
    const node = tree.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.textContent = text;
    return node;
  };
  tree.documentElement.prepend(
    add("title", {}, title),
    add("desc", {}, description),
    add("rect", { width, height, fill: paper }),
    add("image", { width, height, href: layers.toDataURL() }),
  );
  return new Blob([new XMLSerializer().serializeToString(tree)], { type: "image/svg+xml" });
}

async function asPng(figure, layers, paper) {
  const drawn = element("img", { src: `data:image/svg+xml,${encodeURIComponent(figure)}` });
  await drawn.decode();
  const canvas = element("canvas", { width: layers.width, height: layers.height });
  const context = canvas.getContext("2d");
  context.fillStyle = paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(layers, 0, 0);
  context.drawImage(drawn, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

function sheet(width, height) { return element("canvas", { width: Math.round(width * SHARPNESS), height: Math.round(height * SHARPNESS) }); }

function nameOf(title) { return title.replace(/<[^>]*>/g, "").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 80) || "picture"; }
