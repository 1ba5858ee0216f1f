// The bar at the bottom of the window that leads through the steps of a lesson.
import { Contents } from "./contents.js";
import { Keys } from "./keys.js";
import { made, addressOf, linkTo, isPlain } from "./links.js";
import { arrive, leave, left, answered } from "./memory.js";
import { Resume } from "./resume.js";

const parts = new WeakMap();
const CHANGES = ["softmax-lab-diary-changed", "storage"];

export function draw({ parentElement, data, setTriggerValue, place }) {
  if (!parts.has(parentElement)) parts.set(parentElement, new { way: Way, resume: Resume }[data.kind](parentElement));
  const part = parts.get(parentElement);
  part.show(data, setTriggerValue);
  place.dataset.place = part.stands;
}

export function clear(parentElement) {
  parts.get(parentElement)?.close();
  parts.delete(parentElement);
}

class Way {
  constructor(parent) {
    this.contents = new Contents();
    this.back = made("button", { type: "button", className: "way-back", onclick: (event) => this.go(this.beside(-1), event.detail === 0) });
    this.next = made("button", { type: "button", className: "way-next", onclick: (event) => this.go(this.beside(1), event.detail === 0) });
    this.onward = made("a", { className: "way-next", onclick: () => leave(this.data.lesson, this.data.at) });
    this.word = made("span", { className: "way-word" });
    this.count = made("span", { className: "way-count" });
    this.opener = made("button", { type: "button", className: "way-opener", onclick: () => this.contents.open() }, this.word, this.count);
    this.opener.setAttribute("aria-haspopup", "dialog");
    this.list = made("ol", { className: "way-steps" });
    this.said = made("p", { className: "way-said", role: "status" });
    this.root = made("nav", { className: "way" }, this.back, this.opener, this.list, this.next, this.onward, this.said, this.contents.box);
    parent.append(this.root);
    tellOfBar();
    this.root.addEventListener("click", (event) => this.follow(event));
    for (const act of ["pointerover", "focusin"]) this.root.addEventListener(act, () => this.addresses());
    this.keys = new Keys((by) => this.go(this.beside(by), true));
    this.changed = () => this.fill();
    for (const change of CHANGES) window.addEventListener(change, this.changed);
    this.resized = new ResizeObserver(() => this.fit());
    this.resized.observe(this.root);
  }

  show(data, send) {
    const before = this.data;
    this.data = data;
    this.send = send;
    if (JSON.stringify([before?.stops, before?.words]) !== JSON.stringify([data.stops, data.words])) this.build();
    const { wanted } = this;
    const isHeard = wanted && (data.heard >= wanted.number || data.heard < before?.heard);  // fewer: by a new session
    const isElsewhere = before && before.at !== data.at && before.heard === data.heard;  // by the browser's own Back
    if (isHeard || isElsewhere) this.wanted = null;
    this.fill();
    const { number, label } = this.stop(data.at);
    arrive(data.lesson, data.at, number);
    if (!before) this.goToPart();
    if (!before || before.at === data.at) return;
    this.said.textContent = label;
    if (wanted) arriveAtTop(wanted.byKey);
  }

  build() {
    const { stops, words } = this.data;
    this.root.setAttribute("aria-label", words.steps);
    this.back.textContent = words.back;
    this.next.textContent = words.next;
    this.word.textContent = words.contents;
    this.contents.show(this.data);
    this.list.replaceChildren(...stops.map((stop) => made("li", { className: stop.deeper ? "way-deeper" : "" }, linkTo(stop))));
  }

