const STORE = `softmax-lab-room-${code}`, DIARY = "softmax-lab-diary";
let memory, state, mine = kept(), busy, tries = 0, silent, refused = "", shown = "", revealed, stays = 0;

// The vote stays here until it is durable there; both tabs of a browser have the same.
function kept() { try { return JSON.parse(localStorage.getItem(STORE)); } catch { return memory; } }
function keep(vote) {
  mine = memory = vote;
  try { localStorage.setItem(STORE, JSON.stringify(vote)); } catch { /* this tab alone keeps it */ }
}
// For the lessons' pages: which class this browser is in.
function remember() {
  const { shows, go, stay, back } = words;
  try { localStorage.setItem("softmax-lab-room", JSON.stringify({ code, since: Date.now(), words: { shows, go, stay, back } })); } catch { /* then they do not follow */ }
}
addEventListener("storage", (event) => { if (event.key === STORE) { mine = kept(); draw(true); } });

const isNow = (vote) => vote && state && vote.item === state.item && vote.round === state.round;

async function send() {
  if (busy || !mine || mine.sent) return;
  const vote = mine, { item, round, answer, sure } = vote;
  busy = true;
  say();
  try {
    const got = await fetch(`${code}/vote`, { method: "PUT", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ item, round, answer, sure }), signal: AbortSignal.timeout(10000) });
    if (got.ok) { if (mine === vote) keep({ ...vote, sent: true }); tries = 0; }
    else if (got.status === 422) { refused = "no_number"; keep(null); draw(true); }
    else if (got.status === 409 || got.status === 404) { refused = "late"; keep(null); look(); }
    else if (got.status === 401 && await look() && tries++ > 2) { refused = "no_seat"; keep(null); }
    else if (got.status !== 401) throw 0;
  } catch { tries++; }
  busy = false;
  say();
  if (mine && !mine.sent) setTimeout(send, mine === vote ? Math.min(8000, 400 * 2 ** tries) : 0);
}

async function look() {
  try {
    const got = await fetch(`${code}/state`, { cache: "no-store", signal: AbortSignal.timeout(10000) });
    if (got.status === 404) take({ phase: "ended" });
    else if (got.status === 403) { refused = "door"; say(); }
    else if (got.ok) { silent = false; take(await got.json()); return true; }
    else throw 0;
  } catch { silent = true; say(); }
  return false;
}

function take(told) {
  silent = false;
  const before = state;
  state = told;
  if (before?.item !== told.item || before?.round !== told.round) { refused = ""; revealed = null; }
  if (told.mine) adopt(told.mine);
  if (told.truth) { revealed = told; diary(told); }
  else if (told.phase === "revealed" && !revealed && !told.mine) setTimeout(look, Math.random() * 1000);
  if (told.phase === "ended") try { localStorage.removeItem(STORE); localStorage.removeItem("softmax-lab-room"); } catch { /* nothing was kept */ }
  draw();
  send();
}

// The server knows best what has arrived.
function adopt(votes) {
  const there = votes.find((vote) => vote.round === state.round);
  if (there && (!isNow(mine) || mine.sent)) {
    if (`${mine?.answer}` !== `${there.answer}`) shown = "";
    keep({ item: state.item, round: state.round, answer: there.answer, sure: there.sure, sent: true });
  }
  else if (!there && isNow(mine) && mine.sent) keep({ ...mine, sent: false });
}

function say() {
  const phase = state?.phase, waiting = mine && !mine.sent;
  let note = "";
  if (phase === "ended") note = "over";
  else if (waiting) note = !navigator.onLine ? "offline" : tries ? "pending" : "sending";
  else if (!navigator.onLine) note = "offline";
  else if (silent) note = "unreachable";
  else if (refused) note = refused;
  else if (phase === "wait") note = "wait";
  else if (phase === "closed" || phase === "shown") note = "closed";
  else if (phase === "open") note = isNow(mine) ? "sent" : state.question.kind === "points" ? "points" : state.round > 1 ? "again" : "choose";
  if ($("note").textContent !== (words[note] ?? "")) $("note").textContent = words[note] ?? "";
}

function draw(anew = false) {
  say();
  scene();
  const now = JSON.stringify([state?.item, state?.round, state?.phase, !!revealed]);
  if (anew || now !== shown) { shown = now; form(); result(); }
}

const given = () => {
  const { kind } = state.question, node = $("form");
  if (kind === "choice") { const chosen = /** @type {HTMLInputElement} */ (node.querySelector(":checked")); return chosen ? Number(chosen.value) : null; }
  if (kind === "number") return node.querySelector("input").value.trim() || null;
  return [...node.querySelectorAll("input")].map((input) => Number(input.value));
};

function commit(answer, sure) {
  refused = "";
  tries = 0;
  keep({ item: state.item, round: state.round, answer, sure, sent: false });
  send();
}

