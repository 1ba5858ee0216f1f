// One camera for all scenes of a picture: they turn together, by pointer or by arrow keys, and a picture in space
// that comes back after another view finds it again.

const STEP = Math.PI / 18;
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const SCENE = /^scene\d*$/;

export function scenesOf(layout) { return Object.keys(layout ?? {}).filter((name) => SCENE.test(name)); }

export function isInSpace(layout) { return scenesOf(layout).length > 0; }

let possible;
// Whether this browser draws in space at all.
export function canDrawInSpace() {
  possible ??= ["webgl", "webgl2", "experimental-webgl"].some((kind) => { try { return document.createElement("canvas").getContext(kind); } catch { return false; } });
  return possible;
}

export class Camera {
  constructor(plot) {
    this.plot = plot;
    this.plot.addEventListener("keydown", (event) => this.key(event));
    // One finger scrolls the page, as everywhere: Plotly does not hear of it. Two turn the picture.
    for (const kind of ["touchstart", "touchmove"]) this.plot.addEventListener(kind, (event) => { if (event.touches.length < 2 && this.inSpace) event.stopPropagation(); }, { capture: true, passive: true });
    this.plot.addEventListener("touchend", () => { if (this.inSpace) this.touched(); });
  }

  // Plotly tells of what a pointer has turned, and not of what fingers have.
  touched() {
    const layout = this.plot._fullLayout;
    const seen = scenesOf(layout).map((name) => [layout[name].camera, layout[name]._scene.getCamera()]);
    const [, turned] = seen.find(([before, now]) => !same(before.eye, now.eye)) ?? [];
    if (turned) this.turn(turned);
  }

  // The layout with the camera as the reader left it.
  held(layout) {
    const scenes = scenesOf(layout);
    this.inSpace = scenes.length > 0;
    this.plot.classList.toggle("stage-space", this.inSpace);
    if (scenes.length) Object.entries({ tabindex: "0", "aria-keyshortcuts": Object.keys(KEYS).join(" ") }).forEach(([name, value]) => this.plot.setAttribute(name, value));
    else ["tabindex", "aria-keyshortcuts"].forEach((name) => this.plot.removeAttribute(name));
    if (!this.camera) return layout;
    return { ...layout, ...Object.fromEntries(scenes.map((name) => [name, { ...layout[name], camera: this.camera }])) };
  }

  listen(Plotly) {
    if (this.Plotly) return;
    this.Plotly = Plotly;
    this.plot.on("plotly_relayout", (change) => {
      const turned = Object.keys(change).find((name) => /^scene\d*\.camera$/.test(name));
      if (turned) this.turn(change[turned]);
    });
  }

  turn(camera) {
    this.camera = camera;
    const behind = scenesOf(this.plot._fullLayout).filter((name) => !same(this.plot._fullLayout[name].camera.eye, camera.eye));
    if (behind.length) this.Plotly.relayout(this.plot, Object.fromEntries(behind.map((name) => [`${name}.camera`, camera])));
  }

  key(event) {
    const [scene] = scenesOf(this.plot._fullLayout);
    if (!(event.key in KEYS) || !scene || !this.Plotly) return;
    event.preventDefault();
    const { eye, center, up } = this.plot._fullLayout[scene].camera;
    this.turn({ center, up, eye: moved(eye, ...KEYS[event.key]) });
  }
}

function moved({ x, y, z }, around, above) {
  const far = Math.hypot(x, y, z);
  const turned = Math.atan2(y, x) + around * STEP;
  const height = Math.max(-1.5, Math.min(1.5, Math.asin(z / far) + above * STEP));
  return { x: far * Math.cos(height) * Math.cos(turned), y: far * Math.cos(height) * Math.sin(turned), z: far * Math.sin(height) };
}

const same = (a, b) => ["x", "y", "z"].every((axis) => Math.abs(a[axis] - b[axis]) < 1e-9);
