// The first drawings of a page's stages: one a task, the one nearest to the reader's eye first, so that
// the page can answer, and show what is drawn, in between.

const waiting = [];

export function firstTurn(root) {
  return new Promise((resolve) => {
    waiting.push({ root, resolve });
    if (waiting.length === 1) setTimeout(next);
  });
}

function next() {
  const nearest = waiting.reduce((a, b) => (distance(b.root) < distance(a.root) ? b : a));
  nearest.resolve();
  setTimeout(() => { waiting.splice(waiting.indexOf(nearest), 1); if (waiting.length) next(); });
}

function distance(root) {
  const { top, bottom } = root.getBoundingClientRect();
  return Math.max(top - innerHeight, -bottom, 0) || top / innerHeight;  // in sight: from the top down
}
