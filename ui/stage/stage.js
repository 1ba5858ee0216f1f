// Draws Plotly figures in place. It knows no mathematics: figures, frames and words all come from Python.

import { Camera, canDrawInSpace, isInSpace } from "./camera.js";
import { saveTable } from "./csv.js";
import { Drawing } from "./drawing.js";
import { Events } from "./events.js";
import { changesFigure, figureOf, flatOf, layoutOf, showChanges } from "./figure.js";
import { Layers } from "./layers.js";
import { element } from "./objects.js";
import { unpacked } from "./payload.js";
import { Player } from "./player.js";
import { Pointing } from "./space.js";
import { sharpness, themeOf } from "./theme.js";
import { firstTurn, nearby } from "./turns.js";

const PLOTLY = new URL("plotly.min.js", import.meta.url);
const STYLE = new URL("stage.css", import.meta.url);
const NARROW = 600;            // below this width a figure's `narrow` layout applies
const AWAY = 5000;             // ms for which a stage that has lost its place is waited for
const FORMATS = ["csv", "png", "svg"];
const CONFIG = { displayModeBar: false, displaylogo: false, plotlyServerURL: "", doubleClick: "reset", scrollZoom: false };

let plotlyLoading;
const stages = new WeakMap();
const left = new Map();        // players whose stage has lost its place, by its key
const pictures = new Map();    // by the stage's key: a message leaves the picture out if it is the one that is held

export function draw(component) {
  const { parentElement, data } = component;
  if (!stages.has(parentElement)) stages.set(parentElement, new Stage(parentElement));
  stages.get(parentElement).receive(data, component.setTriggerValue);
}

function isOnPaper() { return "paper" in document.documentElement.dataset; }

export function clear(parentElement) {
  stages.get(parentElement)?.close();
  stages.delete(parentElement);
}

function loadPlotly() {
  plotlyLoading ??= new Promise((resolve, reject) => {
    if (window.Plotly) return resolve(window.Plotly);
    const begun = [...document.scripts].find((script) => script.src === PLOTLY.href);
    const script = begun ?? element("script", { src: PLOTLY.href });
    script.addEventListener("load", () => resolve(window.Plotly));
    script.addEventListener("error", reject);
    if (!begun) document.head.append(script);
    if (!document.querySelector(`link[href$="${STYLE.pathname}"]`)) document.head.append(element("link", { rel: "stylesheet", href: STYLE.href }));
  });
  return plotlyLoading;
}

// Once nothing else is due; in a browser that cannot tell, after what is due now.
const afterTheRest = () => ("scheduler" in window
  ? window.scheduler.postTask(() => {}, { priority: "background" })
  : new Promise((resolve) => { setTimeout(resolve); }));

class Stage {
  constructor(parent) {
    this.plot = element("div", { className: "stage-plot" });
    this.plot.setAttribute("role", "img");
    this.canvas = element("canvas", { className: "stage-canvas" });
    this.handles = element("div", { className: "stage-handles" });
    this.frame = element("div", { className: "stage-frame" }, this.canvas, this.plot, this.handles);
    this.hint = element("p", { className: "stage-hint", hidden: true });
    this.player = new Player(this);
    this.summary = element("summary", { textContent: "⋯" });
    this.table = element("table");
    this.files = FORMATS.map((format) => element("button", { type: "button", textContent: format.toUpperCase(), onclick: () => this.save(format) }));
    const table = element("div", { className: "stage-cells", tabIndex: 0 }, this.table);
    this.more = element("details", { className: "stage-table" }, this.summary, element("div", { className: "stage-files" }, ...this.files), table);
    this.root = element("figure", { className: "stage" },
      this.frame, this.hint, this.player.bar, element("div", { className: "stage-foot" }, this.more));
    this.root.dataset.frames = "0";
    parent.append(this.root);
    this.camera = new Camera(this.plot);
    this.drawing = new Drawing(this.plot);
    this.pointing = new Pointing(this.plot);
    this.layers = new Layers(this.canvas);
    this.arrivals = Promise.resolve();
    this.queue = Promise.resolve();
    this.busy = 0;
    this.config = null;
    this.papered = () => this.turnToPaper();
    window.addEventListener("paper", this.papered);
    this.resizing = new ResizeObserver(() => this.refit());
    this.resizing.observe(this.root);
    this.events = new Events(this);
    this.more.addEventListener("toggle", () => this.fillTable());
  }

