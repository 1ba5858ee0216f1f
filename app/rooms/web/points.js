// The plane of a question for points, and a mark for each class, as in the lesson. A page may read this twice.
function shape(tag, values = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(values)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// Circle, square, diamond, triangle, cross, x, star, pentagon, triangle upside down, hourglass.
function mark(label, x, y, size) {
  const path = ["M-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0z", "M-.9-.9H.9V.9H-.9z", "M0-1.3L1.3 0 0 1.3-1.3 0z", "M0-1.2L1.2.9H-1.2z", "M-.4-1.1H.4V-.4H1.1V.4H.4V1.1H-.4V.4H-1.1V-.4H-.4z", "M-.55-1.1L0-.55.55-1.1 1.1-.55.55 0 1.1.55.55 1.1 0 .55-.55 1.1-1.1.55-.55 0-1.1-.55z", "M0-1.35L.32-.44L1.28-.42L.52 .17L.79 1.09L0 .55L-.79 1.09L-.52 .17L-1.28-.42L-.32-.44z", "M0-1.15L1.09-.36L.68 .93L-.68 .93L-1.09-.36z", "M0 1.2L-1.2-.9H1.2z", "M-1-1.1H1L-1 1.1H1z"][label];
  return shape("path", { d: path, fill: words.colours[label], stroke: "currentColor", "stroke-width": 0.15, transform: `translate(${x} ${y}) scale(${size})` });
}

function sign(label) { return shape("svg", { class: "sign", viewBox: "-1.5 -1.5 3 3", "aria-hidden": true }, mark(label, 0, 0, 1)); }

// A square, whatever its ends are; marks go into their own group.
function plane({ across, up }) {
  const at = (x, y) => [100 * (x - across[0]) / (across[1] - across[0]), 100 * (up[1] - y) / (up[1] - up[0])];
  const frame = shape("rect", { width: 100, height: 100, fill: "transparent", stroke: "currentColor", "stroke-width": 0.4 }), marks = shape("g");
  const text = (x, y, anchor, said) => shape("text", { x, y, "text-anchor": anchor, fill: "currentColor", "font-size": 4.5 }, String(said).replace("-", "−"));
  const line = (x1, y1, x2, y2) => shape("line", { x1, y1, x2, y2, stroke: "currentColor", "stroke-width": 0.2 });
  const [x, y] = at(0, 0), axes = [];
  if (x > 0 && x < 100) axes.push(line(x, 0, x, 100));
  if (y > 0 && y < 100) axes.push(line(0, y, 100, y));
  const svg = shape("svg", { class: "plane", viewBox: "-10 -2 112 109", role: "img" }, ...axes, frame, marks,
    text(-1, 4, "end", up[1]), text(-1, 52, "end", "x₂"), text(-1, 100, "end", up[0]),
    text(0, 105, "start", across[0]), text(50, 105, "middle", "x₁"), text(100, 105, "end", across[1]));
  return { svg, frame, marks, at };
}
