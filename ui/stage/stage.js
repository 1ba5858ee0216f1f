// Draws Plotly figures in place. It knows no mathematics: figures, frames and words all come from Python.

const PLOTLY = new URL("plotly.min.js", import.meta.url);
const STYLE = new URL("stage.css", import.meta.url);
const NARROW = 600;            // below this width a figure's `narrow` layout applies
const AHEAD = 0.5;             // ask for frames when less than this part of a chunk is left
const CONFIG = {
  displayModeBar: false, displaylogo: false, plotlyServerURL: "", doubleClick: "reset", scrollZoom: false,
  plotGlPixelRatio: Math.min(2, Math.max(1, devicePixelRatio)),  // Plotly's own 2 draws four times the pixels that most screens have
};
const calm = matchMedia("(prefers-reduced-motion: reduce)");

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

function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
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

// Plays frames that arrive in chunks, and asks for the next chunk before it runs dry.
class Player {
  constructor(stage) {
    this.stage = stage;
    this.at = 0;
    this.frames = [];
    this.playing = false;
    const button = (name, action) => {
      const node = element("button", { type: "button", onclick: action });
      node.dataset.action = name;
      return node;
    };
    this.buttons = {
      play: button("play", () => (this.playing ? this.pause() : this.play())),
      back: button("back", () => this.go((this.wanted ?? this.at) - 1)),
      forward: button("forward", () => this.go((this.wanted ?? this.at) + 1)),
      first: button("first", () => this.go(0)),
    };
    this.scrubber = element("input", { type: "range", min: "0", step: "1" });
    this.scrubber.addEventListener("input", () => { const target = Number(this.scrubber.value); this.pause(); this.go(target); });
    this.label = element("output");
    this.bar = element("div", { className: "stage-player", hidden: true },
      this.buttons.first, this.buttons.back, this.buttons.play, this.buttons.forward, this.scrubber, this.label);
    this.bar.setAttribute("role", "group");
  }

  take(frames, words) {
    this.bar.hidden = !frames;
    if (!frames) return this.reset(null);
    if (this.info?.id !== frames.id) this.reset(frames);
    frames.items.forEach((item, i) => { this.frames[frames.start + i] = item; });
    this.info = frames;
    this.words = words;
    this.asked = null;
    this.bar.setAttribute("aria-label", words.player);
    this.scrubber.max = String(frames.total - 1);
    this.scrubber.setAttribute("aria-label", words.position);
    Object.entries(this.buttons).forEach(([name, node]) => { if (name !== "play") { node.setAttribute("aria-label", words[name]); node.title = words[name]; } });
    this.showState();
  }

  reset(frames) {
    this.pause();
    this.frames = [];
    this.info = frames;
    this.at = frames?.at ?? 0;
    this.wanted = null;
  }

  play() {
    if (this.at >= this.info.total - 1) this.at = 0;
    this.playing = true;
    this.wanted = null;
    this.last = performance.now();
    this.debt = 1;
    this.showState();
    this.request = requestAnimationFrame((now) => this.tick(now));
  }

  pause() {
    this.playing = false;
    cancelAnimationFrame(this.request);
    if (this.info && this.words) this.showState();
  }

  tick(now) {
    if (!this.playing) return;
    const stride = calm.matches ? Math.max(1, Math.round(this.info.total / 10)) : 1;
    const rate = calm.matches ? 1 : this.info.rate;
    this.debt = Math.min(this.debt + ((now - this.last) / 1000) * rate, 3);
    this.last = now;
    if (this.debt >= 1 && !this.stage.busy) {
      const steps = Math.floor(this.debt);
      this.debt -= steps;
      const next = Math.min(this.at + steps * stride, this.info.total - 1);
      if (this.frames[next]) this.step(next);
      this.askFor(next);
      if (this.at >= this.info.total - 1) return this.pause();
    }
    this.request = requestAnimationFrame((time) => this.tick(time));
  }

  go(index) {
    const target = Math.max(0, Math.min(index, this.info.total - 1));
    if (!this.frames[target]) { this.wanted = target; this.showState(); return this.askFor(target); }
    this.wanted = null;
    this.step(target);
  }

