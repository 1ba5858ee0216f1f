// A class that is pointed at, or whose handle has the focus, is lit wherever it stands: in its bars and in the formulas.

const TERM = ".katex [style*='rgb(1, 1, ']";
const page = document.documentElement;

export function light(index) {
  if (index == null) delete page.dataset.lit;
  else page.dataset.lit = index;
}

export function listensForTerms() {
  if (page.dataset.terms) return;
  page.dataset.terms = "heard";
  document.addEventListener("pointerover", ({ target }) => {
    if (!(target instanceof Element)) return;
    const term = target.closest(TERM);
    if (term) light(/rgb\(1, 1, (\d+)\)/.exec(term.getAttribute("style"))[1]);
    else if (!target.closest(".stage-classes")) light(null);
  });
}
