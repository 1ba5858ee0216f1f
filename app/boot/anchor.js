// A link to a part of a page leads to that part also while what stands above it still grows, and also if
// Streamlit takes the part out of the address as it takes out a value that is a default.
if (location.hash) {
  const UNTIL = 8000; // ms
  const named = location.hash.slice(1);
  const part = (() => { try { return decodeURIComponent(named); } catch { return named; } })();
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
