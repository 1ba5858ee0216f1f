// A slider that reports while it moves. It shows what Python says, unless the reader is ahead of that.

const ANSWER = 2000;   // ms after which an answer is waited for no longer, and twice as long each time again
const TRIES = 3;       // of the last position, which a server that has just begun may have missed
const AWAY = 5000;     // ms for which a slider that has lost its place is kept
const TEN = { PageUp: "stepUp", PageDown: "stepDown" };

const tracks = new WeakMap();
const left = new Map();  // sliders that have lost their place, by their key

export function draw({ parentElement, data, setTriggerValue }) {
  if (!tracks.has(parentElement)) tracks.set(parentElement, taken(data.key, parentElement));
  tracks.get(parentElement).show(data, setTriggerValue);
}

export function clear(parentElement) {
  tracks.get(parentElement)?.leave();
  tracks.delete(parentElement);
}

// Streamlit may take a slider off the page in the middle of many runs, and put it back at once.
function taken(key, parent) {
  const track = left.get(key) ?? new Track();
  left.delete(key);
  parent.append(track.root);
  if (track.focused) track.input.focus({ preventScroll: true });
  return track;
}

const made = (tag, values = {}, ...children) => { const node = Object.assign(document.createElement(tag), values); node.append(...children); return node; };

// The same text written again would be laid out again.
const write = (node, text) => { if (node.textContent !== text) node.textContent = text; };

class Track {
  constructor() {
    this.sent = this.tries = 0;
    this.own = null;  // where the reader is, while Python has not said so
    const id = `track-${crypto.getRandomValues(new Uint32Array(1))[0]}`;
    this.input = made("input", { type: "range", id });
    this.label = made("label", { htmlFor: id });
    this.value = made("output", { className: "track-value" });
    this.about = made("button", { type: "button", className: "track-about", textContent: "?" });
    this.help = made("p", { className: "track-help", id: `${id}-help`, hidden: true });
    this.ends = [made("span"), made("span")];
    const ends = made("div", { className: "track-ends" }, ...this.ends);
    ends.ariaHidden = "true";
    this.value.setAttribute("aria-live", "off");  // the input says it
    this.about.setAttribute("aria-controls", this.help.id);
    this.root = made("div", { className: "track" }, made("div", { className: "track-head" }, this.label, this.about, this.value), this.help, this.input, ends);
    this.listen();
  }

  listen() {
    const { input } = this;
    input.addEventListener("pointerdown", () => { this.held = true; });
    input.addEventListener("input", () => this.moved());
    input.addEventListener("change", () => { if (!this.repeats) this.settle(); });
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("keyup", () => { this.repeats = false; this.settle(); });
    input.addEventListener("focus", () => { this.focused = true; });
    input.addEventListener("blur", () => { this.focused = !this.root.isConnected; this.repeats = false; this.settle(); });
    this.release = () => { if (this.held) { this.held = false; setTimeout(() => this.settle()); } };
    for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, this.release, true);
    this.about.addEventListener("click", () => this.explain(this.help.hidden));
  }

  show(data, send) {
    this.data = data;
    this.send = send;
    this.answered(data.heard);
    const { input } = this;
    write(this.label, data.label);
    input.setAttribute("aria-label", data.label);
    Object.assign(input, { min: data.low, max: data.high, step: data.step, disabled: data.disabled });
    this.ends.forEach((end, i) => write(end, data.ends[i]));
    this.about.hidden = !data.help;
    this.about.setAttribute("aria-label", data.about);
    this.about.title = data.help ?? "";
    write(this.help, data.help ?? "");
    this.explain(Boolean(data.help) && !this.help.hidden);
    if (!this.held && !this.unsettled && !this.waiting && !this.newest) this.own = null;
    if (this.own === null) input.value = data.value;
    this.write();
  }

  explain(open) {
    this.help.hidden = !open;
    this.about.setAttribute("aria-expanded", String(open));
  }

  write() {
    const { low, high, said } = this.data;
    const text = this.own === null ? said : this.textOf(this.own);
    this.value.textContent = text;
    this.input.setAttribute("aria-valuetext", text);
    this.input.style.setProperty("--track-part", `${100 * (Number(this.input.value) - low) / (high - low || 1)}%`);
  }

  textOf(value) {
    const { texts, digits } = this.data;
    return texts ? texts[value] : (Number(value.toFixed(digits)) || 0).toFixed(digits).replace("-", "−");
  }

  press(event) {
    this.repeats = event.repeat;
    if (!(event.key in TEN) || this.input.disabled) return;
    event.preventDefault();
    const before = this.input.value;
    this.input[TEN[event.key]](10);
    if (this.input.value !== before) this.moved();
  }

  // While a pointer or a key holds on, there is more to come; what moves in any other way has come to rest.
  moved() {
    this.own = Number(this.input.value);
    this.unsettled = true;
    this.write();
    if (this.held || this.repeats) this.say(false);
    else setTimeout(() => this.settle());
  }

  settle() { if (this.unsettled && !this.held && !this.repeats) this.say(true); }

  say(rests) {
    if (rests) this.unsettled = false;
    this.newest = { value: this.own, rests };
    this.go();
  }

  // One message is on its way; the newest position waits.
  go() {
    if (this.waiting || !this.newest) return;
    this.sent += 1;
    this.tries = 0;
    this.last = { ...this.newest, number: this.sent };
    this.newest = null;
    this.tell();
  }

  tell() {
    this.waiting = setTimeout(() => this.missed(), ANSWER * 2 ** this.tries);
    this.tries += 1;
    this.send("move", this.last);
  }

  missed() {
    if (this.newest || this.tries === TRIES) this.answered(this.sent);
    else this.tell();
  }

  // `heard` is the number of the last message that Python has seen: an older value is no answer to a newer move.
  answered(heard) {
    this.sent = Math.max(this.sent, heard);  // a slider that is mounted anew goes on counting
    if (!this.waiting || heard < this.sent) return;
    clearTimeout(this.waiting);
    this.waiting = null;
    this.go();
  }

  leave() {
    const { key } = this.data;
    this.root.remove();
    left.set(key, this);
    setTimeout(() => { if (left.get(key) === this) { left.delete(key); this.close(); } }, AWAY);
  }

  close() {
    clearTimeout(this.waiting);
    for (const end of ["pointerup", "pointercancel"]) window.removeEventListener(end, this.release, true);
  }
}
