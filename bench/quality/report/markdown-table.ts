/** A table in Markdown; the first row is its head. */
export function markdownTable([head, ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head!), `|${"---|".repeat(head!.length)}`, ...rows.map(line)].join("\n");
}
