import { element } from "./objects.js";

const AHEAD = 0.5;             // ask for frames when less than this part of a chunk is left
const REST = 250;              // ms without a step until the reader has come to rest
const LOST = 5000;             // ms without an answer until a question is asked again
const FRUITLESS = 3;           // answers without a new frame until the player gives up
const calm = matchMedia("(prefers-reduced-motion: reduce)");

// Plays frames that arrive in chunks, and asks for the next chunk before it runs dry. A frame's place is its step.
export class Player {
  constructor(stage) {
    this.stage = stage;
    this.frames = new Map();
    this.at = 0;
    this.reached = 0;
    this.playing = false;
    const button = (name, action) => {
      const node = element("button", { type: "button", onclick: action });
      node.dataset.action = name;
      return node;
    };
    const jump = (name, steps) => button(name, () => { const from = this.wanted ?? this.at; this.pause(); this.go(from + steps); });
    this.buttons = {
      first: jump("first", -Infinity),
      back: jump("back", -1),
      play: button("play", () => (this.moves() ? this.pause() : this.play())),
      forward: jump("forward", 1),
      leap: jump("leap", 10),
      last: jump("last", Infinity),
    };
    this.scrubber = element("input", { type: "range", min: "0", step: "1" });
    this.scrubber.addEventListener("input", () => { const target = Number(this.scrubber.value); this.pause(); this.go(target); });
    this.speed = element("select");
    this.label = element("output");
    this.bar = element("div", { className: "stage-player", hidden: true }, ...Object.values(this.buttons), this.scrubber, this.speed, this.label);
    this.bar.setAttribute("role", "group");
    this.woken = () => { if (!document.hidden && this.info) { this.askFor(this.wanted ?? this.at); this.rest(); } };
    document.addEventListener("visibilitychange", this.woken);
  }

  take(film, words, looks) {
    this.bar.hidden = !film;
    if (!film) { this.halt(); this.info = null; return; }
    const isNew = this.info?.id !== film.id;
    if (isNew) this.begin(film);
    if (this.looks !== looks) { this.frames.clear(); this.looks = looks; }
    this.receive(film);
    this.words = words;
    this.bar.setAttribute("aria-label", words.player);
    this.scrubber.max = String(film.total - 1);
    this.scrubber.setAttribute("aria-label", words.position);
    for (const [name, node] of Object.entries(this.buttons)) if (name !== "play") { node.setAttribute("aria-label", words[name]); node.title = words[name]; }
    for (const name of ["leap", "last"]) this.buttons[name].hidden = film.player !== "full";
    this.offerSpeeds(film.speeds, words.speed);
    if (isNew && film.plays && !this.playing) this.play();
    this.showState();
    this.showPlace();
    if (!film.answers) this.rest();
  }

  state() {
    const { info, words, looks, frames, at, reached, rested, playing, speed } = this;
    return { kept: { info, words, looks, frames, at, reached, rested }, playing, speeds: [...speed.options], chosen: speed.selectedIndex };
  }

  // Go on as another player was, whose stage is gone.
  resume({ kept, playing, speeds, chosen }) {
    Object.assign(this, kept);
    this.speed.replaceChildren(...speeds);
    this.speed.selectedIndex = chosen;
    if (playing) this.play();
  }

  begin(film) {
    const follows = film.follows.includes(this.info?.id);
    const ranPast = this.ranOut && 0 < film.at && film.at < this.at;  // to its end, while Python branched
    const meant = follows && !this.playing && !this.ranOut ? this.meant() : null;
    if (!follows || !this.playing) this.halt();
    this.frames.clear();
    this.at = this.reached = film.here;  // where the reader was, if they come back to it
    this.answered();
    this.wanted = meant;
    this.progress = null;
    this.fruitless = 0;
    this.rested = film.here;
    this.info = film;
    if (follows && ranPast) this.play();
  }

  // Where the reader has gone to without Python knowing it yet: a film that is on its way was made without it.
  meant() {
    const there = this.wanted ?? this.at;
    if (there === this.rested) return null;
    return there > 0 && there >= this.end() ? Infinity : there;
  }

  receive(film) {
    const fresh = film.items.filter(({ step }) => !this.frames.has(step));
    for (const item of film.items) this.frames.set(item.step, item);
    this.info = film;
    if (film.answers) {
      if (film.items.length > 1) this.bearable = (1000 * film.items.length) / (performance.now() - this.askedAt);
      this.answered();
      this.fruitless = fresh.length ? 0 : this.fruitless + 1;
      this.progress = film.items.at(-1)?.step;
    } else this.rested = film.here;  // a server that has been restarted has yet to learn where the reader is
    this.at = Math.min(this.at, this.end());
    if (this.wanted != null) this.wanted = Math.min(this.wanted, this.end());
    if (!this.frames.has(this.at) && !this.playing) this.wanted ??= this.at;
  }

  end() { return this.info.total - 1; }

  moves() { return this.playing || this.under; }  // `under`: on a way that takes more than one answer

  offerSpeeds(speeds, name) {
    this.speed.hidden = !speeds.length;
    this.speed.setAttribute("aria-label", name);
    this.speed.title = name;
    const labels = speeds.map(([label]) => label);
    if (labels.join() === [...this.speed.options].map((option) => option.text).join()) return;
    const chosen = this.speed.options.length === labels.length ? this.speed.selectedIndex : Math.floor(labels.length / 2);
    this.speed.replaceChildren(...labels.map((label) => element("option", { textContent: label })));
    this.speed.selectedIndex = chosen;
  }

  pace() {
    if (calm.matches) return { stride: Math.max(1, Math.round(this.info.total / 10)), rate: 1 };
    const [, stride, rate] = this.info.speeds[this.speed.selectedIndex] ?? [null, this.info.stride, this.info.rate];
    return { stride: stride * this.growth(), rate: Math.min(rate, this.bearable) };  // rather slower than by fits and starts
  }

