// Draws Plotly figures in place. It knows no mathematics: figures, frames and words all come from Python.

import { Events } from "./events.js";
import { meshed } from "./mesh.js";
import { element, merge } from "./objects.js";
import { Player } from "./player.js";
import { coloured, themedLayout, themeOf } from "./theme.js";

const PLOTLY = new URL("plotly.min.js", import.meta.url);
const STYLE = new URL("stage.css", import.meta.url);
const NARROW = 600;            // below this width a figure's `narrow` layout applies
const CONFIG = {
  displayModeBar: false, displaylogo: false, plotlyServerURL: "", doubleClick: "reset", scrollZoom: false,
  plotGlPixelRatio: Math.min(2, Math.max(1, devicePixelRatio)),  // Plotly's own 2 draws four times the pixels that most screens have
};

let plotlyLoading;
const stages = new WeakMap();

export function draw(component) {
  const { parentElement, data } = component;
  if (!stages.has(parentElement)) stages.set(parentElement, new Stage(parentElement));
  stages.get(parentElement).show(JSON.parse(new TextDecoder().decode(data)), component.setTriggerValue);
}

export function clear(parentElement) {
  stages.get(parentElement)?.close();
  stages.delete(parentElement);
}

function loadPlotly() {
  plotlyLoading ??= new Promise((resolve, reject) => {
    const script = element("script", { src: PLOTLY.href, onload: () => resolve(window.Plotly), onerror: reject });
    document.head.append(script);
    if (!document.querySelector(`link[href$="${STYLE.pathname}"]`)) document.head.append(element("link", { rel: "stylesheet", href: STYLE.href }));
  });
  return plotlyLoading;
}

class Stage {
  constructor(parent) {
    this.plot = element("div", { className: "stage-plot" });
    this.plot.setAttribute("role", "img");
    this.handles = element("div", { className: "stage-handles" });
    this.player = new Player(this);
    this.summary = element("summary");
    this.table = element("table");
    this.tableBox = element("details", { className: "stage-table" }, this.summary, element("div", { tabIndex: 0 }, this.table));
    this.root = element("figure", { className: "stage" },
      element("div", { className: "stage-frame" }, this.plot, this.handles), this.player.bar, this.tableBox);
    this.root.dataset.frames = "0";
    parent.append(this.root);
    this.queue = Promise.resolve();
    this.busy = 0;
    this.resizing = new ResizeObserver(() => this.refit());
    this.resizing.observe(this.root);
    this.events = new Events(this);
    this.tableBox.addEventListener("toggle", () => this.fillTable());
  }

  show(scene, send) {
    this.scene = scene;
    this.events.send = send;
    document.documentElement.lang = scene.lang;
    this.root.dataset.stage = scene.key;
    this.root.setAttribute("aria-label", scene.title);
    this.plot.setAttribute("aria-label", scene.description);
    this.summary.textContent = scene.words.table;
    this.events.answered(scene.heard);
    this.player.take(scene.frames, scene.words);
    this.fillTable();
    this.redraw();
  }

  // Drawing is one thing at a time; scenes that arrive meanwhile are drawn once, the newest of them.
  redraw() {
    if (this.waiting) return;
    this.waiting = true;
    this.inTurn(async (Plotly) => {
      this.waiting = false;
      const figure = this.figure();
      await Plotly.react(this.plot, figure.data, figure.layout, CONFIG);
      this.events.listen();
      this.events.placeHandles(this.scene.handles);
      this.drawn();
      this.player.drawn();
    });
  }

  inTurn(work) {
    this.busy += 1;
    this.queue = this.queue
      .then(async () => { const Plotly = await loadPlotly(); if (this.root.isConnected) await work(Plotly); })
      .catch((error) => { console.error("stage", error); if (!this.plot._fullLayout) this.plot.textContent = this.scene.description; })
      .finally(() => { this.busy -= 1; });
  }

  figure() {
    this.width = this.root.clientWidth;
    const { data, layout, narrow } = this.scene.figure;
    const theme = themeOf(this.root);
    const { height, ...fitted } = merge(this.isNarrow() && narrow ? merge(layout, narrow) : layout, this.player.layout());
    this.plot.style.height = `${height}px`;
    const themed = { ...themedLayout(fitted, theme), uirevision: this.scene.key, autosize: true };
    return { data: coloured(this.player.apply(data).map(meshed), theme.colour), layout: coloured(themed, theme.colour) };
  }

  isNarrow() { return this.width < NARROW; }

  refit() {
    if (!this.scene || !this.plot._fullLayout || Math.abs(this.root.clientWidth - this.width) < 2) return;
    this.redraw();
  }

  drawn(step = this.player.at) {
    this.root.dataset.frames = String(Number(this.root.dataset.frames) + 1);
    this.root.dataset.step = String(step);
  }

  fillTable() {
    if (!this.tableBox.open || !this.scene.table) { this.tableBox.hidden = !this.scene.table; return; }
    const { columns, rows } = this.scene.table;
    const head = element("tr", {}, ...columns.map((name) => element("th", { scope: "col", textContent: name })));
    const body = rows.map((row) => element("tr", {}, ...row.map((cell, i) =>
      i === 0 ? element("th", { scope: "row", textContent: cell }) : element("td", { textContent: cell }))));
    this.table.replaceChildren(element("caption", { textContent: this.scene.title }), element("thead", {}, head), element("tbody", {}, ...body));
    this.tableBox.hidden = false;
  }

  close() {
    this.player.pause();
    this.resizing.disconnect();
    this.events.close();
    if (this.plot._fullLayout) window.Plotly?.purge(this.plot);
    this.root.remove();
  }
}
