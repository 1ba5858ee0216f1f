// A cell of a table as programs read it: what `float()` and spreadsheets take for a number is one.

export function plain(said) {
  const text = String(said).replace(/−/g, "-").replace(/(?<=\d)[\u2009\u202F](?=\d)/g, "");
  return /^\s*-?∞\s*$/.test(text) ? text.replace("∞", "inf") : text;
}
