import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawDocument } from "./draw-document.ts";
import { pdfText } from "./pdf-text.testing.ts";
import type { PrintedBlock, PrintedDocument } from "./printed-document.ts";

const SVG = `<svg width="800" height="300" xmlns="http://www.w3.org/2000/svg"><rect x="1" y="2" width="3" height="4"></rect></svg>`;

const documentOf = (blocks: readonly PrintedBlock[]): PrintedDocument => ({
  kind: "Tuning report",
  title: "digits",
  question: "Which?",
  sections: blocks.length === 0 ? [] : [{ heading: "The part", blocks }],
  footer: ["Small print."],
});

const textOf = async (blocks: readonly PrintedBlock[]) => pdfText(await drawDocument(documentOf(blocks)));
const joined = (pages: readonly { readonly text: string }[]): string => pages.map(({ text }) => text).join("");
const bare = (text: string): string => text.replace(/\s/g, "");

describe("drawDocument", () => {
  it("writes each part as text, and counts the pages", async () => {
    const pages = await textOf([
      { type: "paragraph", text: "The best of 3 trials.", weight: "first" },
      { type: "table", table: { head: ["", "tuned"], rows: [["loss", "0.1"]] } },
      { type: "figure", figure: { title: "History", sentence: "The best `loss` is 0.1.", svg: SVG } },
      { type: "list", points: [{ text: "a range is narrow", command: "attune space edit 'a b'" }] },
      { type: "command", text: "python train.py --lr=0.1" },
    ]);
    expect(pages).toHaveLength(1);
    for (const text of [
      "TUNING REPORT",
      "Which?",
      "The part",
      "The best of 3 trials.",
      "tuned",
      "loss 0.1",
      "The best loss is 0.1.",
      "attune space edit 'a b'",
      "python train.py --lr=0.1",
      "Small print.",
      "1 / 1",
    ])
      expect(joined(pages)).toContain(bare(text));
  });

  it("repeats the heading of a table on each page, and tells each row once", async () => {
    const rows = Array.from({ length: 120 }, (_, k) => [`row${k};`, "x"]);
    const pages = await textOf([{ type: "table", table: { head: ["Number", "Letter"], rows } }]);
    expect(pages.length).toBeGreaterThan(2);
    const withRows = pages.filter(({ text }) => text.includes("row"));
    for (const { text } of withRows) expect(text).toContain("NumberLetter");
    for (const [name] of rows) expect(joined(pages).split(name!)).toHaveLength(2);
  });

  it("puts columns that do not fit into tables below, each with the first column", async () => {
    const head = Array.from({ length: 30 }, (_, k) => `parameter${k};`);
    const pages = await textOf([{ type: "table", table: { head, rows: [head.map((_, k) => `v${k};`)] } }]);
    const text = joined(pages);
    for (const name of head.slice(1)) expect(text.split(name)).toHaveLength(2);
    expect(text.split("parameter0;").length).toBeGreaterThan(3);
    for (const { lefts } of pages) expect(Math.max(...lefts)).toBeLessThan(595 - 48);
  });

  it("keeps a heading on the page of the figure that it is over", async () => {
    const filler = Array.from({ length: 23 }, () => ({ type: "paragraph", text: "line", weight: "plain" }) as const);
    const figure: PrintedBlock = { type: "figure", figure: { title: "t", sentence: "what it says", svg: SVG } };
    const pages = pdfText(
      await drawDocument({
        ...documentOf([]),
        sections: [
          { heading: "Before", blocks: filler },
          { heading: "Heading", blocks: [figure] },
        ],
      }),
    );
    expect(pages).toHaveLength(2);
    expect(pages.map(({ text }) => text.includes("Heading"))).toEqual(
      pages.map(({ text }) => text.includes("whatitsays")),
    );
  });

  it("sets what terminals and other systems put into texts: escapes, tabs, lines", async () => {
    const [page] = await textOf([
      { type: "paragraph", text: "a\u001b[31mred\u001b[0m\tb\r\nc\u0000d", weight: "plain" },
    ]);
    expect(page!.text).toContain("aredbcd");
  });

  it("keeps within its pages whatever it is given", async () => {
    const text = fc.oneof(fc.string({ maxLength: 60 }), fc.string({ minLength: 900, maxLength: 3_000 }));
    const table = fc.tuple(fc.array(text, { minLength: 1, maxLength: 14 }), fc.integer({ min: 0, max: 40 }));
    const block: fc.Arbitrary<PrintedBlock> = fc.oneof(
      fc.record({ type: fc.constant("paragraph"), text, weight: fc.constantFrom("first", "large", "plain", "small") }),
      table.map(([head, count]) => ({
        type: "table" as const,
        table: { head, rows: Array.from({ length: count }, () => head) },
      })),
      fc.record({ type: fc.constant("command"), text }),
      text.map((one) => ({ type: "list" as const, points: [{ text: one, command: one }] })),
      text.map((sentence) => ({ type: "figure" as const, figure: { title: "t", sentence, svg: SVG } })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(block, { maxLength: 4 }), async (blocks) => {
        for (const { heights, lefts } of await textOf(blocks)) {
          expect(Math.min(...heights)).toBeGreaterThan(28);
          expect(Math.max(...heights)).toBeLessThan(842 - 40);
          expect(Math.min(...lefts)).toBeGreaterThanOrEqual(47);
          expect(Math.max(...lefts)).toBeLessThanOrEqual(595 - 48);
        }
      }),
      { numRuns: 10 },
    );
  }, 60_000);
});