  // Messages are unpacked, and shown, in the order in which they come.
  receive(data, send) {
    this.arrivals = this.arrivals
      .then(async () => { const message = await unpacked(data); if (this.root.isConnected) this.show(message, send); })
      .catch((error) => console.error("stage", error));
  }

  show({ picture, ...message }, send) {
    if (picture) pictures.set(message.key, picture);
    this.scene = { ...pictures.get(message.key), ...message };
    const { scene } = this;
    this.events.send = send;
    if (document.documentElement.lang !== scene.lang) document.documentElement.lang = scene.lang;  // every style is looked up anew
    this.root.dataset.stage = scene.key;
    this.root.setAttribute("aria-label", scene.title);
    this.plot.setAttribute("aria-label", scene.description);
    const forced = Boolean(scene.figure.flat) && !canDrawInSpace();
    this.root.classList.toggle("stage-forced", forced);
    this.hint.textContent = forced ? scene.words.flat : scene.words.turn;
    Object.assign(this.summary, { title: scene.words.more, ariaLabel: scene.words.more });
    this.files.forEach((file, i) => Object.assign(file, { title: scene.words[FORMATS[i]], ariaLabel: scene.words[FORMATS[i]] }));
    this.events.answered(scene.heard);
    this.resume();
    this.player.take(scene.frames, scene.words, JSON.stringify(scene.layers.map(({ kind, style }) => [kind, style.columns, style.rows])));
    this.placePlayer();
    this.fillTable();
    if (!this.plot._fullLayout) this.takePlace();  // what stands below need not move when it is drawn
    if (!scene.frames?.answers || !this.plot._fullLayout) this.redraw();
    else if (picture) { this.stale = true; this.player.rest(); }  // a figure is not redrawn in mid-play
    this.player.arrived();
  }

  // Streamlit may take a stage off the page in the middle of many runs, and put it back at once.
  resume() {
    const before = left.get(this.scene.key);
    left.delete(this.scene.key);
    if (before) this.player.resume(before);
  }

  leave() {
    const { player, scene } = this;
    if (!player.info) return;
    const state = player.state();
    left.set(scene.key, state);
    setTimeout(() => { if (left.get(scene.key) === state) left.delete(scene.key); }, AWAY);
  }

  // The full player stands above its picture, where no coach, legend or table can move it.
  placePlayer() { if (this.scene.frames?.player === "full" && this.root.firstChild !== this.player.bar) this.root.prepend(this.player.bar); }

  rest() { if (this.stale) this.redraw(); }

  // Nothing turns on paper, and not every browser draws in space.
  shown() {
    const { scene } = this;
    return scene.figure.flat && (isOnPaper() || !canDrawInSpace()) ? { ...scene, figure: flatOf(scene.figure) } : scene;
  }

  // The layout for the room there is, of which the height is taken at once.
  takePlace() {
    this.width = this.plot.clientWidth;
    this.theme = themeOf(this.root);
    const { height, ...layout } = layoutOf(this.shown(), this.player.frame(), this.isNarrow());
    this.plot.style.height = `${height}px`;
    this.frame.style.marginBottom = `${height * (this.theme.scale - 1)}px`;
    return layout;
  }

  // Drawing is one thing at a time; scenes that arrive meanwhile are drawn once, the newest of them. A slider that has
  // heard its answer says first where it is by now: so the server computes the next scene while this one is drawn.
  redraw() {
    this.stale = false;
    if (this.waiting) return;
    this.waiting = true;
    this.root.dataset.due = "";
    this.inTurn(async (Plotly) => {
      if (this.root.dataset.frames !== "0") await afterTheRest();
      this.waiting = false;
      delete this.root.dataset.due;
      await this.put(Plotly);
      this.camera.listen(Plotly);
      this.events.listen();
      this.events.placeHandles(this.scene.handles);
      this.root.classList.toggle("stage-classes", this.plot._fullLayout.meta === "classes");
      this.drawn();
    });
  }

  put(Plotly) {
    const wanted = this.takePlace();
    const { data, layout } = figureOf(this.shown(), this.player.frame(), wanted, this.theme, this.isNarrow());
    if (isInSpace(layout)) Plotly.space?.();
    // Plotly's own 2 draws four times the pixels that most screens have.
    this.config ??= { ...CONFIG, plotGlPixelRatio: sharpness(this.theme.scale) };
    const held = this.camera.held(layout);
    this.hint.hidden = !this.scene.figure.flat || isOnPaper();
    this.pointing.waits();
    const drawn = this.drawing.draw(Plotly, data, held, this.config);
    return this.hasNewSize() ? Plotly.redraw(this.plot) : drawn;
  }

