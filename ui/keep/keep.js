// Keeps for this tab what a link cannot carry, and gives it back to a session that does not know it: the server
// lets go of a page that has been away for longer than a minute, and of all when it starts anew.

const STORE = "softmax-lab-kept ";
const MOST = 500_000;          // letters
const known = new Set();       // sessions that have been asked
const parts = new WeakMap();

export function draw({ parentElement, data, setTriggerValue, place }) {
  if (!parts.has(parentElement)) parts.set(parentElement, new Keep(parentElement));
  const part = parts.get(parentElement);
  part.show(data, setTriggerValue);
  place.dataset.place = part.root.hidden ? "none" : "shown";
}

export function clear(parentElement) {
  parts.get(parentElement)?.root.remove();
  parts.delete(parentElement);
}

class Keep {
  constructor(parent) {
    this.root = Object.assign(document.createElement("p"), { className: "kept", hidden: true });
    parent.append(this.root);
  }

  show({ name, session, about, text, words }, send) {
    const kept = read(name);
    const isNew = !known.has(session);
    known.add(session);
    if (isNew && kept && kept.session !== session && kept.about === about && kept.text !== text) { send("back", kept.text); return; }
    this.root.textContent = words.lost;
    this.root.hidden = write(name, { session, about, text });
  }
}

function read(name) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORE + name));
    return typeof kept?.text === "string" && kept.text ? kept : null;
  } catch { return null; }
}

function write(name, kept) {
  try {
    sessionStorage.removeItem(STORE + name);
    if (!kept.text) return true;
    if (kept.text.length > MOST) return false;
    sessionStorage.setItem(STORE + name, JSON.stringify(kept));
    return true;
  } catch { return !kept.text; }
}
