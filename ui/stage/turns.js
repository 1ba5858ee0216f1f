// When a stage draws. What is more than a screen away waits until the reader comes near. Of those that draw
// for the first time one does in a task, the one nearest to the reader's eye first, so that the page can answer,
// and show what is drawn, in between.

const waiting = [];

export async function nearby(root) {
  if (distance(root) <= innerHeight) return;
  root.dataset.away = "";
  await approach(root);
  delete root.dataset.away;
}

function approach(root) {
  return new Promise((resolve) => {
    const within = { root: root.closest("[data-testid=stMain]"), rootMargin: "100% 0px" };
    const observer = new IntersectionObserver((seen) => {
      if (!seen.some((one) => one.isIntersecting)) return;
      observer.disconnect();
      resolve(seen);
    }, within);
    observer.observe(root);
  });
}

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
