// Draws a figure, and of the next one what differs from it.
//
// Plotly reads every figure from its beginning, for new numbers draws all axes anew, and all notes twice. Where numbers
// and words of marks and notes alone differ, they are put where it has read the ones before, and drawn. Where notes
// differ in another way, it is told that the numbers are the same, and then the marks are drawn by themselves.

import { arraysThatDiffer, notesThatDiffer, pointsOf } from "./differing.js";
import { drawSome } from "./space.js";

export class Drawing {
  constructor(plot) {
    this.plot = plot;
    this.revision = 0;
  }

  draw(Plotly, data, layout, config) {
    const ground = JSON.stringify([this.plot.clientWidth, { ...layout, annotations: null, shapes: null }]);
    const stays = ground === this.ground && this.hasGivenEnds(Plotly);
    const before = this.drawn;
    this.revision += Number(!stays);
    this.ground = ground;
    this.drawn = { data, layout: { ...layout, datarevision: this.revision } };
    if (stays && this.puts(Plotly, before)) return undefined;
    const done = Plotly.react(this.plot, data, this.drawn.layout, config);
    if (stays) this.drawMarks(Plotly);
    this.listen(Plotly);
    return done;
  }

  // The figure has been changed by other means.
  forget() { this.ground = null; }

  // Puts what differs where Plotly has read what was there before; says whether that is all that differs.
  puts(Plotly, before) {
    const { plot, drawn: { data, layout } } = this;
    const arrays = arraysThatDiffer(before.data, data, plot._fullData, plot._fullLayout.showlegend);
    const notes = arrays && notesThatDiffer(before.layout, layout);
    if (!notes) return false;
    for (const [trace, path, value] of arrays) {
      for (const part of [plot.data[trace], plot._fullData[trace]]) put(part, path, value);
      const read = plot._fullData[trace];
      if (read._length) read._length = pointsOf(data[trace]) || read._length;
    }
    for (const [kind, place, changes] of notes) for (const { [kind]: all } of [plot.layout, plot._fullLayout]) Object.assign(all[place], changes);
    if (arrays.length) drawSome(plot, new Set(arrays.map(([trace]) => trace)), () => this.drawMarks(Plotly, true));
    for (const [kind, place] of notes) Plotly.registry.getComponentMethod(kind, "drawOne")(plot, place);
    Plotly.plots.rehover(plot);
    return true;
  }

  drawMarks(Plotly, isRead = false) {
    const { schema, plots } = Plotly;
    const { findArrayAttributes } = schema;
    if (isRead) schema.findArrayAttributes = (trace) => trace._arrayAttrs;  // looks through all that a trace may have
    try { plots.doCalcdata(this.plot); } finally { schema.findArrayAttributes = findArrayAttributes; }
    for (const kind of this.plot._fullLayout._basePlotModules) kind.plot(this.plot);
    plots.style(this.plot);
  }

  // Where the numbers are read before it draws, Plotly does not draw the notes once more to see how far they reach.
  listen(Plotly) {
    if (this.listens) return;
    this.listens = true;
    this.plot.on("plotly_beforeplot", () => { if (!this.plot.calcdata && this.hasGivenEnds(Plotly)) Plotly.plots.doCalcdata(this.plot); });
  }

  // Whether no axis ends where its marks and notes do. All of plotly.js has no `plots`: see `ui/plotly_js.py`.
  hasGivenEnds({ plots }) {
    return Boolean(plots) && Object.values(this.plot._fullLayout._plots ?? {}).every(({ xaxis, yaxis }) => !xaxis.autorange && !yaxis.autorange);
  }
}

function put(read, path, value) {
  const within = path.slice(0, -1).reduce((part, name) => part[name], read);
  within[path.at(-1)] = value;
}
