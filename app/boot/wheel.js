// The wheel over a number field scrolls the page: Streamlit keeps the wheel from changing the number, and from
// everything else with it.
addEventListener("wheel", (event) => {
  const { target } = event;
  if (!event.defaultPrevented || event.ctrlKey || !(target instanceof Element && target.matches("input[type=number]"))) return;
  let box = target.parentElement;
  while (box && !(box.scrollHeight > box.clientHeight && /auto|scroll/.test(getComputedStyle(box).overflowY))) box = box.parentElement;
  const line = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
  box?.scrollBy(0, event.deltaY * line);
}, { passive: true });
