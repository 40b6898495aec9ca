/** A line of CSV (RFC 4180). What a spreadsheet would take for a formula is given as text. */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map(cell).join(",")}\r\n`;
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value !== "string") return typeof value === "object" ? quoted(JSON.stringify(value)) : String(value);
  const isNumber = value === "NaN" || value === "Infinity" || value === "-Infinity";
  return /^[=+\-@\t]/.test(value) && !isNumber ? quoted(`'${value}`) : quoted(value);
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
