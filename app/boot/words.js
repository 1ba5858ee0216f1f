// Streamlit speaks English only: what it says itself is put into the reader's language as it appears,
// and back when the reader changes to English. `data-words` holds { language: { English: words } }; "…" in
// them stands for anything. They are at hand also when the server is not.
{
  const known = JSON.parse(document.currentScript.dataset.words);
  const NAMES = ["aria-label", "title"];
  const TEXTS = "[data-testid=InputInstructions], [data-testid=stSkipToContent], [data-testid=stFileUploaderDropzone], [data-testid=stDialog]";
  const changed = new WeakMap();  // node: { attribute or "data": [Streamlit's words, ours] }
  const root = document.documentElement;
  let [due, begun] = [null, false];

  const exchanged = (words) => {
    const table = known[root.lang] ?? {};
    if (words in table) return table[words];
    for (const [from, to] of Object.entries(table)) {
      const [head, tail] = from.split("…");
      if (tail != null && words.startsWith(head) && words.endsWith(tail)) return to.replace("…", words.slice(head.length, words.length - tail.length));
    }
    return words;
  };

  const exchange = (node, name, now, put) => {
    const before = changed.get(node) ?? {};
    const [theirs, ours] = before[name] ?? [];
    const original = now === ours ? theirs : now;
    const wanted = exchanged(original);
    if (wanted !== now) { put(wanted); changed.set(node, { ...before, [name]: [original, wanted] }); }
  };

  const sweep = () => {
    due = null;
    for (const name of NAMES) {
      for (const node of document.querySelectorAll(`[data-testid] [${name}], [data-testid][${name}]`)) {
        if (!node.closest(".stage")) exchange(node, name, node.getAttribute(name), (words) => node.setAttribute(name, words));
      }
    }
    for (const box of document.querySelectorAll(TEXTS)) {
      const texts = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) { const node = texts.currentNode; exchange(node, "data", node.nodeValue, (words) => { node.nodeValue = words; }); }
    }
  };
  const soon = () => { due ??= setTimeout(sweep, 100); };
  const begin = () => {
    if (begun || !known[root.lang]) return;
    begun = true;
    new MutationObserver(soon).observe(root, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: [...NAMES, "lang"] });
    soon();
  };
  new MutationObserver(begin).observe(root, { attributes: true, attributeFilter: ["lang"] });
  begin();
}
