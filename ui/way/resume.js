// The step that this browser saw last, as a link.
import { made } from "./links.js";
import { lastPlace } from "./memory.js";

export class Resume {
  constructor(parent) {
    this.link = made("a");
    this.root = made("p", { className: "way-resume" }, this.link);
    parent.append(this.root);
  }

  show({ lessons }) {
    const place = lastPlace();
    const known = place && Object.hasOwn(lessons, place.lesson) ? lessons[place.lesson] : null;
    this.root.hidden = !known;
    if (!known) return;
    this.link.href = `${known.href}&step=${encodeURIComponent(place.at)}`;
    this.link.textContent = known.label.replace("{number}", () => place.number);
  }

  get stands() { return this.root.hidden ? "none" : "shown"; }

  close() { this.root.remove(); }
}
