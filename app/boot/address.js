// Keeps a scene in the browser's history: one gesture, one entry.
//
// Streamlit adds an entry whenever the address changes: while a slider is dragged, and after a page is opened,
// when its settings join the address. Going back would lead to scenes that nobody has seen. So what comes
// between two gestures is one entry, and what a page does to its own address by itself is none.
//
// On a page switch, the new page's settings come before its path, and stand behind the old one for a moment:
// the old page's entry gets its own settings back.
// (Seen in Streamlit 1.67: App.handlePageInfoChanged is called before maybeUpdatePageUrl.)
{
  const push = history.pushState.bind(history);
  let pushed = true;  // since the last gesture
  let before = null;  // the address at the last gesture, if it has changed since

  for (const gesture of ["pointerdown", "keydown", "popstate"]) window.addEventListener(gesture, () => { pushed = false; before = null; }, true);

  history.pushState = (state, title, url) => {
    const stays = new URL(url ?? "", location.href).pathname === location.pathname;
    if (pushed && stays) return history.replaceState(state, title, url);
    if (!stays && before) history.replaceState(history.state, "", before);
    before = stays ? location.href : null;
    pushed = true;
    return push(state, title, url);
  };
}
