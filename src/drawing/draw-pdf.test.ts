import { inflateSync } from "node:zlib";
import { expect, it } from "vitest";
import { drawPdf } from "./draw-pdf.ts";

const svg = (inner: string): string =>
  `<svg width="100" height="80" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 80">${inner}</svg>`;

/** What is drawn on the page, in the operators of PDF. */
async function operators(text: string): Promise<string> {
  const bytes = Buffer.from(await drawPdf(text, "a test"));
  const whole = bytes.toString("latin1");
  const parts = Array.from(whole.matchAll(/\/FlateDecode\n>>\nstream\n/g), (found) => {
    const from = found.index + found[0].length;
    return bytes.subarray(from, whole.indexOf("\nendstream", from));
  });
  return parts.map((part) => inflateSync(part).toString("latin1")).find((part) => / re\n|W n/.test(part)) ?? "";
}

it("clips where the clipping path stands, and draws on where it stood before", async () => {
  const clip = `<defs><clipPath id="c"><path d="M0 0L10 0L10 10Z" transform="translate(5,7)"></path></clipPath></defs>`;
  const drawn = await operators(
    svg(`${clip}<g clip-path="url(#c)"><rect x="1" y="2" width="3" height="4"></rect></g>`),
  );
  const flat = drawn.replace(/\s+/g, " ");
  expect(flat).toMatch(/1 0 0 1 5 7 cm 0 0 m 10 0 l 10 10 l h W n 1 0 0 1 -5 -7 cm/);
  expect(flat).toMatch(/-5 -7 cm .*1 2 3 4 re f/);
});

it("sets colours before it draws an outline, not within it", async () => {
  const drawn = await operators(svg(`<rect x="1" y="2" width="3" height="4" fill="#ff0000" stroke="#0000ff"></rect>`));
  const flat = drawn.replace(/\s+/g, " ");
  expect(flat).toMatch(/1 0 0 scn .*1 2 3 4 re f/);
  expect(flat).toMatch(/0 0 1 SCN .*1 2 3 4 re S/);
});

it("refuses a clip of several shapes by its name", async () => {
  const shapes = `<path d="M0 0L1 1"></path><path d="M0 0L1 1"></path>`;
  await expect(
    drawPdf(svg(`<defs><clipPath id="c">${shapes}</clipPath></defs><g clip-path="url(#c)"></g>`), "a test"),
  ).rejects.toThrow(/clips by 2 shapes/);
});
