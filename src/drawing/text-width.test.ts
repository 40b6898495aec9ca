import PDFDocument from "pdfkit";
import { expect, it } from "vitest";
import { shippedFile } from "./shipped-file.ts";
import { textWidth } from "./text-width.ts";

it("knows the widths of the font that is shipped", async () => {
  const document = new PDFDocument({ font: null as unknown as string });
  document.font((await shippedFile("DejaVuSans.ttf")) as Buffer).fontSize(20);
  const signs = Array.from({ length: 95 }, (_, k) => String.fromCodePoint(32 + k));
  for (const sign of signs) expect(textWidth(sign, 20), sign).toBeCloseTo(document.widthOfString(sign), 0);
  expect(textWidth("日本", 20)).toBe(40);
});
