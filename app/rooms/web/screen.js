const base = new URL(`../${code}/`, location.href);
const at = (path) => new URL(path, base).href;
let reach = at("").slice(0, -1), state = null, pictured = localStorage.getItem("softmax-lab-room-picture") !== "no", asked = "", leads = true, lost = false, shown = "";

const post = (path, body) => fetch(at(path), { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal: AbortSignal.timeout(10000) });

// The private link brings the key behind #, where no log sees it; then it is gone from the address.
async function enter() {
  const key = location.hash.slice(1);
  if (!key) return;
  for (;;) {
    try {
      const got = await post("host", { key: decodeURIComponent(key) });
      if (got.status < 500) break;
    } catch { /* the server is away for a moment */ }
    await new Promise((go) => setTimeout(go, 1000));
  }
  history.replaceState(null, "", location.pathname + location.search);
}

async function look() {
  try {
    const got = await fetch(at("board"), { cache: "no-store", signal: AbortSignal.timeout(10000) });
    if (got.status === 404) take({ phase: "ended" });
    else if (got.status === 403) { leads = false; draw(); }
    else if (got.ok) take(await got.json());
    else throw 0;
  } catch { lost = true; note(); }
}

function take(told) {
  lost = false;
  leads = true;
  state = told;
  draw();
}

// From here and from nowhere else: so two presses are one.
async function move(step) {
  const { item, round, phase } = state;
  try { await post("phase", { move: step, item, round, phase }); } catch { lost = true; }
  look();
}

const NEXT = { open: "close", closed: "show", shown: "reveal" };
const next = () => state?.phase === "shown" && state.question.kind === "points" ? null : NEXT[state?.phase];
const can = { again: () => ["closed", "shown"].includes(state?.phase), hide: () => state?.phase === "shown" };

function note() {
  const phase = state?.phase;
  const said = phase === "ended" ? "over" : !leads ? "no_key" : lost ? "lost" : state?.few ? "few" : ["wait", "open", "closed"].includes(phase) ? phase : "";
  if ($("note").textContent !== (words[said] ?? "")) $("note").textContent = words[said] ?? "";
}

function draw() {
  note();
  const now = JSON.stringify([state, leads]);
  if (now === shown) return;
  shown = now;
  const { question, count, phase } = state ?? {};
  const set = $("vote");
  set.lang = question?.lang ?? document.documentElement.lang;
  $("question").replaceChildren(...(question ? [script(question.text)] : []));
  const [before, after] = words.answered.split("{count}");
  $("count").replaceChildren(...(question ? [before, made("b", { textContent: count }), after, ...(state.round > 1 ? [` · ${fill(words.round, { number: state.round })}`] : [])] : []));
  $("count").lang = document.documentElement.lang;
  const listed = question?.kind === "choice" && !state.rounds?.length ? question.options : [];
  $("options").replaceChildren(...listed.map((option) => made("li", {}, script(option))));
  rounds();
  reveal();
  picture();
  bar();
  if (phase === "ended" || !leads) $("join").hidden = true;
}

function rounds() {
  const all = state?.rounds ?? [], place = $("rounds");
  place.replaceChildren();
  if (!all.length) return;
  if (state.question.kind === "points") { place.append(...all.map(scatter)); return; }
  if (all[0].lines.length) { place.append(...all.map(drawing)); return; }
  const labels = [...new Set(all.flatMap((round) => round.bars.map((one) => one.label)))];
  if (state.question.kind === "number") labels.sort((one, other) => Number(one === "") - Number(other === "") || number(one) - number(other));
  const most = Math.max(1, ...all.flatMap((round) => round.bars.map(total)));
  for (const label of labels) {
    const found = all.map((round) => [round.round, round.bars.find((one) => one.label === label)]);
    const right = found.some(([, one]) => one?.right), told = found.some(([, one]) => one?.right !== undefined);
    const name = made("p", {}, told ? (right ? "✓ " : "✗ ") : "", label === "" ? words.others : script(label));
    place.append(made("div", { className: right ? "bar right" : "bar" }, name, ...found.map(([round, one]) => row(label, round, one, most, all.length))));
  }
  place.append(made("p", { className: "legend" }, ...words.sure.map((word, sure) => made("span", {}, made("i", { className: `s${sure}` }), word))));
}

