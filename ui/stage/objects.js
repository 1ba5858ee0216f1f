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

export function isPlain(value) { return value !== null && typeof value === "object" && !Array.isArray(value); }
