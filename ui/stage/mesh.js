// A surface on a grid is drawn as a mesh of triangles: Plotly's own surfaces are refined to 128 cells a side
// before they are drawn, which without a graphics card takes four times as long for the same picture.
export function meshed(trace) {
  if (trace.type !== "surface") return trace;
  const { contours, ...rest } = onMesh(trace);
  const [rows, columns] = [trace.z.length, trace.z[0].length];
  const xs = trace.x ?? Array.from({ length: columns }, (_, k) => k);
  const ys = trace.y ?? Array.from({ length: rows }, (_, k) => k);
  return {
    ...rest, ...triangles(rows, columns), type: "mesh3d",
    x: ys.flatMap(() => xs), y: ys.flatMap((y) => xs.map(() => y)),
  };
}

export function onMesh({ z, surfacecolor, ...rest }) {
  return z ? { ...rest, z: z.flat(), intensity: (surfacecolor ?? z).flat() } : rest;
}

const grids = new Map();
function triangles(rows, columns) {
  const name = `${rows}×${columns}`;
  if (!grids.has(name)) {
    const [i, j, k] = [[], [], []];
    for (let row = 0; row + 1 < rows; row += 1) {
      for (let column = 0; column + 1 < columns; column += 1) {
        const corner = row * columns + column;
        i.push(corner, corner + 1);
        j.push(corner + 1, corner + columns + 1);
        k.push(corner + columns, corner + columns);
      }
    }
    grids.set(name, { i, j, k });
  }
  return grids.get(name);
}