  drawn() { if (this.wanted != null && this.frames[this.wanted]) this.go(this.wanted); }

  // Like a redraw: steps that come while one is drawn are drawn once, the newest of them.
  step(index) {
    this.at = index;
    this.showState();
    if (this.stepping) return;
    this.stepping = true;
    this.stage.inTurn(async (Plotly) => {
      this.stepping = false;
      const [shown, { traces }] = [this.at, this.info];
      const frame = this.frames[shown];
      if (!frame) return;
      const drawn = this.stage.scene.figure.data;
      const data = frame.data.map((trace, i) => (drawn[traces[i]].type === "surface" ? onMesh(trace) : trace));
      const { colour } = themeOf(this.stage.root);
      await Plotly.update(this.stage.plot, coloured(byAttribute(data), colour), coloured(frame.layout ?? {}, colour), traces);
      this.stage.drawn(shown);
    });
  }

  // Before the first frame is due and while Python redraws, the figure must show the frame the reader is at.
  apply(data) {
    const frame = this.frames[this.at];
    if (!this.info || !frame) return data;
    const merged = data.slice();
    this.info.traces.forEach((trace, i) => { merged[trace] = { ...data[trace], ...frame.data[i] }; });
    return merged;
  }

  layout() { return this.frames[this.at]?.layout ?? {}; }

  askFor(index) {
    const chunk = this.info.chunk;
    const ahead = Math.min(index + Math.ceil(chunk * AHEAD), this.info.total - 1);
    const missing = !this.frames[index] ? index : !this.frames[ahead] ? this.frames.findIndex((item, i) => i > index && !item) : -1;
    const start = missing >= 0 ? missing : !this.frames[ahead] ? this.frames.length : -1;
    if (start < 0 || this.asked === start || document.hidden) return;
    this.asked = start;
    this.stage.events.send("need", { id: this.info.id, start });
  }

  showState() {
    const { play } = this.buttons;
    play.dataset.state = this.playing ? "playing" : "paused";
    this.label.setAttribute("aria-live", this.playing ? "off" : "polite");
    const name = this.playing ? this.words.pause : this.words.play;
    play.setAttribute("aria-label", name);
    play.title = name;
    play.textContent = name;
    this.scrubber.value = String(this.wanted ?? this.at);
    const label = this.frames[this.at]?.label ?? "";
    this.label.textContent = label;
    this.scrubber.setAttribute("aria-valuetext", label);
  }
}

// Clicks and drags, in data coordinates. While one drag message is on its way, only the newest next one is kept.
class Events {
  constructor(stage) {
    this.stage = stage;
    this.nodes = new Map();
    this.sent = 0;
    this.stage.plot.addEventListener("pointerdown", (event) => { this.down = { x: event.clientX, y: event.clientY }; }, true);
    this.up = (event) => this.click(event);
    window.addEventListener("pointerup", this.up, true);  // Plotly covers the page while a button is down
  }

  listen() {
    if (this.listening || !this.stage.plot.on) return;
    this.listening = true;
    this.stage.plot.on("plotly_click", ({ points }) => {
      if (this.stage.scene.listens.includes("pick") && points[0].customdata != null) this.send("pick", { value: [points[0].customdata].flat()[0] });
    });
  }

  click(event) {
    const { down } = this;
    this.down = null;
    if (!down || !this.stage.scene?.listens.includes("click")) return;
    if (Math.hypot(event.clientX - down.x, event.clientY - down.y) > 5) return;
    const box = this.stage.plot.getBoundingClientRect();
    const [px, py] = [event.clientX - box.left, event.clientY - box.top];
    for (const { xaxis, yaxis } of Object.values(this.stage.plot._fullLayout?._plots ?? {})) {
      const [x, y] = [px - xaxis._offset, py - yaxis._offset];
      if (x < 0 || y < 0 || x > xaxis._length || y > yaxis._length) continue;
      this.send("click", { x: xaxis.p2d(x), y: yaxis.p2d(y), axes: xaxis._id + yaxis._id });
    }
  }

