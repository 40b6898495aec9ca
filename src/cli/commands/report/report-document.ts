import type {
  PrintedBlock,
  PrintedDocument,
  PrintedFigure,
  PrintedSection,
} from "../../../drawing/printed-document.ts";
import type { ReportFacts } from "./report-facts.ts";

/** A figure with how it is read. */
export interface ReportFigure extends PrintedFigure {
  readonly help: string;
}

/** The figures of a report, by the part they stand in. */
export interface ReportFigures {
  readonly course: readonly ReportFigure[];
  readonly mattered: readonly ReportFigure[];
}

/** What a report says, in its order, for whatever shows it; what there is nothing to say of is left out. `made` says when. */
export function reportDocument(facts: ReportFacts, figures: ReportFigures, made: string): PrintedDocument {
  const { title, question, answer, comparison, front, cost, health, failures, command, method } = facts;
  const sections: readonly PrintedSection[] = [
    { heading: "The answer", blocks: answer.map((text, place) => paragraph(text, place === 0 ? "first" : "large")) },
    { heading: "Tuned and default", blocks: comparison === null ? [] : [{ type: "table", table: comparison }] },
    { heading: "The front", blocks: front === null ? [] : [{ type: "table", table: front }] },
    { heading: "How it went", blocks: figures.course.map(figureBlock) },
    { heading: "What mattered", blocks: figures.mattered.map(figureBlock) },
    { heading: "What it cost", blocks: cost.map((text) => paragraph(text, "plain")) },
    { heading: "What failed", blocks: list(failures.map((text) => ({ text, command: null }))) },
    {
      heading: "What to look at",
      blocks: list(health.map(({ sentence, command: remedy }) => ({ text: `${sentence}.`, command: remedy }))),
    },
    { heading: "Run it again", blocks: command === null ? [] : [{ type: "command", text: command }] },
  ];
  return {
    kind: "Tuning report",
    title,
    question,
    sections: sections.filter(({ blocks }) => blocks.length > 0),
    footer: [...method, ...helps(figures), `Made ${made}.`],
  };
}

function paragraph(text: string, weight: "first" | "large" | "plain"): PrintedBlock {
  return { type: "paragraph", text, weight };
}

function figureBlock({ title, sentence, svg }: ReportFigure): PrintedBlock {
  return { type: "figure", figure: { title, sentence, svg } };
}

function list(points: Extract<PrintedBlock, { readonly type: "list" }>["points"]): readonly PrintedBlock[] {
  return points.length === 0 ? [] : [{ type: "list", points }];
}

/** How the figures are read, each kind once. */
function helps({ course, mattered }: ReportFigures): readonly string[] {
  return [...new Set([...course, ...mattered].map(({ title, help }) => `${title}: ${help}`))];
}
