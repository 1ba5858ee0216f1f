import { light, listensForTerms } from "./lit.js";
import { element, within } from "./objects.js";
import { Points } from "./points.js";

// Clicks and drags, in data coordinates. While one drag message is on its way, only the newest next one is kept.
export class Events {
  constructor(stage) {
    this.stage = stage;
    this.nodes = new Map();
    this.sent = 0;
    /** @type {(name: string, value: any) => void} */
    this.send = () => {};
    this.points = new Points(stage);
    this.stage.plot.addEventListener("pointerdown", (event) => { this.down = event; }, true);
    this.up = (event) => { this.points.up(this.down, event); this.down = null; };
    window.addEventListener("pointerup", this.up, true);  // Plotly covers the page while a button is down
  }

  listen() {
    if (this.listening || !this.stage.plot.on) return;
    this.listening = true;
    this.stage.plot.on("plotly_click", ({ points }) => {
      if (this.stage.scene.listens.includes("pick") && points[0].customdata != null) this.send("pick", { value: [points[0].customdata].flat()[0] });
    });
    listensForTerms();
    this.stage.plot.on("plotly_hover", ({ points }) => { if (this.showsClasses()) light(points[0].pointIndex); });
    this.stage.plot.on("plotly_unhover", () => { if (this.showsClasses()) light(null); });
  }

  showsClasses() { return this.stage.root.classList.contains("stage-classes"); }

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
      node.setAttribute("aria-valuemin", handle.least ?? handle.low);
      node.setAttribute("aria-valuemax", handle.most ?? handle.high);
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
    node.addEventListener("focus", () => { if (this.showsClasses()) light(id); });
    node.addEventListener("blur", () => { if (this.showsClasses()) light(null); });
    this.stage.handles.append(node);
    this.nodes.set(id, node);
    return node;
  }

  drag(node, event) {
    const { handle } = node;
    const [xaxis, yaxis] = this.axes(this.stage.plot._fullLayout, handle);
    const [, top] = within(this.stage.plot, event);
    const y = snapped(yaxis.p2d(top - yaxis._offset), handle);
    this.position(node, xaxis, yaxis, handle.x, y);
    this.move(handle, handle.x, y);
  }

  key(node, event) {
    const { handle } = node;
    const steps = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 };
    const edge = { Home: handle.low, End: handle.high };
    if (!(event.key in steps) && !(event.key in edge)) return;
    event.preventDefault();
    const ends = { step: handle.step, low: handle.least ?? handle.low, high: handle.most ?? handle.high };
    handle.y = event.key in edge ? edge[event.key] : snapped(handle.y + steps[event.key] * handle.step, ends);
    node.setAttribute("aria-valuenow", handle.y);
    this.move(handle, handle.x, handle.y);
  }

  close() { this.points.close(); window.removeEventListener("pointerup", this.up, true); clearTimeout(this.waiting); this.send = () => {}; }
}

function snapped(value, { low, high, step }) {
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  return Number(Math.max(low, Math.min(high, Math.round(value / step) * step)).toFixed(digits));
}
