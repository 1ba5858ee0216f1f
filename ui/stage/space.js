// What a picture in space need not do while it moves.

import { scenesOf } from "./camera.js";

const REST = 300;  // ms

// Such a picture is drawn twice: the second time, unseen, Plotly draws which mark is where, and the page waits until it
// has read it back. Only a pointer that rests asks for that. While the picture follows a slider or is turned, it is
// drawn once.
export class Pointing {
  constructor(plot) {
    this.plot = plot;
    plot.addEventListener("pointerdown", () => this.waits(), true);
    plot.addEventListener("pointermove", ({ buttons }) => { if (buttons) this.waits(); }, true);
  }

  // What is drawn until all rests again is drawn for the eye alone.
  waits() {
    const pictures = scenes(this.plot).map(({ glplot }) => glplot);
    if (!pictures.length) return;
    for (const { gl, objects } of pictures) {
      for (const mark of objects) mark.drawPick = null;
      gl.readPixels = () => {};
    }
    clearTimeout(this.resting);
    this.resting = setTimeout(() => pictures.forEach(goesOn), REST);
  }
}

function goesOn({ gl, objects }) {
  delete gl.readPixels;
  for (const mark of objects) { delete mark.drawPick; mark.dirty = true; }
}

// Draws anew the marks of some traces alone, unless the scale has changed on which all are drawn.
export function drawSome(plot, changed, draw) {
  const drawn = scenes(plot);
  const before = drawn.map(({ dataScale }) => dataScale);
  const others = drawn.flatMap(({ traces }) => Object.values(traces)).filter(({ data }) => !changed.has(data.index));
  for (const mark of others) mark.update = () => {};
  try { draw(); } finally { for (const mark of others) delete mark.update; }
  if (drawn.some(({ dataScale }, i) => String(dataScale) !== String(before[i]))) draw();
}

function scenes({ _fullLayout: layout }) { return scenesOf(layout).map((name) => layout[name]._scene).filter(Boolean); }
