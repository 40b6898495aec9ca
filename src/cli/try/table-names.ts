import { ruledNames } from "../../protocol/ruled-names.ts";

const RULE = /^[\s|│┃║┆+:=┼├┤─━═╪╞╡╇┡┩╂└┘┌┐┏┓┗┛-]*$/;
const PROGRESS = /(?:\d:)?\s+\d{1,3}%\s*[|│▏▎▍▌▋▊▉█━#].*$/u;
const PIPES = /[|│┃║┆]/;
const NUMBER = /^["'([]{0,3}[-+−]?(?:\.?\d|nan\b|inf)/i;
const NAME = /^[^\d\s=][^\n=]{0,60}$/u;
/** Lines below a header within which its first row stands. */
const ROW_WITHIN = 6;

/** Names that this line gives to the columns below it, each with its variants; none when no row of numbers follows. */
export function tableNames(lines: readonly string[], index: number): readonly (readonly string[])[] {
  const line = lines[index]!.replace(PROGRESS, "");
  if (line.length > 2_000 || line.trim() === "" || RULE.test(line)) return [];
  const below = lines.slice(index + 1, index + 1 + ROW_WITHIN).filter((one) => one !== "" && !RULE.test(one));
  const ruled = ruledNames(line, lines[index + 1] ?? "");
  if (ruled !== null && below.some((row) => /\d/.test(row)))
    return ruled.flatMap(({ name }) => (NAME.test(name) ? [[name]] : []));
  const found: (readonly string[])[] = [];
  for (const split of [pipes, tabs, commas, columns, words]) {
    const cells = split(line);
    if (cells === null || cells.length < 2 || !cells.every((cell) => cell === "" || NAME.test(cell))) continue;
    const rows = split === words || split === columns ? below.slice(0, 3) : below;
    if (!rows.some((row) => isRow(split(row.replace(PROGRESS, "")) ?? [], cells.length, split === words))) continue;
    const above = split === pipes && index > 0 ? pipes(lines[index - 1]!) : null;
    for (const [column, cell] of cells.entries()) {
      const both = above?.length === cells.length ? [`${above[column]} ${cell}`] : [];
      if (cell !== "") found.push([...both, cell, cell.replace(/\)?:?$/, "")]);
    }
  }
  const [next] = below;
  const alone = line.trim().replace(/\s*[=:]$/, "");
  if (NAME.test(alone) && alone.split(/\s+/).length <= 6 && /^\s*[-+−]?(?:\.?\d)[\d.eE+-]*%?$/.test(next ?? ""))
    found.push([alone]);
  return found;
}

function isRow(cells: readonly string[], width: number, strict: boolean): boolean {
  const parts = cells.flatMap((cell) => cell.split(/\s+/));
  const numbers = parts.filter((part) => NUMBER.test(part)).length;
  return strict ? parts.length === width && numbers >= width - 1 : numbers >= Math.min(2, Math.ceil(width / 3));
}

function pipes(line: string): readonly string[] | null {
  if (!PIPES.test(line)) return null;
  return line
    .trim()
    .replace(/^[|│┃║]|[|│┃║]$/g, "")
    .split(PIPES)
    .map((cell) => cell.trim());
}

const tabs = (line: string): readonly string[] | null => splitBy(line, /\t+/);
const columns = (line: string): readonly string[] | null => splitBy(line, /\s{2,}/);
const words = (line: string): readonly string[] | null => splitBy(line, /\s+/);

function commas(line: string): readonly string[] | null {
  return splitBy(line, /[,;]/)?.map((cell) => cell.replace(/^"(.*)"$/, "$1")) ?? null;
}

function splitBy(line: string, pattern: RegExp): readonly string[] | null {
  const cells = line
    .trim()
    .split(pattern)
    .map((cell) => cell.trim());
  return cells.length >= 2 ? cells : null;
}
