// A scene as it is shown, on a canvas of its own: what WebGL has drawn is gone with the task that drew it.

import { element } from "./objects.js";

export function photo({ glplot }, sharpness) {
  const { pixelRatio, gl } = glplot;
  glplot.pixelRatio = sharpness;
  glplot.redraw();
  const copy = element("canvas", { width: gl.canvas.width, height: gl.canvas.height });
  copy.getContext("2d").drawImage(gl.canvas, 0, 0);
  glplot.pixelRatio = pixelRatio;
  glplot.redraw();
  return copy;
}