  move(handle, x, y) {
    const next = { id: handle.id, x, y };
    this.latest = next;
    if (this.waiting) { this.newest = next; return; }
    this.sent += 1;
    this.waiting = setTimeout(() => this.answered(this.sent), 2000);
    this.send("move", { ...next, number: this.sent });
  }

  // `heard` is the number of the last message that Python has seen: an older scene is no answer to a newer move.
  answered(heard) {
    this.sent = Math.max(this.sent, heard);  // a stage that is mounted anew goes on counting
    if (!this.waiting || heard < this.sent) return;
    clearTimeout(this.waiting);
    this.waiting = null;
    const next = this.newest;
    this.newest = null;
    if (next) this.move(next, next.x, next.y);
  }

  placeHandles(handles) {
    const layout = this.stage.plot._fullLayout;
    const kept = new Set(handles.map((handle) => handle.id));
    for (const [id, node] of this.nodes) if (!kept.has(id)) { node.remove(); this.nodes.delete(id); }
    for (const sent of handles) {
      const ahead = this.waiting && this.latest?.id === sent.id;  // the reader has moved on since Python answered
      const handle = ahead ? { ...sent, y: this.latest.y } : sent;
      const node = this.nodes.get(handle.id) ?? this.makeHandle(handle.id);
      node.handle = handle;
      const [xaxis, yaxis] = this.axes(layout, handle);
      if (!xaxis || !yaxis) continue;
      node.setAttribute("aria-label", handle.label);
      node.setAttribute("aria-valuemin", handle.low);
      node.setAttribute("aria-valuemax", handle.high);
      node.setAttribute("aria-valuenow", handle.y);
      node.setAttribute("aria-valuetext", handle.text);
      node.setAttribute("aria-orientation", "vertical");
      if (this.dragged === handle.id) continue;
      this.position(node, xaxis, yaxis, handle.x, handle.y);
    }
  }

  axes(layout, handle) { return [layout[handle.xaxis], layout[handle.yaxis]]; }

  position(node, xaxis, yaxis, x, y) {
    const bounded = Math.max(Math.min(...yaxis.range), Math.min(y, Math.max(...yaxis.range)));
    node.style.left = `${xaxis._offset + xaxis.d2p(x)}px`;
    node.style.top = `${yaxis._offset + yaxis.d2p(bounded)}px`;
  }

  makeHandle(id) {
    const node = element("div", { className: "stage-handle", tabIndex: 0 });
    node.dataset.handle = id;
    node.setAttribute("role", "slider");
    node.addEventListener("pointerdown", (event) => { node.setPointerCapture(event.pointerId); this.dragged = id; event.preventDefault(); node.focus(); });
    node.addEventListener("pointermove", (event) => { if (this.dragged === id) this.drag(node, event); });
    const release = () => { this.dragged = null; this.placeHandles(this.stage.scene.handles); };
    node.addEventListener("pointerup", release);
    node.addEventListener("pointercancel", release);
    node.addEventListener("keydown", (event) => this.key(node, event));
    this.stage.handles.append(node);
    this.nodes.set(id, node);
    return node;
  }

  drag(node, event) {
    const { handle } = node;
    const [xaxis, yaxis] = this.axes(this.stage.plot._fullLayout, handle);
    const box = this.stage.plot.getBoundingClientRect();
    const y = snapped(yaxis.p2d(event.clientY - box.top - yaxis._offset), handle);
    this.position(node, xaxis, yaxis, handle.x, y);
    this.move(handle, handle.x, y);
  }

  key(node, event) {
    const { handle } = node;
    const steps = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 };
    const edge = { Home: handle.low, End: handle.high };
    if (!(event.key in steps) && !(event.key in edge)) return;
    event.preventDefault();
    handle.y = event.key in edge ? edge[event.key] : snapped(handle.y + steps[event.key] * handle.step, handle);
    node.setAttribute("aria-valuenow", handle.y);
    this.move(handle, handle.x, handle.y);
  }

  close() { window.removeEventListener("pointerup", this.up, true); clearTimeout(this.waiting); this.send = () => {}; }
}

