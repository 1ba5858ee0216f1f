// The keys of a presenter's clicker, which are the arrows too, where nothing else on the page wants them.

const BY = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
const TEXT = "input:not([type=range], [type=radio], [type=checkbox], [type=button]), textarea, [contenteditable]:not([contenteditable=false])";
const OTHERS = ["input", "textarea", "select", "iframe", "canvas", "audio", "video", "[contenteditable]:not([contenteditable=false])",
  ...["slider", "spinbutton", "radio", "radiogroup", "tab", "tablist", "toolbar", "grid", "tree", "menu", "listbox", "combobox"].map((role) => `[role=${role}]`),
  "[aria-keyshortcuts*=Arrow]"].join();
const DIALOG = "dialog[open], [role=dialog], [aria-modal=true]";

export class Keys {
  // `go(by)` says whether there was anything to go to.
  constructor(go) {
    this.first = (event) => { if (presents() && event.key.startsWith("Page")) this.press(event, TEXT, go); };
    this.last = (event) => { if (!event.defaultPrevented) this.press(event, OTHERS, go); };
    window.addEventListener("keydown", this.first, true);
    window.addEventListener("keydown", this.last);
  }

  press(event, wanted, go) {
    if (!(event.key in BY) || event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
    if (event.composedPath()[0].closest?.(wanted) || document.querySelector(DIALOG) || scrolls(event.target)) return;
    if (event.key.startsWith("Page") && !presents() && scrolled(BY[event.key])) { event.preventDefault(); return; }
    if (!go(BY[event.key])) return;
    event.preventDefault();
    event.stopPropagation();
  }

  close() {
    window.removeEventListener("keydown", this.first, true);
    window.removeEventListener("keydown", this.last);
  }
}

// A wide table that has the focus is read with the arrows.
function scrolls(node) {
  const box = node.closest?.("[tabindex]");
  return Boolean(box) && box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX !== "visible";
}

function presents() { return getComputedStyle(document.documentElement).getPropertyValue("--presents").trim() === "1"; }

// A step that is higher than the window is read to its end first.
function scrolled(by) {
  const page = document.querySelector("[data-testid=stMain]");
  if (!page) return false;
  const rest = by > 0 ? page.scrollHeight - page.clientHeight - page.scrollTop : page.scrollTop;
  if (rest < 8) return false;
  page.scrollBy({ top: by * 0.85 * page.clientHeight });
  return true;
}
