// Says so when nothing comes over the live line: a proxy may refuse it, close it, or let it hang, and Streamlit
// would show grey bars for ever. It goes on trying meanwhile, and what it hears takes the sentence away.
{
  const PATIENCE = 8000;  // ms
  const wait = () => {
    const { content } = /** @type {HTMLTemplateElement} */ (document.getElementById("no-line"));
    notice.append(document.importNode(content, true));
    document.body.append(notice);
  };
  const notice = document.createElement("div");
  const waiting = setTimeout(wait, PATIENCE);
  const heard = () => { clearTimeout(waiting); notice.remove(); };

  window.WebSocket = class extends WebSocket {
    /** @param {ConstructorParameters<typeof WebSocket>} given */
    constructor(...given) {
      super(...given);
      super.addEventListener("message", heard, { once: true });
    }
  };
}