const number = (label) => Number(label.replace("−", "-").replace("inf", "Infinity"));
const total = (one) => one ? one.counts.reduce((sum, each) => sum + each, 0) : 0;

function row(label, round, one, most, many) {
  const [guess, check, certain] = one?.counts ?? [0, 0, 0];
  const track = made("div", { className: "track", role: "img", ariaLabel: fill(words.bar, { answer: label || words.others, count: total(one), guess, check, certain }) });
  [guess, check, certain].forEach((count, sure) => { if (count) { const part = made("span", { className: `s${sure}` }); part.style.flexGrow = count; track.append(part); } });
  const rest = made("span"); rest.style.flexGrow = most - total(one); rest.style.border = "0";
  track.append(rest);
  return made("div", { className: "row" }, ...(many > 1 ? [made("small", { textContent: fill(words.round, { number: round }) })] : []), track, made("b", { textContent: total(one) }));
}

function drawing(round) {
  const { labels, low, high } = state.question, space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const x = (index) => 15 + 170 * (labels.length > 1 ? index / (labels.length - 1) : 0.5), y = (value) => 85 - 75 * (value - low) / (high - low);
  const add = (tag, values, text = "") => { const node = document.createElementNS(space, tag); for (const [name, value] of Object.entries(values)) node.setAttribute(name, value); node.textContent = text; svg.append(node); };
  const line = (values, width, opacity) => add("polyline", { points: values.map((value, index) => `${x(index)},${y(value)}`).join(" "), fill: "none", stroke: "var(--main)", "stroke-width": width, opacity });
  svg.setAttribute("viewBox", "0 0 200 100");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `${words.median}: ${labels.map((label, index) => `${label} ${round.middle[index].toPrecision(2)}`).join(", ")}`);
  for (const [values, sure] of round.lines) line(values, 0.5, 0.25 + 0.25 * sure);
  line(round.middle, 2, 1);
  labels.forEach((label, index) => add("text", { x: x(index), y: 96, "text-anchor": "middle" }, label));
  return made("figure", {}, svg, made("figcaption", { textContent: `${fill(words.round, { number: round.round })} · ━ ${words.median}` }));
}

function scatter(round) {
  const { classes } = state.question, { svg, marks, at: place } = plane(state.question);
  marks.append(...round.points.map(([label, x, y]) => mark(label, ...place(x, y), 1.5)));
  const middle = (values) => {
    const sorted = values.sort((one, other) => one - other), half = sorted.length >> 1, other = sorted.length % 2 ? half : half - 1;
    return String(Number(((sorted[half] + sorted[other]) / 2).toFixed(2))).replace("-", "−");
  };
  const told = classes.map((name, label) => {
    const these = round.points.filter(([one]) => one === label);
    return these.length ? fill(words.class_points, { name, count: these.length, x: middle(these.map(([, x]) => x)), y: middle(these.map(([, , y]) => y)) }) : fill(words.no_points, { name });
  });
  svg.setAttribute("aria-label", told.join("; "));
  const legend = made("p", { className: "legend" }, ...told.map((text, label) => made("span", {}, sign(label), text)));
  return made("figure", {}, svg, made("figcaption", {}, ...(state.round > 1 ? [fill(words.round, { number: round.round })] : []), legend));
}

function reveal() {
  const place = $("reveal");
  place.replaceChildren();
  if (!state?.truth) return;
  place.append(made("div", { className: "card" }, made("p", {}, made("b", { textContent: `${words.answer}: ` }), made("b", {}, script(state.truth.shown))), made("p", {}, script(state.truth.reason))));
  if (!state.mistakes?.length) return;
  place.append(made("h2", { textContent: words.mistakes }));
  for (const one of state.mistakes) {
    const told = fill(words.mistake, { ...one, answer: "\u0000" }).split("\u0000");
    place.append(made("div", { className: "card" }, made("p", {}, made("b", {}, told[0], script(one.label), told[1])), made("p", {}, script(one.reason))));
  }
}

