// Where a phone puts down points: by a tap, or by two numbers. Each change is sent at once.
function field(set, vote) {
  const { question, phase } = state, { classes, across, up, most } = question;
  const points = [...(vote?.answer ?? [])], { svg, frame, marks, at } = plane(question);
  const told = made("p", { ariaLive: "polite" }), pens = made("div", { className: "pens", role: "radiogroup", ariaLabel: words.pen });
  classes.forEach((name, label) => pens.append(made("label", { className: "option" }, made("input", { type: "radio", name: "pen", value: label, checked: !label }), sign(label), made("span", { textContent: name }))));
  const number = ([low, high]) => made("input", { type: "number", min: low, max: high, step: "any", required: true, value: Math.max(low, Math.min(high, 0)) });
  const x = number(across), y = number(up);
  const add = made("button", { textContent: words.put }), back = made("button", { type: "button", textContent: words.back });

  const draw_ = () => {
    marks.replaceChildren(...points.map(([label, x_, y_]) => mark(label, ...at(x_, y_), 2.5)));
    const said = points.map(([label, x_, y_]) => `${classes[label]}\u00a0${`(${x_},\u00a0${y_})`.replaceAll("-", "−")}`);
    told.textContent = [fill(words.placed, { count: points.length, most }), ...said].join(" · ");
    svg.setAttribute("aria-label", `${words.plane}: ${told.textContent}`);
    add.disabled = points.length >= most;
    back.disabled = !points.length;
  };
  const changed = () => { draw_(); commit([...points], 0); };
  const put = (x_, y_) => {
    if (points.length >= most) return;
    points.push([Number(set.querySelector(":checked").value), Number(x_.toFixed(2)), Number(y_.toFixed(2))]);
    changed();
  };
  svg.addEventListener("click", ({ clientX, clientY }) => {
    const { left, top, width, height } = frame.getBoundingClientRect(), right = (clientX - left) / width, down = (clientY - top) / height;
    if (phase === "open" && Math.min(right, down) >= 0 && Math.max(right, down) <= 1) put(across[0] + right * (across[1] - across[0]), up[1] - down * (up[1] - up[0]));
  });
  add.addEventListener("click", () => { if (x.validity.valid && y.validity.valid) put(x.valueAsNumber, y.valueAsNumber); });
  back.addEventListener("click", () => { points.pop(); changed(); });

  const style = ".pens{display:flex;flex-wrap:wrap;gap:.5rem}.pens .option{margin:0}.sign{width:1.4rem;flex:none}.plane{display:block;width:100%;max-height:75vh;margin:.5rem 0;touch-action:manipulation;user-select:none}.put{display:grid;grid-template-columns:1fr 1fr;gap:.5rem}.put input{font:inherit;width:100%;min-height:3rem;padding:0 .5rem;border:2px solid var(--line);border-radius:.5rem}.put button{grid-column:1/3}";
  set.append(made("style", { textContent: style }), pens, svg, told);
  if (phase === "open") set.append(made("div", { className: "put" }, made("label", {}, "x₁", x), made("label", {}, "x₂", y), add, back));
  draw_();
}
