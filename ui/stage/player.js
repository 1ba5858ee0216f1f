import { onMesh } from "./mesh.js";
import { element } from "./objects.js";
import { coloured, themeOf } from "./theme.js";

const AHEAD = 0.5;             // ask for frames when less than this part of a chunk is left
const calm = matchMedia("(prefers-reduced-motion: reduce)");

// Plays frames that arrive in chunks, and asks for the next chunk before it runs dry.
export class Player {
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

// [{ y, text }, { y, text }], one a trace, as Plotly.update wants it: { y: [., .], text: [., .] }
function byAttribute(traces) {
  const names = new Set(traces.flatMap((trace) => Object.keys(trace)));
  return Object.fromEntries([...names].map((name) => [name, traces.map((trace) => trace[name])]));
}
