// The reader's diary, in this browser's storage. What is read from there is only ever set as text.

const STORE = "softmax-lab-diary";
const CHANGED = "softmax-lab-diary-changed";
const MAX_ANSWERS = 200;       // answers kept; the oldest go
const MAX_LENGTH = 600;    // letters kept of each text
const written = new Set();
const parts = new WeakMap();

export function draw({ parentElement, data, place }) {
  if (data.kind === "write") { note(parentElement); place.dataset.place = "none"; write(data); return; }
  if (!parts.has(parentElement)) parts.set(parentElement, new { log: Log, progress: Progress, recall: Recall }[data.kind](parentElement, place));
  parts.get(parentElement).show(data);
}

export function clear(parentElement) {
  parts.get(parentElement)?.close();
  parts.delete(parentElement);
}

// What writes shows nothing, but marks its place.
function note(parent) {
  if (!parts.has(parent)) parts.set(parent, { close: () => parent.replaceChildren() });
  if (!parent.querySelector(".diary-note")) parent.append(made("span", { className: "diary-note", hidden: true }));
}

let forbidden = null;  // the diary of a page whose browser keeps nothing: it ends with the page

function read() {
  try {
    const { answers, seen } = forbidden ?? JSON.parse(localStorage.getItem(STORE)) ?? {};
    return { answers: Array.isArray(answers) ? answers.filter((one) => one && typeof one.id === "string") : [], seen: Array.isArray(seen) ? seen : [] };
  } catch { return { answers: [], seen: [] }; }
}

function keep(diary) {
  try { localStorage.setItem(STORE, JSON.stringify(diary)); forbidden = null; } catch { forbidden = diary; }
  window.dispatchEvent(new Event(CHANGED));
}

const idOf = ({ lesson, asked }) => `${lesson} ${asked}`.slice(0, MAX_LENGTH);

// The first answer is the prediction, unless it was shown before. Beside a wrong one stands the latest, until it is right.
function write({ session, lesson, lang, asked, entry, seen }) {
  const id = idOf({ lesson, asked });
  const question = `${session} ${id}`, answer = `${question} ${entry.answer}`;
  if (written.has(answer)) return;
  const isLater = written.has(question) || seen;
  written.add(question).add(answer);
  const diary = read();
  const known = diary.answers.find((one) => one.id === id);
  const short = (text) => String(text).slice(0, MAX_LENGTH);
  if (known) {
    if (known.right || known.now?.right) return;
    known.now = { answer: short(entry.answer), right: entry.right };
  } else if (isLater) return;
  else diary.answers.push({ id, lesson, lang, right: entry.right, sure: entry.sure, question: short(entry.question), answer: short(entry.answer), reason: short(entry.reason) });
  keep({ ...diary, answers: diary.answers.slice(-MAX_ANSWERS) });
}

function see(lesson) {
  const diary = read();
  if (lesson && !diary.seen.includes(lesson)) keep({ ...diary, seen: [...diary.seen, lesson] });
}

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
const isLaterRight = ({ right, now }) => !right && now?.right === true;
const counted = (answers) => ({ count: answers.length, right: answers.filter((one) => one.right).length, later: answers.filter(isLaterRight).length });
const told = ({ answer, sure, right }, words) => ({ answer, sure: words.sure[sure], verdict: right ? words.right : words.wrong });
const marked = (one, words) => one.right ? "✓" : isLaterRight(one) ? `${words.later} ·` : "✗";
const made = (tag, values = {}, ...children) => { const node = Object.assign(document.createElement(tag), values); node.append(...children); return node; };

// A text whose indices and exponents stand between unseen signs.
function set(text) {
  const open = [new DocumentFragment()];
  for (const part of String(text).split(/(\u2063[_^]|\u2060)/)) {
    if (part === "\u2060") { if (open.length > 1) open.pop(); }
    else if (part[0] !== "\u2063") open.at(-1).append(part);
    else {
      const script = made(part[1] === "_" ? "sub" : "sup");
      open.at(-1).append(script);
      open.push(script);
    }
  }
  return open[0];
}

// Whether answers last longer than the page: storage may be full, or forbidden.
function isKept() {
  if (forbidden) return false;
  try { localStorage.setItem(`${STORE}-probe`, ""); localStorage.removeItem(`${STORE}-probe`); return true; } catch { return false; }
}

class Part {
  constructor(parent, className) {
    this.root = made("section", { className });
    parent.append(this.root);
    this.changed = () => this.fill();
    window.addEventListener(CHANGED, this.changed);
    window.addEventListener("storage", this.changed);
  }

