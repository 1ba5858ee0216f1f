// The page outlasts a browser's translation, which puts <font> in the place of texts that React still holds:
// what React takes away, changes or puts something in front of is then what stands there instead. Formulas,
// code and pictures are not translated: their signs are no words.
{
  const SIGNS = ".katex, code, pre, .stage";
  const instead = new WeakMap();  // text: what a translator has put in its place
  const standing = (parent, node) => {
    for (let other = node; other; other = instead.get(other)) if (other.parentNode === parent) return other;
    return null;
  };

  /** @type {any} */
  const nodes = Node.prototype;
  const { insertBefore, removeChild } = nodes;
  nodes.removeChild = function (node) {
    const found = node?.parentNode === this ? node : standing(this, node);
    if (found || !instead.has(node)) return removeChild.call(this, found ?? node);
    return node;  // it went with what stood for it
  };
  nodes.insertBefore = function (node, next) {
    return insertBefore.call(this, node, next && next.parentNode !== this && instead.has(next) ? standing(this, next) : next);
  };
  const value = Object.getOwnPropertyDescriptor(nodes, "nodeValue");
  Object.defineProperty(nodes, "nodeValue", {
    ...value,
    set(text) {
      const other = !this.parentNode && instead.get(this);
      if (other?.parentNode) other.replaceWith(this);  // to be translated anew
      value.set.call(this, text);
    },
  });

  const note = ({ removedNodes, addedNodes }) => {
    const font = [...addedNodes].find((node) => node.nodeName === "FONT");
    if (font) for (const node of removedNodes) if (node.nodeType === Node.TEXT_NODE) instead.set(node, font);
  };
  const keep = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.matches(SIGNS)) node.translate = false;
    for (const each of node.querySelectorAll(SIGNS)) each.translate = false;
  };
  new MutationObserver((changes) => {
    changes.forEach(note);
    for (const { addedNodes } of changes) addedNodes.forEach(keep);
  }).observe(document, { childList: true, subtree: true });
}
