import { newPdf } from "./new-pdf.ts";
import { drawSvgOn, sizeOfSvg } from "./svg-on-pdf.ts";

/** Points of a pixel. */
const POINTS = 0.75;

/** An SVG of a chart as the bytes of a PDF of one page, its text as text in the font that is shipped. */
export async function drawPdf(svg: string, title: string): Promise<Uint8Array> {
  const { width, height } = sizeOfSvg(svg);
  return await newPdf(title, { size: [width * POINTS, height * POINTS], margin: 0 }, (pdf) => {
    pdf.scale(POINTS);
    drawSvgOn(pdf, svg);
  });
}