  show(data) {
    this.data = data;
    this.fill();
  }

  fill() {}  // each part in its own way

  answers() { return read().answers.filter((one) => !this.data.lesson || one.lesson === this.data.lesson); }

  close() {
    window.removeEventListener(CHANGED, this.changed);
    window.removeEventListener("storage", this.changed);
    this.root.remove();
  }
}

class Log extends Part {
  constructor(parent) { super(parent, "diary"); }

  show(data) {
    super.show(data);
    see(data.lesson);
  }

  fill() {
    const { words } = this.data;
    const answers = this.answers();
    this.root.setAttribute("aria-label", words.title);
    const heading = made("h2", { textContent: words.title });
    const kept = isKept();
    if (!answers.length) { this.root.replaceChildren(heading, made("p", { textContent: kept ? words.empty : words.lost })); return; }
    const surprises = answers.filter(surprise).sort((one, other) => surprise(other) - surprise(one));
    const others = answers.filter((one) => !surprise(one));
    this.root.replaceChildren(heading, this.scores(answers),
      surprises.length ? this.list(surprises) : made("p", { textContent: words.no_surprise }),
      ...(others.length ? [made("details", {}, made("summary", { textContent: filled(words.others, { count: others.length }) }), this.list(others))] : []),
      made("p", { className: "diary-foot" }, made("span", { textContent: kept ? words.kept : words.lost }), this.clearing()));
  }

  scores(answers) {
    const { words } = this.data;
    const each = [2, 1, 0].map((sure) => [sure, answers.filter((one) => one.sure === sure)]).filter(([, some]) => some.length);
    const said = each.map(([sure, some]) => filled(words.score, { sure: words.sure[sure], ...counted(some) }));
    const { later } = counted(answers);
    return made("p", { className: "diary-scores", textContent: [...said, ...(later ? [`${words.later}: ${later}`] : [])].join(" · ") });
  }

  list(answers) {
    const { words, lesson } = this.data;
    return made("ul", {}, ...answers.map((one) => {
      const name = lesson ? "" : `${words.lessons[one.lesson] ?? one.lesson}: `;
      return made("li", {}, made("p", { className: "diary-question", lang: one.lang }, set(name + one.question)),
        made("p", {}, set(`${marked(one, words)} ${filled(words.answer, told(one, words))}`)),
        ...(one.now ? [made("p", {}, set(filled(words.latest, told(one.now, words))))] : []),
        made("details", { lang: one.lang }, made("summary", { textContent: words.why }), made("p", {}, set(one.reason))));
    }));
  }

  clearing() {
    const { words } = this.data;
    const button = made("button", { type: "button", textContent: words.clear });
    button.addEventListener("click", () => {
      if (button.textContent === words.really) keep({ answers: [], seen: [] });
      else button.textContent = words.really;
    });
    button.addEventListener("blur", () => { button.textContent = words.clear; });
    return button;
  }
}

// Confident and wrong surprises most; a guess that came true surprises a little.
function surprise({ right, sure }) {
  return right ? (sure === 0 ? 0.5 : 0) : 1 + sure;
}

// What was answered in an earlier visit, in the card that asks it again.
class Recall extends Part {
  constructor(parent, place) {
    super(parent, "diary-recall");
    this.place = place;
  }

  fill() {
    const found = read().answers.find((one) => one.id === idOf(this.data));
    this.place.dataset.place = found ? "shown" : "none";
    const { words } = this.data;
    if (found) this.root.replaceChildren(set(`${marked(found, words)} ${filled(words.before, told(found, words))}`));
    else this.root.replaceChildren();
  }
}

class Progress extends Part {
  constructor(parent) {
    super(parent, "diary-progress");
    this.line = made("p");
    this.summary = made("summary");
    this.text = made("p");
    this.details = made("details", { open: true, hidden: true }, this.summary, this.text);
    this.root.append(this.line, this.details);
  }

  fill() {
    const { words, lesson, done, surprise: text } = this.data;
    const answers = this.answers();
    const { count } = counted(answers);
    const isDone = count >= done;
    this.root.dataset.lesson = lesson;
    this.root.dataset.done = String(isDone);
    this.summary.textContent = words.surprise;
    this.text.textContent = text;
    const said = count ? filled(words.progress, counted(answers)) : read().seen.includes(lesson) ? words.opened : words.unopened;
    this.line.textContent = isDone ? `✓ ${words.done} · ${said}` : said;
    this.details.hidden = !isDone;
  }
}
