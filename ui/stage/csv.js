// A picture's table as a file that spreadsheets read: their minus, and nothing that they would compute.
import { save } from "./objects.js";
import { plain } from "./plain.js";

const MARK = "\uFEFF";  // without it, Excel takes the letters for others
const COMPUTED = /^[=+@\t\r]|^-(?![\d.])/;

export function saveTable(title, { columns, rows }) {
  const text = MARK + [columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
  save(new Blob([text], { type: "text/csv" }), title, "csv");
}

function cell(said) {
  const text = plain(said);
  const safe = COMPUTED.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
