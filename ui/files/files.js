// Files: read here and sent with the page's own messages; saved here when the page has sent what they hold.

const parts = new WeakMap();

export function draw({ parentElement, data, setTriggerValue }) {
  if (!parts.has(parentElement)) parts.set(parentElement, new { receive: Receive, offer: Offer }[data.kind](parentElement));
  parts.get(parentElement).show(data, setTriggerValue);
}

export function clear(parentElement) {
  parts.get(parentElement)?.close();
  parts.delete(parentElement);
}

const made = (tag, values = {}, ...children) => { const node = Object.assign(document.createElement(tag), values); node.append(...children); return node; };
const filled = (text, name) => text.replace("{name}", () => name);

// As ui/signs.py shows a name in a sentence: signs that nobody sees by their number, and no direction for its neighbours.
const seen = (name) => `\u2068${name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) => `⟨U+${sign.codePointAt().toString(16).toUpperCase().padStart(4, "0")}⟩`)}\u2069`;

class Receive {
  constructor(parent) {
    this.button = made("button", { type: "button" });
    this.hint = made("span", { className: "file-hint" });
    this.said = made("p", { className: "file-said", role: "status" });
    this.input = made("input", { type: "file", hidden: true, tabIndex: -1 });
    this.root = made("div", { className: "file" }, this.button, this.hint, this.input, this.said);
    parent.append(this.root);
    this.button.onclick = () => this.input.click();
    this.input.onchange = () => { this.take(this.input.files[0]); this.input.value = ""; };
    this.root.ondragover = (event) => { event.preventDefault(); this.root.classList.add("file-over"); };
    this.root.ondragleave = () => this.root.classList.remove("file-over");
    this.root.ondrop = (event) => { event.preventDefault(); this.root.classList.remove("file-over"); this.take(event.dataTransfer.files[0]); };
  }

  show(data, send) {
    this.data = data;
    this.send = send;
    this.button.textContent = data.label;
    this.hint.textContent = data.words.drop;
    this.input.accept = data.accept;
  }

  async take(file) {
    if (!file) return;
    const { words, most } = this.data;
    if (file.size > most) { this.say(words.large, file.name); return; }
    let bytes;
    try { bytes = new Uint8Array(await file.arrayBuffer()); } catch { this.say(words.unread, file.name); return; }
    this.say(words.taken, file.name);
    this.send("file", { name: file.name, data: asBase64(bytes) });
  }

  say(words, name) { this.said.textContent = filled(words, seen(name)); }

  close() { this.root.remove(); }
}

function asBase64(bytes) {
  const part = 0x8000;  // as many arguments as a call may have
  let text = "";
  for (let from = 0; from < bytes.length; from += part) text += String.fromCharCode(...bytes.subarray(from, from + part));
  return btoa(text);
}

class Offer {
  constructor(parent) {
    this.number = 0;
    this.saved = null;
    this.button = made("button", { type: "button" });
    this.root = made("div", { className: "file" }, this.button);
    parent.append(this.root);
    this.button.onclick = () => this.send("wanted", { number: (this.asked = Date.now()) });
  }

  show(data, send) {
    this.send = send;
    this.button.textContent = data.label;
    if (data.content === null || data.number !== this.asked || data.number === this.saved) return;
    this.saved = data.number;
    const link = made("a", { href: URL.createObjectURL(new Blob([data.content], { type: data.mime })), download: data.name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  close() { this.root.remove(); }
}