// The step that is asked about, as the class sees it in the lesson; it stays where the teacher has led it.
function picture() {
  const place = state?.place, frame = document.querySelector("iframe"), on = pictured && !!place && leads && state.phase !== "ended";
  $("picture").hidden = !on;
  $("main").classList.toggle("pictured", on);
  frame.title = words.frame;
  if (!on || asked === place) return;
  const step = (address) => [address.pathname, address.searchParams.get("step")].join();
  const wanted = new URL(`../../${place}`, base);
  wanted.searchParams.set("present", "1");
  let stands = false;
  try { stands = step(new URL(frame.contentWindow.location.href)) === step(wanted); } catch { /* nothing is there yet */ }
  asked = place;
  if (!stands) frame.src = wanted.href;
}

const scene = () => { const { pathname, search } = document.querySelector("iframe").contentWindow.location; return pathname.slice(new URL("../../", base).pathname.length) + search; };

function button(word, press, name = "") {
  const made_ = made("button", { type: "button", textContent: words[word], className: name });
  made_.addEventListener("click", () => press(made_));
  return made_;
}

function bar() {
  const place = $("bar"), phase = state?.phase;
  const wasOpen = place.querySelector("details")?.open;
  place.replaceChildren();
  if (!leads || !state || phase === "ended") return;
  if (next()) place.append(button(next(), () => move(next()), "go"));
  if (can.again()) place.append(button("vote_again", () => move("again")));
  if (can.hide()) place.append(button("hide", () => move("hide")));
  place.append(button("large", large));
  if (state.place) place.append(button("picture", swap));
  if (pictured && state.place) place.append(button("send", async (one) => { const got = await post("scene", { address: scene() }); if (got.ok) one.textContent = words.sent; }));
  const link = made("p", { translate: false });
  const more = made("details", { open: wasOpen ?? false }, made("summary", { textContent: words.more }), made("div", {},
    made("a", { href: at("results.csv"), textContent: words.csv, download: "" }),
    button(state.door ? "shut" : "unshut", async () => { await post("door", { open: !state.door }); look(); }),
    button("link", async () => { const { key } = await (await fetch(at("key"))).json(); link.textContent = `${reach}/screen#${key}`; }), link,
    button("end", async (one) => { if (one.textContent !== words.really) { one.textContent = words.really; return; } await post("end", {}); take({ phase: "ended" }); })));
  place.append(more, made("small", { textContent: words.keys }));
}

const large = () => document.body.classList.toggle("large");
function swap() {
  pictured = !pictured;
  localStorage.setItem("softmax-lab-room-picture", pictured ? "yes" : "no");
  shown = "";
  draw();
}

const KEYS = {
  PageDown: () => next() && move(next()), ArrowRight: () => KEYS.PageDown(), PageUp: () => can.hide() && move("hide"), ArrowLeft: () => KEYS.PageUp(),
  b: () => can.again() && move("again"), v: () => KEYS.b(), ".": () => KEYS.b(), q: large, p: swap, Escape: () => document.body.classList.remove("large"),
};
addEventListener("keydown", (event) => {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !KEYS[key] || !leads) return;
  event.preventDefault();
  KEYS[key]();
});

async function join() {
  const [how] = $("join").children, [, , image] = $("join").children;
  how.textContent = words.join;
  const got = await fetch(`${at("address")}?at=${encodeURIComponent(new URL(`../../room/${code}`, base).href)}`).catch(() => null);
  if (!got || got.status >= 500) setTimeout(join, 3000);
  if (!got?.ok) return;
  const told = await got.json();
  reach = told.address ?? reach;
  Object.assign(image, { src: told.image, alt: words.qr });
  $("address").textContent = told.address ? told.address.replace(/^https?:\/\//, "").replace(/\/[A-Z]{4}$/, "") : words.here_only;
}

enter().then(() => {
  join();
  hear(`${at("events")}?host=1`, look, take);
});
