// Links to the steps of the lesson on this page.

export function made(tag, values = {}, ...children) { const node = Object.assign(document.createElement(tag), values); node.append(...children); return node; }

// This very address, with another step, or with all of them.
export function addressOf(name, value) {
  const others = location.search.slice(1).split("&").filter((part) => part && !/^(step|view)=/.test(part));
  return `${location.pathname}?${[...others, `${name}=${encodeURIComponent(value)}`].join("&")}`;
}

export function linkTo(stop) {
  const link = made("a", {}, made("span", { className: "way-number", textContent: stop.deeper ? "" : stop.number }),
    made("span", { className: "way-title", textContent: stop.title }), made("span", { className: "way-tick", textContent: "✓" }));
  for (const part of link.children) part.setAttribute("aria-hidden", "true");
  link.dataset.step = stop.slug;
  return link;
}

export function isPlain(event) { return event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey); }
