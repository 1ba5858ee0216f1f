// The contents of a lesson, in a box above the bar.
import { made, addressOf, linkTo } from "./links.js";

export class Contents {
  constructor() {
    this.heading = made("h2", { id: "way-contents-title" });
    this.shut = made("button", { type: "button", textContent: "✕", onclick: () => this.box.close() });
    this.list = made("ol");
    this.page = made("a", { className: "way-page" });
    this.box = made("dialog", { className: "way-contents" }, made("div", {}, this.heading, this.shut, this.list, this.page));
    this.box.setAttribute("aria-labelledby", this.heading.id);
    this.box.onclick = ({ target }) => { if (target === this.box) this.box.close(); };
    this.box.onkeydown = (event) => event.stopPropagation();  // Esc is for this box alone, and no letter for what lies behind it
  }

  show({ stops, words }) {
    this.heading.textContent = words.contents;
    this.shut.title = words.close;
    this.shut.setAttribute("aria-label", words.close);
    this.page.textContent = words.page;
    this.list.replaceChildren();
    for (const stop of stops) (stop.deeper && this.list.lastChild ? this.deeper(words.deeper) : this.list).append(made("li", {}, linkTo(stop)));
  }

  // The list below the last of the main steps.
  deeper(label) {
    const step = this.list.lastChild;
    if (!step.querySelector("ul")) step.append(made("p", { textContent: label }), made("ul", { ariaLabel: label }));
    return step.querySelector("ul");
  }

  addresses() { this.page.href = addressOf("view", "page"); }

  open() {
    this.box.showModal();
    (this.box.querySelector("[aria-current]") ?? this.shut).focus();
  }

  close() { this.box.close(); }
}
