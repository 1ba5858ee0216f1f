// A link to a part of a page leads to that part also while what stands above it still grows, and also once the
// part is out of the address, which a page completes as soon as it opens.
if (location.hash) {
  const UNTIL = 8000; // ms
  const named = location.hash.slice(1);
  const part = (() => { try { return decodeURIComponent(named); } catch { return named; } })();
  document.documentElement.dataset.part = part;  // for the way through a lesson, to which it may be a step
  const go = () => document.getElementById(part)?.scrollIntoView();
  const growing = new ResizeObserver(go);
  const watching = new MutationObserver(() => {
    const main = document.querySelector("[data-testid=stMainBlockContainer]");
    if (main) { watching.disconnect(); growing.observe(main); }
  });
  const arrived = () => { watching.disconnect(); growing.disconnect(); };
  watching.observe(document, { childList: true, subtree: true });
  setTimeout(arrived, UNTIL);
  for (const act of ["wheel", "touchstart", "pointerdown", "keydown"]) addEventListener(act, arrived, { once: true, passive: true, capture: true });
}
