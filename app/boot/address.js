// Keeps a scene in the browser's history.
//
// One gesture, one entry: a button that sets several values makes Streamlit add an entry for each, and going back
// would lead to a scene that nobody has seen. What comes between two gestures on a page is one entry.
//
// A page switch: Streamlit first takes the old page's values out of the old address, as an entry of its own, and then
// adds the new page: going back would lead to an empty scene.
// (Seen in Streamlit 1.67, App.handlePageInfoChanged before maybeUpdatePageUrl.)
{
  const push = history.pushState.bind(history);
  let emptied = null;
  let pushed = false;  // since the last gesture

  for (const gesture of ["pointerdown", "keydown", "popstate"]) window.addEventListener(gesture, () => { pushed = false; }, true);

  history.pushState = (state, title, url) => {
    const here = new URL(location.href);
    const there = new URL(url, here);
    if (there.pathname !== here.pathname) {
      if (emptied && emptied.pathname === here.pathname && performance.now() - emptied.time < 3000) {
        history.replaceState(history.state, "", emptied.href);
      }
      emptied = null;
      pushed = false;
      return push(state, title, url);
    }
    if (fewer(there, here) && !(pushed && emptied)) {
      emptied = { href: here.href, pathname: here.pathname, time: performance.now() };
    }
    if (pushed) return history.replaceState(state, title, url);
    pushed = true;
    return push(state, title, url);
  };

  const fewer = (there, here) => [...there.searchParams.keys()].length < [...here.searchParams.keys()].length;
}
