import type { FactTable, ReportFacts } from "./report-facts.ts";
import { REPORT_STYLE } from "./report-style.ts";

/** A figure, with what it says. */
export interface ReportFigure {
  readonly title: string;
  readonly sentence: string;
  /** How it is read. */
  readonly help: string;
  readonly svg: string;
}

/** The figures of a report, by the part they stand in. */
export interface ReportFigures {
  readonly course: readonly ReportFigure[];
  readonly mattered: readonly ReportFigure[];
}

/** A report as one page that needs nothing else: no script, nothing that is loaded. `made` says when. */
export function reportPage(facts: ReportFacts, figures: ReportFigures, made: string): string {
  const { title, question, answer, comparison, front, cost, health, failures, command, method } = facts;
  const body = [
    `<header><p class="kind">Tuning report</p><h1>${escaped(title)}</h1><p class="question">${escaped(question)}</p></header>`,
    section("The answer", paragraphs(answer, "answer")),
    section("Tuned and default", comparison === null ? "" : table(comparison)),
    section("The front", front === null ? "" : table(front)),
    section("How it went", figures.course.map(figure).join("")),
    section("What mattered", figures.mattered.map(figure).join("")),
    section("What it cost", paragraphs(cost)),
    section("What failed", list(failures)),
    section(
      "What to look at",
      list(
        health.map(({ sentence }) => `${sentence}.`),
        health.map((one) => one.command),
      ),
    ),
    section("Run it again", command === null ? "" : `<pre>${escaped(command)}</pre>`),
    `<footer>${paragraphs([...method, ...helps(figures)])}<p>Made ${escaped(made)}.</p></footer>`,
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
${body.filter((part) => part !== "").join("\n")}
</body>
</html>
`;
}

/** How the figures are read, each kind once. */
function helps({ course, mattered }: ReportFigures): readonly string[] {
  return [...new Set([...course, ...mattered].map(({ title, help }) => `${title}: ${help}`))];
}

/** Left out where there is nothing in it. */
function section(heading: string, content: string): string {
  return content === "" ? "" : `<section><h2>${heading}</h2>${content}</section>`;
}

function paragraphs(texts: readonly string[], name = ""): string {
  return texts.map((text) => `<p${name === "" ? "" : ` class="${name}"`}>${escaped(text)}</p>`).join("");
}

function list(texts: readonly string[], commands: readonly (string | null)[] = []): string {
  if (texts.length === 0) return "";
  const item = (text: string, place: number): string => {
    const command = commands[place] ?? null;
    return `<li>${escaped(text)}${command === null ? "" : `<pre>${escaped(command)}</pre>`}</li>`;
  };
  return `<ul>${texts.map(item).join("")}</ul>`;
}

function table({ head, rows }: FactTable): string {
  const cells = (row: readonly string[], name: "th" | "td"): string =>
    row
      .map((cell, place) =>
        place === 0 ? `<th scope="row">${escaped(cell)}</th>` : `<${name}>${escaped(cell)}</${name}>`,
      )
      .join("");
  const top = head.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join("");
  return `<div class="wide"><table><thead><tr>${top}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row, "td")}</tr>`).join("")}</tbody></table></div>`;
}

/** A picture of its own, in which nothing can be run and whose names meet no others. */
function figure({ title, sentence, svg }: ReportFigure): string {
  const words = sentence.replaceAll("`", "");
  const data = Buffer.from(svg, "utf8").toString("base64");
  return `<figure><img src="data:image/svg+xml;base64,${data}" alt="${escaped(`${title}: ${words}`)}"><figcaption>${escaped(words)}</figcaption></figure>`;
}

const MARKS: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => MARKS[mark]!);
}