  // Everything that depends on the place, the ticks and the address.
  fill() {
    const { stops, lesson, at, count, words, onward } = this.data;
    const [gone, answers] = [new Set(left(lesson)), answered(lesson)];
    const named = new Map(stops.map((stop) => [stop.slug, stop]));
    for (const link of this.links()) {
      const stop = named.get(link.dataset.step);
      const done = isDone(stop, gone, answers);
      const label = done ? words.done.replace("{step}", () => stop.label) : stop.label;
      Object.assign(link, { ariaLabel: label, title: stop.title, ariaCurrent: stop.slug === at ? "step" : null });
      Object.assign(link.dataset, { done, wanted: stop.slug === this.wanted?.step });
    }
    const here = this.stop(this.place());
    const isLast = !this.beside(1);
    this.count.textContent = `${here.number}${here.deeper ? "+" : ""} / ${count}`;
    this.back.disabled = !this.beside(-1);
    this.next.disabled = isLast;
    this.next.hidden = isLast && Boolean(onward);
    this.onward.hidden = !this.next.hidden;
    this.onward.textContent = onward?.label ?? "";
    this.root.dataset.waits = Boolean(this.wanted);
    this.addresses();
    this.fit();
  }

  addresses() {
    for (const link of this.links()) link.href = addressOf("step", link.dataset.step);
    this.contents.addresses();
    const presents = new URLSearchParams(location.search).get("present");
    if (this.data.onward) this.onward.href = this.data.onward.href + (presents ? `&present=${encodeURIComponent(presents)}` : "");
  }

  links() { return this.root.querySelectorAll("a[data-step]"); }

  // Where there is no room for the dots, a count stands for them.
  fit() {
    this.root.dataset.tight = "false";
    this.root.dataset.tight = String(this.list.scrollWidth > this.list.clientWidth + 1);
  }

  get stands() { return "float"; }

  place() { return this.wanted?.step ?? this.data.at; }

  stop(slug) { return this.data.stops.find((stop) => stop.slug === slug) ?? this.data.stops[0]; }

  // A link may name a step, or a part of the page that the lesson was once, behind the sign for parts.
  goToPart() {
    const { part } = document.documentElement.dataset;
    delete document.documentElement.dataset.part;
    if (part) this.go(this.data.stops.find(({ slug, anchors }) => [slug, ...anchors].includes(part)));
  }

  // The stop before or after this one; from one of the main steps the next main one.
  beside(by) {
    const { stops } = this.data;
    const here = this.stop(this.place());
    let index = stops.indexOf(here) + by;
    while (!here.deeper && stops[index]?.deeper) index += by;
    return stops[index];
  }

  follow(event) {
    const link = event.target.closest("a[data-step]");
    if (!link || !isPlain(event)) return;
    event.preventDefault();
    this.contents.close();
    this.go(this.stop(link.dataset.step), event.detail === 0);
  }

  go(stop, byKey) {
    if (!stop) return false;
    const { stops, lesson } = this.data;
    const here = this.stop(this.place());
    if (stop === here) return true;
    if (stops.indexOf(stop) > stops.indexOf(here)) leave(lesson, here.slug);
    const number = Math.max(Date.now(), (this.wanted?.number ?? 0) + 1);
    this.wanted = { step: stop.slug, number, byKey };
    this.send("go", { step: stop.slug, number });
    this.fill();
    return true;
  }

  close() {
    this.keys.close();
    this.resized.disconnect();
    for (const change of CHANGES) window.removeEventListener(change, this.changed);
    this.root.remove();
    tellOfBar();
  }
}

// The page leaves room for a bar.
function tellOfBar() { document.documentElement.toggleAttribute("data-way", Boolean(document.querySelector(".way"))); }

function isDone({ slug, predictions }, gone, answers) {
  if (!predictions.length) return gone.has(slug);
  return predictions.every((key) => answers.some((asked) => asked === key || asked.startsWith(`${key} `)));
}

// The step's heading is there once this message has been drawn.
function arriveAtTop(byKey) {
  document.querySelector("[data-testid=stMain]")?.scrollTo({ top: 0, behavior: "instant" });
  if (!byKey) return;
  requestAnimationFrame(() => {
    const heading = document.getElementById("step-heading");
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  });
}
