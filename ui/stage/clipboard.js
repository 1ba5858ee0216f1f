// What is copied off a page: a formula as its LaTeX, once; the numbers of a table as programs read them.

import { plain } from "./plain.js";

const FORMULA = ".katex-display, .katex";
const SOURCE = "annotation[encoding='application/x-tex']";
const CLASS = /\\textcolor\{#0101[0-9a-f]{2}\}\{/;  // names the class that a part of a formula belongs to
const SILENT = "[data-testid=stIconMaterial], script, style";

document.addEventListener("copy", (event) => {
  const selection = getSelection();
  if (event.defaultPrevented || selection.isCollapsed || isAField(event.target)) return;
  const copies = Array.from({ length: selection.rangeCount }, (_, i) => copied(selection.getRangeAt(i)));
  if (!copies.some(({ changed }) => changed)) return;
  event.preventDefault();
  event.clipboardData.setData("text/plain", copies.map(({ text }) => text).join("\n"));
  event.clipboardData.setData("text/html", copies.map(({ html }) => html).join("\n"));
});

// What a range holds, with whole formulas at its ends.
function copied(selected) {
  const range = selected.cloneRange();
  const [first, last] = [range.startContainer, range.endContainer].map((end) => wholeOf(elementOf(end)));
  if (first) range.setStartBefore(first);
  if (last) range.setEndAfter(last);
  const node = document.createElement("div");
  node.append(range.cloneContents());
  for (const part of node.querySelectorAll(SILENT)) part.remove();
  const formulas = [...node.querySelectorAll(FORMULA)].filter((formula) => !formula.parentElement.closest(FORMULA));
  for (const formula of formulas) formula.replaceWith(latexOf(formula));
  const around = range.commonAncestorContainer;
  const cells = elementOf(around).closest("td, th") ? [node] : [...node.querySelectorAll("td, th")];
  for (const cell of cells) rewritten(cell);
  return { text: asText(node), html: asHtml(node, around), changed: formulas.length + cells.length > 0 };
}

function isAField(target) { return target instanceof Element && target.closest("input, textarea") !== null; }

function elementOf(node) { return node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement; }

function wholeOf(node) { return node.closest(".katex-display") ?? node.closest(".katex"); }

function latexOf(formula) {
  const latex = withoutClasses(formula.querySelector(SOURCE)?.textContent ?? formula.textContent).trim();
  const shown = formula.matches(".katex-display");
  return Object.assign(document.createElement(shown ? "div" : "span"), { textContent: shown ? `$$${latex}$$` : `$${latex}$` });
}

function withoutClasses(latex) {
  const found = CLASS.exec(latex);
  if (!found) return latex;
  const start = found.index + found[0].length;
  let end = start;
  for (let depth = 1; end < latex.length; end += 1) {
    if (latex[end] === "\\") { end += 1; continue; }
    if (latex[end] === "{") depth += 1;
    if (latex[end] === "}" && (depth -= 1) === 0) break;
  }
  return withoutClasses(latex.slice(0, found.index) + latex.slice(start, end) + latex.slice(end + 1));
}

function rewritten(cell) {
  const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) texts.currentNode.nodeValue = plain(texts.currentNode.nodeValue);
}

// Rows and cells without their table are none to a spreadsheet.
function asHtml(node, around) {
  if (around.matches?.("tr")) return `<table><tr>${node.innerHTML}</tr></table>`;
  return around.matches?.("table, thead, tbody") ? `<table>${node.innerHTML}</table>` : node.innerHTML;
}

// Lines and cells as the page would show them: a browser knows that only of what is on it.
function asText(node) {
  node.style.cssText = "position: fixed; left: -100vw; width: max-content";
  document.body.append(node);
  const text = node.innerText;
  node.remove();
  return text;
}