  // In a new size Plotly leaves a legend where the old size had it, until all is drawn once more.
  hasNewSize() {
    const before = this.drawnWidth;
    this.drawnWidth = this.width;
    return before !== undefined && before !== this.width && Boolean(this.plot.querySelector(".legend"));
  }

  // Printing waits for nothing, and no picture is too far away for it: what is not drawn when this returns is
  // not on the paper.
  turnToPaper() {
    if (!this.scene || !window.Plotly) return;
    if (!isOnPaper()) { this.takePlace(); this.redraw(); return; }
    if (!this.plot.clientWidth) return;  // folded away
    this.put(window.Plotly);
    this.drawn();
  }

  inTurn(work) {
    this.busy += 1;
    this.queue = this.queue
      .then(async () => {
        const Plotly = await loadPlotly();
        await nearby(this.root);
        if (!this.plot._fullLayout) await firstTurn(this.root);
        if (this.root.isConnected) await work(Plotly);
      })
      .catch((error) => { console.error("stage", error); if (!this.plot._fullLayout) this.plot.textContent = this.scene.description; })
      .finally(() => { this.busy -= 1; });
  }

  // Like a redraw: frames that come while one is drawn are drawn once, the newest of them.
  showFrame() {
    const due = this.player.frame();
    if (!due || this.stepping) return;
    if (!this.busy && !changesFigure(due)) { this.drawn(); return; }
    this.stepping = true;
    this.inTurn(async (Plotly) => {
      this.stepping = false;
      const [step, frame] = [this.player.at, this.player.frame()];
      if (!frame) return;
      if (changesFigure(frame)) {
        this.drawing.forget();
        await showChanges(Plotly, this.plot, this.scene, frame, this.theme);
      }
      this.drawn(step, frame);
    });
  }

  isNarrow() { return this.width < NARROW; }

  // What stands below moves at once, and not when the reader comes near.
  refit() {
    if (!this.scene || Math.abs(this.plot.clientWidth - this.width) < 2) return;
    this.takePlace();
    this.redraw();
  }

  drawn(step = this.player.at, frame = this.player.frame()) {
    const { scene } = this;
    if (!scene.frames || frame) this.layers.draw(this.plot, this.view(step, frame));  // else the last one stays
    this.root.dataset.frames = String(Number(this.root.dataset.frames) + 1);
    this.root.dataset.step = String(step);
  }

  view(step, frame) {
    const { layers, lines, frames } = this.scene;
    return {
      layers, step: frames ? step : null, reached: frames ? this.player.reached : Infinity,
      data: layers.map((layer, i) => frame?.layers?.[i] ?? lines[i]), narrow: this.isNarrow(), colour: this.theme.colour, sharpness: sharpness(this.theme.scale),
    };
  }

  save(format) {
    if (format === "csv") saveTable(this.scene.title, this.scene.table);
    else this.download(format);
  }

  download(format) {
    this.inTurn(async (Plotly) => {
      const { download } = await import("./download.js");
      const { title, description, caption, frames } = this.scene;
      const foot = [caption, frames && this.player.label.textContent].filter(Boolean);
      const view = this.view(this.player.at, this.player.frame());
      await download(Plotly, format, { title, description, foot, plot: this.plot, view, paper: this.theme.paper, ink: this.theme.ink, font: this.theme.font });
    });
  }

  fillTable() {
    if (!this.more.open) return;
    const { columns, rows } = this.scene.table;
    const head = element("tr", {}, ...columns.map((name) => element("th", { scope: "col", textContent: name })));
    const body = rows.map((row) => element("tr", {}, ...row.map((cell, i) =>
      i === 0 ? element("th", { scope: "row", textContent: cell }) : element("td", { textContent: cell }))));
    this.table.replaceChildren(element("caption", { textContent: this.scene.title }), element("thead", {}, head), element("tbody", {}, ...body));
  }

  close() {
    this.leave();
    this.player.close();
    this.resizing.disconnect();
    window.removeEventListener("paper", this.papered);
    this.events.close();
    if (this.plot._fullLayout) window.Plotly?.purge(this.plot);
    this.root.remove();
  }
}