  // On a logarithmic scale of time every doubling lasts as long as the one before.
  growth() {
    const { grows } = this.info;
    return grows ? 2 ** Math.max(0, Math.floor(Math.log2(this.at / grows))) : 1;
  }

  play() {
    if (this.at >= this.end()) this.at = 0;
    this.playing = true;
    this.ranOut = false;
    this.bearable = Infinity;
    this.wanted = null;
    this.under = false;
    this.fruitless = 0;
    this.last = performance.now();
    this.debt = 1;
    this.showState();
    this.request = requestAnimationFrame((now) => this.tick(now));
  }

  pause() {
    this.halt();
    if (!this.info || !this.words) return;
    this.showState();
    this.rest();
  }

  halt() {
    this.playing = this.under = this.ranOut = false;
    this.wanted = null;
    cancelAnimationFrame(this.request);
    clearTimeout(this.resting);
  }

  tick(now) {
    if (!this.playing) return;
    const { stride, rate } = this.pace();
    this.debt = Math.min(this.debt + ((now - this.last) / 1000) * rate, 3);
    this.last = now;
    if (this.debt >= 1 && !this.stage.busy) {
      const count = Math.floor(this.debt);
      this.debt -= count;
      const there = this.newest(stride, count);
      if (there != null) this.step(there);
      this.askFor(this.after(this.at, stride, 1), stride);
      if (this.at >= this.end()) { this.pause(); this.ranOut = true; return; }
    }
    this.request = requestAnimationFrame((time) => this.tick(time));
  }

  // The furthest of the due frames that is there, or else a step on the way to them.
  newest(stride, count) {
    for (let due = count; due > 0; due -= 1) if (this.frames.has(this.after(this.at, stride, due))) return this.after(this.at, stride, due);
    return this.progress > this.at && this.progress < this.after(this.at, stride, count) ? this.progress : null;
  }

  // Strides end at their multiples, so that a film is played again with the frames that are there.
  after(step, stride, count) { return Math.min((Math.floor(step / stride) + count) * stride, this.end()); }

  go(step) {
    const target = Math.max(0, Math.min(step, this.end()));
    clearTimeout(this.resting);
    this.fruitless = 0;
    this.wanted = target;
    this.rested = null;
    this.arrived();
  }

  // What has arrived may be what the reader waits for, or a step on the way there.
  arrived() {
    if (this.wanted == null) return;
    if (this.fruitless >= FRUITLESS) { this.pause(); return; }
    if (this.frames.has(this.wanted)) {
      const there = this.wanted;
      this.wanted = null;
      this.under = false;
      this.step(there);
      this.rest();
    } else {
      this.under = this.progress > this.at && this.progress < this.wanted;
      if (this.under) this.step(this.progress);
      this.askFor(this.wanted, 1);
    }
    this.showState();
    this.showPlace();
  }

  step(step) {
    this.at = step;
    this.reached = Math.max(this.reached, step);
    this.showPlace();
    this.stage.showFrame();
  }

  // After a while without a step Python learns where the reader is: what needs work is shown there only.
  rest() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      if (this.playing || this.wanted != null || document.hidden || !this.info) return;
      this.stage.rest();
      if (this.rested === this.at || !this.stage.scene.listens.includes("rest")) return;
      this.rested = this.at;
      this.stage.events.send("rest", { id: this.info.id, step: this.at });
    }, REST);
  }

  frame() { return this.info ? this.frames.get(this.at) : null; }

  // One question at a time: what is wanted meanwhile is asked for when the answer is there.
  askFor(step, stride = this.pace().stride) {
    const start = this.missing(step, stride);
    if (start == null || this.asked || document.hidden) return;
    const count = this.playing ? this.info.chunk : Math.ceil(this.info.chunk / 4);
    this.asked = setTimeout(() => { this.answered(); if (this.wanted != null) this.askFor(this.wanted, 1); }, LOST);
    this.rested = null;
    this.askedAt = performance.now();
    this.stage.events.send("need", { id: this.info.id, start, stride, count, at: this.at, holds: this.stage.scene.version });
  }

  answered() { clearTimeout(this.asked); this.asked = null; }

  missing(step, stride) {
    if (!this.frames.has(step)) return step;
    if (!this.playing) return null;
    for (let count = 1; count <= Math.ceil(this.info.chunk * AHEAD); count += 1) {
      const next = this.after(step, stride, count);
      if (!this.frames.has(next)) return next;
    }
    return null;
  }

  showState() {
    const moves = this.moves();
    const state = moves ? "playing" : "paused";
    this.stage.root.dataset.playing = String(this.playing);
    this.stage.root.dataset.end = String(this.end());
    this.stage.root.dataset.film = this.info.id;
    const { play } = this.buttons;
    const name = moves ? this.words.pause : this.words.play;
    if (play.dataset.state === state && play.textContent === name) return;
    play.dataset.state = state;
    this.label.setAttribute("aria-live", moves ? "off" : "polite");
    play.setAttribute("aria-label", name);
    play.title = name;
    play.textContent = name;
  }

  showPlace() {
    const place = this.under && document.activeElement !== this.scrubber ? this.at : this.wanted ?? this.at;
    const label = this.frames.get(place)?.label ?? (this.info.step_words ? this.info.step_words.replace("{step}", place) : this.label.textContent);
    this.scrubber.value = String(place);
    this.label.textContent = label;
    this.scrubber.setAttribute("aria-valuetext", label);
  }

  close() { this.halt(); this.answered(); document.removeEventListener("visibilitychange", this.woken); }
}
