// Keeps a scene in the browser's history. On a page switch Streamlit first takes the old page's values out of the
// old address, as an entry of its own, and then adds the new page: going back would lead to an empty scene.
// (Seen in Streamlit 1.67, App.handlePageInfoChanged before maybeUpdatePageUrl.)
{
  const push = history.pushState.bind(history);
  let emptied = null;

  history.pushState = (state, title, url) => {
    const here = new URL(location.href);
    const there = new URL(url, here);
    if (there.pathname !== here.pathname) {
      if (emptied && emptied.pathname === here.pathname && performance.now() - emptied.time < 3000) {
        history.replaceState(history.state, "", emptied.href);
      }
      emptied = null;
    } else if (fewer(there, here)) {
      emptied = { href: here.href, pathname: here.pathname, time: performance.now() };
    }
    return push(state, title, url);
  };

  const fewer = (there, here) => [...there.searchParams.keys()].length < [...here.searchParams.keys()].length;
}
