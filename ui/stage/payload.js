// Reads what payload.py packs: JSON, then numbers as they lie in memory, the whole compressed if it is long.

const ARRAYS = { float32: Float32Array, uint8: Uint8Array };

export async function unpacked(data) {
  const bytes = data.slice();  // numbers must lie at a multiple of their size
  const length = new DataView(bytes.buffer).getUint32(0, true);
  if (length === 0) return unpacked(await inflated(bytes.subarray(4)));
  const message = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const revive = (value) => revived(value, bytes.buffer, 4 + length);
  message.lines = message.lines.map(revive);
  for (const item of message.frames?.items ?? []) if (item.layers) item.layers = item.layers.map(revive);
  return message;
}

async function inflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function revived(value, buffer, start) {
  if (!value || typeof value !== "object") return value;
  if (!value.$) return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, revived(item, buffer, start)]));
  const [offset, count, dtype] = value.$;
  return new ARRAYS[dtype](buffer, start + offset, count);
}
