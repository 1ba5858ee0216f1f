// Small things that every part of the stage needs.

export function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

export function merge(base, extra) {
  const result = { ...base };
  for (const [name, value] of Object.entries(extra ?? {})) {
    result[name] = isPlain(value) && isPlain(base?.[name]) ? merge(base[name], value) : value;
  }
  return result;
}

// Where a pointer is in a node's own pixels, which the page may show enlarged.
export function within(node, { clientX, clientY }) {
  const { left, top, width } = node.getBoundingClientRect();
  const scale = width / node.offsetWidth || 1;
  return [(clientX - left) / scale, (clientY - top) / scale];
}

// Hands a file to the reader, named after the picture that it comes from.
export function save(file, title, ending) {
  const link = element("a", { href: URL.createObjectURL(file), download: `${nameOf(title)}.${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function nameOf(title) { return title.replace(/<[^>]*>/g, "").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 80) || "picture"; }

export function isPlain(value) { return value !== null && typeof value === "object" && !Array.isArray(value); }
