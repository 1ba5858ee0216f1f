const $ = (id) => document.getElementById(id);
const words = JSON.parse($("data").textContent), code = $("code").textContent;
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const made = (tag, values = {}, ...children) => { const node = Object.assign(document.createElement(tag), values); node.append(...children); return node; };

// A text whose indices and exponents stand between unseen signs.
function script(text) {
  const open = [new DocumentFragment()];
  for (const part of String(text).split(/(\u2063[_^]|\u2060)/)) {
    if (part === "\u2060") { if (open.length > 1) open.pop(); }
    else if (part[0] !== "\u2063") open.at(-1).append(part);
    else {
      const inner = made(part[1] === "_" ? "sub" : "sup");
      open.at(-1).append(inner);
      open.push(inner);
    }
  }
  return open[0];
}

// Hears what happens in the room: a stream, or a question every three seconds where a proxy swallows it.
function hear(stream, ask, take) {
  let source, heard = 0, opened = 0;
  const note = () => { heard = Date.now(); };
  const open = () => {
    source?.close();
    opened = Date.now();
    source = new EventSource(stream);
    source.onmessage = (event) => { note(); take(JSON.parse(event.data)); look(); };
    source.addEventListener("ping", note);
  };
  const look = () => {
    if (state?.phase === "ended") return source.close();
    const now = Date.now();
    if (now - Math.max(heard, opened) > 60000 || (source.readyState === 2 && now - opened > 3000)) open();
    if (now - heard > 35000) ask();
  };
  setInterval(look, 3000);
  const back = () => { if (!document.hidden) { open(); ask(); } };
  document.addEventListener("visibilitychange", back);
  addEventListener("online", back);
  addEventListener("pageshow", (event) => event.persisted && back());
  addEventListener("pagehide", () => source.close());
  open();
  ask();
}
