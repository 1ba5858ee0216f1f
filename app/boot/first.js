// The first picture stands before the rest of its page is built: what the server sends after the picture
// waits, in its order, until the picture is drawn, or for two seconds. Later pages of a visit do not wait.
// What a script says in one moment is given to React in one task: else it would draw the page up to four times.
{
  const NAME = new TextEncoder().encode("softmax_lab_stage");
  const holds = (bytes) => {
    for (let at = bytes.indexOf(NAME[0]); at >= 0; at = bytes.indexOf(NAME[0], at + 1)) {
      if (NAME.every((byte, i) => bytes[at + i] === byte)) return true;
    }
    return false;
  };
  const COLUMNS = 640;  // on a narrower window Streamlit puts the picture below the words, mostly out of sight
  const MOMENT = 3;  // ms
  const drawn = () => document.querySelector(".stage:not([data-frames='0']), .stage[data-away]");

  class PatientSocket extends WebSocket {
    /** @param {ConstructorParameters<typeof WebSocket>} given */
    constructor(...given) {
      super(...given);
      this.waiting = null;   // the messages that came after the first picture
      this.patient = !drawn() && innerWidth > COLUMNS;  // a page that is connected again has its picture
      super.addEventListener("message", (event) => this.take(event));
    }

    take(event) {
      if (event.replayed) return;
      if (this.waiting) { event.stopImmediatePropagation(); this.waiting.push(event.data); return; }
      if (!this.patient && !document.hidden) {
        event.stopImmediatePropagation();
        this.waiting = [event.data];
        setTimeout(() => this.release(), MOMENT);
        return;
      }
      if (!this.patient || !(event.data instanceof ArrayBuffer) || !holds(new Uint8Array(event.data))) return;
      this.waiting = [];
      const painted = () => requestAnimationFrame(() => setTimeout(() => this.release()));
      const watching = new MutationObserver(() => { if (drawn()) { watching.disconnect(); painted(); } });
      watching.observe(document, { subtree: true, attributes: true, attributeFilter: ["data-frames", "data-away"] });
      setTimeout(() => { watching.disconnect(); this.release(); }, 2000);
    }

    release() {
      this.patient = false;
      const waiting = this.waiting ?? [];
      this.waiting = null;
      for (const data of waiting) this.dispatchEvent(Object.assign(new MessageEvent("message", { data }), { replayed: true }));
    }
  }
  window.WebSocket = PatientSocket;
}
