import { element, within } from "./objects.js";

const NEAR = 12;               // pixels from a point within which a pointer means that point
const STILL = 5;               // pixels that a pointer may move in a click

// The points of a picture that can be clicked, and dragged with a ghost beneath the pointer until they are let go.
export class Points {
  constructor(stage) {
    this.stage = stage;
    this.ghost = element("div", { className: "stage-ghost", hidden: true });
    stage.handles.append(this.ghost);
    stage.plot.addEventListener("pointerdown", (event) => this.press(event), true);
    stage.plot.addEventListener("touchstart", (event) => { if (this.held) event.preventDefault(); }, { passive: false, capture: true });
    stage.plot.addEventListener("pointermove", (event) => this.hover(event));
    this.moved = (event) => this.drag(event);
    this.escaped = (event) => { if (event.key === "Escape" || event.type === "pointercancel") this.release(); };
    window.addEventListener("pointermove", this.moved, true);
    window.addEventListener("pointercancel", this.escaped, true);
    window.addEventListener("keydown", this.escaped, true);
  }

  // The subplots in which points lie; a picture that names none has one place for all: every subplot.
  places() {
    const { plot, scene } = this.stage;
    const layout = plot._fullLayout;
    if (!scene?.point_axes.length) return Object.values(layout?._plots ?? {});
    const gone = this.stage.isNarrow() ? scene.layers.filter((layer) => layer.wide_only).map((layer) => layer.xaxis) : [];
    return scene.point_axes.filter(([x]) => layout?.[x] && !gone.includes(x)).map(([x, y]) => ({ xaxis: layout[x], yaxis: layout[y] }));
  }

  at(event) {
    const [left, top] = within(this.stage.plot, event);
    for (const { xaxis, yaxis } of this.places()) {
      const [px, py] = [left - xaxis._offset, top - yaxis._offset];
      if (px >= 0 && py >= 0 && px <= xaxis._length && py <= yaxis._length) return { xaxis, yaxis, px, py, index: this.nearest(xaxis, yaxis, px, py) };
    }
    return null;
  }

  nearest(xaxis, yaxis, px, py) {
    let [index, least] = [null, NEAR];
    this.stage.scene.points.forEach(([x, y], i) => {
      const distance = Math.hypot(xaxis.d2p(x) - px, yaxis.d2p(y) - py);
      if (distance <= least) [index, least] = [i, distance];
    });
    return index;
  }

  press(event) {
    const place = this.listens("drag") && event.isPrimary && event.button === 0 ? this.at(event) : null;
    this.held = place?.index == null ? null : { ...place, from: event };
  }

  drag(event) {
    if (!this.held) return;
    if (this.ghost.hidden && isClick(event, this.held.from)) return;
    const { xaxis, yaxis } = this.held;
    const [left, top] = within(this.stage.plot, event);
    const px = between(0, left - xaxis._offset, xaxis._length);
    const py = between(0, top - yaxis._offset, yaxis._length);
    Object.assign(this.held, { px, py });
    Object.assign(this.ghost.style, { left: `${px + xaxis._offset}px`, top: `${py + yaxis._offset}px` });
    this.ghost.hidden = false;
  }

  // What the pointer did between down and up.
  up(down, event) {
    const { held } = this;
    const dragged = held && !this.ghost.hidden;
    this.release();
    if (dragged) { this.send("drag", { index: held.index, x: held.xaxis.p2d(held.px), y: held.yaxis.p2d(held.py) }); return; }
    const place = down && isClick(event, down) ? this.at(event) : null;
    if (!place) return;
    if (place.index == null) this.send("click", { x: place.xaxis.p2d(place.px), y: place.yaxis.p2d(place.py) });
    else this.send("point", { index: place.index });
  }

  release() { this.held = null; this.ghost.hidden = true; }

  hover(event) {
    if (event.pointerType !== "mouse" || !(this.listens("point") || this.listens("drag"))) return;
    this.stage.plot.dataset.over = String(this.at(event)?.index != null);
  }

  listens(name) { return this.stage.scene?.listens.includes(name); }

  send(name, value) { if (this.listens(name)) this.stage.events.send(name, value); }

  close() {
    window.removeEventListener("pointermove", this.moved, true);
    window.removeEventListener("pointercancel", this.escaped, true);
    window.removeEventListener("keydown", this.escaped, true);
  }
}

function isClick(event, down) { return Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) <= STILL; }

function between(low, value, high) { return Math.max(low, Math.min(value, high)); }