// What points are put down with is brought when it is needed.
const bring = () => document.head.append(made("script", { src: `points.js?lang=${document.documentElement.lang}`, onload: () => draw(true), onerror: () => setTimeout(bring, 3000) }));

function form() {
  const { question, phase } = state ?? {};
  $("form").replaceChildren();
  if (!question || phase === "ended") return;
  const vote = isNow(mine) ? mine : null, open = phase === "open";
  const set = made("fieldset", { disabled: !open, lang: question.lang });
  set.append(made("legend", {}, script(question.text)));
  if (question.kind === "points") {
    $("form").append(set);
    if (typeof field === "function") field(set, vote); else bring();
    return;
  }
  if (question.kind === "choice") question.options.forEach((option, index) => set.append(made("label", { className: "option" }, made("input", { type: "radio", name: "answer", value: index, checked: vote?.answer === index }), made("span", {}, script(option)))));
  else if (question.kind === "number") set.append(made("input", { type: "text", maxLength: 40, autocomplete: "off", ariaLabel: words.number, placeholder: words.number, value: vote?.answer ?? "", enterKeyHint: "done" }));
  else question.labels.forEach((label, index) => {
    const value = vote?.answer[index] ?? question.low + (question.high - question.low) / question.labels.length;
    const out = made("output", { textContent: value.toPrecision(2) });
    const slider = made("input", { type: "range", min: question.low, max: question.high, step: (question.high - question.low) / 100, value, ariaLabel: label });
    slider.value = value;
    slider.addEventListener("input", () => { out.textContent = Number(slider.value).toPrecision(2); });
    set.append(made("label", { className: "height", translate: false }, made("span", { textContent: label }), out, slider));
  });
  const how = made("p", { id: "how", textContent: words.how }), sure = made("div", { className: "sure", role: "group" });
  sure.setAttribute("aria-labelledby", "how");
  const ready = () => { for (const button of sure.children) button.disabled = given() === null; };
  words.sure.forEach((label, index) => {
    const button = made("button", { type: "button", textContent: label, ariaPressed: String(vote?.sure === index) });
    button.addEventListener("click", () => {
      for (const other of sure.children) other.ariaPressed = String(other === button);
      commit(given(), index);
    });
    sure.append(button);
  });
  if (open) set.append(how, sure);
  $("form").append(set);
  set.addEventListener("input", ready);
  ready();
}
$("form").addEventListener("submit", (event) => event.preventDefault());

function result() {
  const place = $("result");
  place.replaceChildren();
  if (!revealed || state.phase !== "revealed") return;
  const votes = revealed.mine, last = votes.at(-1);
  if (!last) place.append(made("p", { textContent: words.none }));
  for (const vote of votes) {
    const isFirst = votes.length > 1 && vote !== last;
    const told = fill(isFirst ? words.first : words.yours, { answer: "\u0000", sure: words.sure[vote.sure] }).split("\u0000");
    const title = vote.right ? `✓ ${words.right}` : `✗ ${vote.sure === 2 ? words.surprise : words.wrong}`;
    place.append(made("div", { className: "card" }, made("p", {}, made("b", { textContent: title }), made("br"), told[0], script(vote.shown), told[1]), ...(isFirst ? [] : [made("p", {}, script(vote.reason))])));
  }
  if (!last?.right) place.append(made("div", { className: "card" }, made("p", {}, made("b", { textContent: words.answer }), made("br"), script(revealed.truth.shown)), ...(last ? [] : [made("p", {}, script(revealed.truth.reason))])));
}

function scene() {
  const to = state?.scene, box = $("scene");
  box.hidden = !to || state.phase === "ended" || stays >= to.number;
  if (box.hidden) return;
  const [words_, link, stay] = /** @type {HTMLCollectionOf<HTMLElement>} */ (box.children);
  words_.textContent = fill(words.shows, to);
  Object.assign(link, { textContent: words.go, href: `../${to.address}` });
  stay.textContent = words.stay;
  stay.onclick = () => { stays = to.number; scene(); };
}

// The lesson will say: you answered this before.
function diary({ mine: votes, about, question }) {
  const [first] = votes, last = votes.at(-1), id = `${about.lesson} ${about.asked}`;
  if (!first) return;
  try {
    const book = JSON.parse(localStorage.getItem(DIARY)) ?? {}, answers = book.answers ?? [];
    if (answers.some((one) => one.id === id)) return;
    const later = first.right || last === first ? {} : { now: { answer: last.shown, right: last.right } };
    answers.push({ id, lesson: about.lesson, lang: question.lang, right: first.right, sure: first.sure, question: question.text, answer: first.shown, reason: first.reason, ...later });
    localStorage.setItem(DIARY, JSON.stringify({ seen: [], ...book, answers: answers.slice(-200) }));
  } catch { /* a browser that keeps nothing has no diary */ }
}

remember();
addEventListener("offline", say);
hear(`${code}/events`, look, take);