// [{ y, text }, { y, text }], one a trace, as Plotly.update wants it: { y: [., .], text: [., .] }
function byAttribute(traces) {
  const names = new Set(traces.flatMap((trace) => Object.keys(trace)));
  return Object.fromEntries([...names].map((name) => [name, traces.map((trace) => trace[name])]));
}

function snapped(value, { low, high, step }) {
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  return Number(Math.max(low, Math.min(high, Math.round(value / step) * step)).toFixed(digits));
}

function merge(base, extra) {
  const result = { ...base };
  for (const [name, value] of Object.entries(extra ?? {})) {
    result[name] = isPlain(value) && isPlain(base?.[name]) ? merge(base[name], value) : value;
  }
  return result;
}

function isPlain(value) { return value !== null && typeof value === "object" && !Array.isArray(value); }

// A surface on a grid is drawn as a mesh of triangles: Plotly's own surfaces are refined to 128 cells a side
// before they are drawn, which without a graphics card takes four times as long for the same picture.
function meshed(trace) {
  if (trace.type !== "surface") return trace;
  const { contours: _, ...rest } = onMesh(trace);
  const [rows, columns] = [trace.z.length, trace.z[0].length];
  const xs = trace.x ?? Array.from({ length: columns }, (_, k) => k);
  const ys = trace.y ?? Array.from({ length: rows }, (_, k) => k);
  return {
    ...rest, ...triangles(rows, columns), type: "mesh3d",
    x: ys.flatMap(() => xs), y: ys.flatMap((y) => xs.map(() => y)),
  };
}

function onMesh({ z, surfacecolor, ...rest }) {
  return z ? { ...rest, z: z.flat(), intensity: (surfacecolor ?? z).flat() } : rest;
}

const grids = new Map();
function triangles(rows, columns) {
  const name = `${rows}×${columns}`;
  if (!grids.has(name)) {
    const [i, j, k] = [[], [], []];
    for (let row = 0; row + 1 < rows; row += 1) {
      for (let column = 0; column + 1 < columns; column += 1) {
        const corner = row * columns + column;
        i.push(corner, corner + 1);
        j.push(corner + 1, corner + columns + 1);
        k.push(corner + columns, corner + columns);
      }
    }
    grids.set(name, { i, j, k });
  }
  return grids.get(name);
}

// Figures name colours of the page's theme as "var(--name)"; Plotly needs them resolved.
function coloured(value, colour) {
  if (typeof value === "string") return value.startsWith("var(") ? colour(value) : value;
  if (Array.isArray(value)) return typeof value[0] === "number" ? value : value.map((item) => coloured(item, colour));
  if (isPlain(value)) return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, coloured(item, colour)]));
  return value;
}

function themeOf(root) {
  const style = getComputedStyle(root);
  const colour = (name) => style.getPropertyValue(name.slice(4, -1)).trim() || "#888";
  const font = { family: style.fontFamily, size: Math.round(parseFloat(style.fontSize) * 0.9), color: style.color };
  return { colour, font, ink: style.color, grid: colour("var(--st-border-color)"), paper: colour("var(--st-background-color)") };
}

function themedLayout(layout, { font, ink, grid, paper }) {
  const flat = { gridcolor: grid, linecolor: ink, zerolinecolor: ink, zerolinewidth: 1, automargin: true, title: { standoff: 8 } };
  const solid = { gridcolor: grid, linecolor: ink, zerolinecolor: grid, color: ink, backgroundcolor: paper, showbackground: false };
  const common = {
    font, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", margin: { l: 48, r: 12, t: 36, b: 44 }, dragmode: false,
    hoverlabel: { font: { family: font.family } },
  };
  const axes = Object.keys(layout).filter((name) => /^[xy]axis\d*$/.test(name)).map((name) => [name, flat]);
  const scenes = Object.keys(layout).filter((name) => /^scene\d*$/.test(name)).map((name) => [name, { xaxis: solid, yaxis: solid, zaxis: solid, dragmode: "turntable" }]);
  return merge({ ...common, ...Object.fromEntries([...axes, ...scenes]) }, layout);
}
