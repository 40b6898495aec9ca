import type { FigureTheme, MadeFigure } from "../plot/index.ts";
import { drawSvg } from "./draw-svg.ts";
import { emptyOption } from "./empty-option.ts";

/** What a figure can be drawn as. */
export type DrawnForm = "svg" | "png" | "pdf";

/** A figure as a file; one without anything to draw says what will appear. */
export async function drawFigure(figure: MadeFigure, theme: FigureTheme, form: "svg"): Promise<string>;
export async function drawFigure(figure: MadeFigure, theme: FigureTheme, form: DrawnForm): Promise<string | Uint8Array>;
export async function drawFigure(
  figure: MadeFigure,
  theme: FigureTheme,
  form: DrawnForm,
): Promise<string | Uint8Array> {
  const drawn = drawSvg(figure.empty === null ? figure.option(theme) : emptyOption(figure, theme), theme);
  const svg = described(drawn, figure);
  switch (form) {
    case "svg":
      return svg;
    case "png":
      return await (await import("./draw-png.ts")).drawPng(svg);
    case "pdf":
      return await (await import("./draw-pdf.ts")).drawPdf(svg, figure.title);
  }
}

/** With a title and what the figure comes to in words, for those who do not see it. */
function described(svg: string, { title, sentence }: MadeFigure): string {
  const words = `<title>${escaped(title)}</title>\n<desc>${escaped(sentence.replaceAll("`", ""))}</desc>`;
  return svg.replace(/^<svg ([^>]*)>/, (_, attributes) => `<svg role="img" ${attributes}>\n${words}`);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
