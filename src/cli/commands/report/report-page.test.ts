import { describe, expect, it } from "vitest";
import { type ReportFigures, reportDocument } from "./report-document.ts";
import type { ReportFacts } from "./report-facts.ts";
import { reportPage } from "./report-page.ts";

const NONE: ReportFacts = {
  title: "t",
  question: "q",
  answer: [],
  comparison: null,
  front: null,
  cost: [],
  health: [],
  failures: [],
  command: null,
  method: [],
};
const HOSTILE = `</title><script>alert(1)</script>"'&<img src=x onerror=alert(2)>`;

const pageOf = (facts: ReportFacts, figures: ReportFigures, made: string): string =>
  reportPage(reportDocument(facts, figures, made));

/** A report whose every text is the same. */
const ofText = (text: string): string =>
  pageOf(
    {
      title: text,
      question: text,
      answer: [text],
      comparison: { head: [text, text], rows: [[text, text]] },
      front: { head: [text], rows: [[text]] },
      cost: [text],
      health: [{ sentence: text, command: text }],
      failures: [text],
      command: text,
      method: [text],
    },
    { course: [{ title: text, sentence: text, help: text, svg: `<svg>${text}</svg>` }], mattered: [] },
    text,
  );

describe("reportPage", () => {
  it("shows names and messages as text, whatever stands in them", () => {
    const page = ofText(HOSTILE);
    expect(page).not.toMatch(/<script|<img src=x|onerror=alert\(2\)>/);
    expect(page.match(/<[a-z][^>]*>/gi)!.length).toBe(ofText("plain").match(/<[a-z][^>]*>/gi)!.length);
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  });

  it("loads nothing and may run nothing", () => {
    const page = ofText("plain");
    expect(page).toContain("default-src 'none'");
    const sources = Array.from(page.matchAll(/\b(?:src|href)="([^"]*)"/g), ([, where]) => where!);
    expect(sources.every((where) => where.startsWith("data:image/svg+xml;base64,"))).toBe(true);
    expect(page).not.toMatch(/@import|url\(/);
  });

  it("leaves out what there is nothing to say of", () => {
    const headings = (page: string) => Array.from(page.matchAll(/<h2>([^<]*)<\/h2>/g), ([, text]) => text);
    expect(headings(pageOf(NONE, { course: [], mattered: [] }, "now"))).toEqual([]);
    expect(headings(ofText("plain"))).toEqual([
      "The answer",
      "Tuned and default",
      "The front",
      "How it went",
      "What it cost",
      "What failed",
      "What to look at",
      "Run it again",
    ]);
  });
});
