import type {
  PrintedBlock,
  PrintedDocument,
  PrintedFigure,
  PrintedSection,
  PrintedTable,
} from "../../../drawing/printed-document.ts";
import { REPORT_STYLE } from "./report-style.ts";

/** A report as one page that needs nothing else: no script, nothing that is loaded. */
export function reportPage({ kind, title, question, sections, footer }: PrintedDocument): string {
  const body = [
    `<header><p class="kind">${escaped(kind)}</p><h1>${escaped(title)}</h1><p class="question">${escaped(question)}</p></header>`,
    ...sections.map(section),
    `<footer>${footer.map((text) => `<p>${escaped(text)}</p>`).join("")}</footer>`,
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<title>${escaped(title)}: tuning report</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
${body.join("\n")}
</body>
</html>
`;
}

function section({ heading, blocks }: PrintedSection): string {
  return `<section><h2>${escaped(heading)}</h2>${blocks.map(block).join("")}</section>`;
}

function block(one: PrintedBlock): string {
  switch (one.type) {
    case "paragraph":
      return `<p class="${one.weight}">${escaped(one.text)}</p>`;
    case "table":
      return table(one.table);
    case "figure":
      return figure(one.figure);
    case "command":
      return `<pre>${escaped(one.text)}</pre>`;
    case "list": {
      const item = ({ text, command }: (typeof one.points)[number]): string =>
        `<li>${escaped(text)}${command === null ? "" : `<pre>${escaped(command)}</pre>`}</li>`;
      return `<ul>${one.points.map(item).join("")}</ul>`;
    }
  }
}

function table({ head, rows }: PrintedTable): string {
  const cells = (row: readonly string[]): string =>
    row
      .map((cell, place) => (place === 0 ? `<th scope="row">${escaped(cell)}</th>` : `<td>${escaped(cell)}</td>`))
      .join("");
  const top = head.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join("");
  return `<div class="wide"><table><thead><tr>${top}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row)}</tr>`).join("")}</tbody></table></div>`;
}

/** A picture of its own, in which nothing can be run and whose names meet no others. */
function figure({ title, sentence, svg }: PrintedFigure): string {
  const words = sentence.replaceAll("`", "");
  const data = Buffer.from(svg, "utf8").toString("base64");
  return `<figure><img src="data:image/svg+xml;base64,${data}" alt="${escaped(`${title}: ${words}`)}"><figcaption>${escaped(words)}</figcaption></figure>`;
}

const MARKS: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => MARKS[mark]!);
}
