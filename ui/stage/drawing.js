// Draws a figure, and of the next one what differs from it.
//
// For new numbers Plotly draws all axes anew, and all notes twice. Where marks and notes alone differ, it is told that
// the numbers are the same, and draws the notes that differ; then the marks are drawn by themselves.

export class Drawing {
  constructor(plot) {
    this.plot = plot;
    this.revision = 0;
  }

  draw(Plotly, data, layout, config) {
    const ground = JSON.stringify({ ...layout, annotations: null, shapes: null });
    const stays = ground === this.ground && this.hasGivenEnds(Plotly);
    this.revision += Number(!stays);
    const drawn = Plotly.react(this.plot, data, { ...layout, datarevision: this.revision }, config);
    if (stays) this.drawMarks(Plotly.plots);
    this.ground = ground;
    this.listen(Plotly);
    return drawn;
  }

  // The figure has been changed by other means.
  forget() { this.ground = null; }

  drawMarks(plots) {
    plots.doCalcdata(this.plot);
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
