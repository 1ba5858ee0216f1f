// A picture's table as a file that spreadsheets read: their minus, and nothing that they would compute.
import { element } from "./objects.js";

const MARK = "\uFEFF";  // without it, Excel takes the letters for others
const COMPUTED = /^[=+@\t\r]|^-(?![\d.])/;

export function saveTable(title, { columns, rows }) {
  const text = MARK + [columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
  const link = element("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv" })), download: `${title.replace(/[^\p{L}\p{N}]+/gu, "-")}.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function cell(said) {
  const text = String(said).replace(/−/g, "-");
  const safe = COMPUTED.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
