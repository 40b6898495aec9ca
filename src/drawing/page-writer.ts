import type { Pdf } from "./new-pdf.ts";
import { plainLines } from "./plain-lines.ts";
import type { PrintedFigure } from "./printed-document.ts";
import { drawSvgOn, sizeOfSvg } from "./svg-on-pdf.ts";

/** How a kind of text looks: sizes and distances in points. */
interface TextLook {
  readonly size: number;
  readonly colour: string;
  readonly after: number;
  /** Drawn with an outline: the font that is shipped has one weight. */
  readonly strong?: boolean;
}

const TEXT = "#1f2933";
const FAINT = "#5f6b7a";
const LINE = "#e1e5ea";
const SOFT = "#f5f7f9";

const LOOKS = {
  kind: { size: 7.5, colour: FAINT, after: 3 },
  title: { size: 19, colour: TEXT, after: 4, strong: true },
  question: { size: 11, colour: FAINT, after: 6 },
  heading: { size: 12, colour: TEXT, after: 5, strong: true },
  first: { size: 11, colour: TEXT, after: 5, strong: true },
  large: { size: 11, colour: TEXT, after: 5 },
  plain: { size: 9.5, colour: TEXT, after: 5 },
  caption: { size: 8.5, colour: FAINT, after: 10 },
  command: { size: 8, colour: TEXT, after: 8 },
  small: { size: 7.5, colour: FAINT, after: 3 },
  cell: { size: 8.5, colour: TEXT, after: 0 },
  headCell: { size: 8.5, colour: FAINT, after: 0 },
} as const satisfies Readonly<Record<string, TextLook>>;

export type TextKind = keyof typeof LOOKS;

const PAD = 6;
const INDENT = 12;
const LINE_GAP = 1.5;

/** Writes a document from the top of its first page to the bottom of its last, and keeps together what belongs together. */
export class PageWriter {
  readonly #pdf: Pdf;

  constructor(pdf: Pdf) {
    this.#pdf = pdf;
  }

  /** Points between the margins. */
  get width(): number {
    const { width, margins } = this.#pdf.page;
    return width - margins.left - margins.right;
  }

  /** Points between the margins, of an empty page. */
  get pageHeight(): number {
    const { height, margins } = this.#pdf.page;
    return height - margins.top - margins.bottom;
  }

  get #room(): number {
    const { height, margins } = this.#pdf.page;
    return height - margins.bottom - this.#pdf.y;
  }

  /** Goes on at a new page where there is no room for so much, unless no page has it; true where it did. */
  ensure(height: number): boolean {
    if (height <= this.#room || this.#isAtTop) return false;
    this.#pdf.addPage();
    return true;
  }

  get #isAtTop(): boolean {
    return this.#pdf.y <= this.#pdf.page.margins.top + 1;
  }

  heightOf(text: string, kind: TextKind, width = this.width): number {
    this.#look(kind);
    return this.#pdf.heightOfString(plainLines(text), { width, lineGap: LINE_GAP });
  }

  widthOf(text: string, kind: TextKind): number {
    this.#look(kind);
    return Math.max(
      ...plainLines(text)
        .split("\n")
        .map((line) => this.#pdf.widthOfString(line)),
    );
  }

  text(text: string, kind: TextKind): void {
    const height = this.heightOf(text, kind);
    if (height < this.pageHeight / 2) this.ensure(height);
    this.#put(text, kind, this.#left, this.width);
    this.#pdf.y += LOOKS[kind].after;
  }

  /** A heading, on one page with so much of what follows. */
  heading(text: string, following: number): void {
    this.ensure(24 + this.heightOf(text, "heading") + LOOKS.heading.after + following);
    if (!this.#isAtTop) this.rule();
    this.#pdf.outline.addItem(plainLines(text));
    this.text(text, "heading");
  }

  /** A line across. */
  rule(): void {
    this.ensure(24);
    this.#pdf.y += 6;
    this.#across(LINE, this.#pdf.y);
    this.#pdf.y += 9;
  }

  point(text: string): void {
    const height = this.heightOf(text, "plain", this.width - INDENT);
    this.ensure(height);
    const { y } = this.#pdf;
    this.#put("•", "plain", this.#left, INDENT);
    this.#pdf.y = y;
    this.#put(text, "plain", this.#left + INDENT, this.width - INDENT);
    this.#pdf.y += LOOKS.plain.after;
  }

  /** A command on a ground of its own. */
  command(text: string): void {
    const width = this.width - 2 * PAD;
    const height = this.heightOf(text, "command", width);
    this.ensure(height + 2 * PAD);
    const pdf = this.#pdf;
    if (height + 2 * PAD <= this.#room)
      pdf.rect(this.#left, pdf.y, this.width, height + 2 * PAD).fillAndStroke(SOFT, LINE);
    pdf.y += PAD;
    this.#put(text, "command", this.#left + PAD, width);
    pdf.y += PAD + LOOKS.command.after;
  }

  figureHeight({ svg, sentence }: PrintedFigure): number {
    const { width, height } = sizeOfSvg(svg);
    return (height * this.width) / width + this.heightOf(words(sentence), "caption") + LOOKS.caption.after;
  }

  figure(figure: PrintedFigure): void {
    this.ensure(this.figureHeight(figure));
    const pdf = this.#pdf;
    const { width, height } = sizeOfSvg(figure.svg);
    const scale = this.width / width;
    const { y } = pdf;
    pdf.save();
    pdf.translate(this.#left, y).scale(scale);
    drawSvgOn(pdf, figure.svg);
    pdf.restore();
    pdf.y = y + height * scale + 2;
    this.text(words(figure.sentence), "caption");
  }

  /** Cells of a row from left to right, each in its width, with a line under them. */
  row(cells: readonly { readonly text: string; readonly width: number }[], kind: TextKind, gap: number): void {
    const height = Math.max(...cells.map(({ text, width }) => this.heightOf(text, kind, width)));
    const { y } = this.#pdf;
    let x = this.#left;
    for (const { text, width } of cells) {
      this.#pdf.y = y;
      this.#put(text, kind, x, width);
      x += width + gap;
    }
    this.#pdf.y = y + height + 3;
    this.#across(LINE, this.#pdf.y);
    this.#pdf.y += 4;
  }

  /** Distance from what follows. */
  space(points: number): void {
    this.#pdf.y += points;
  }

  get #left(): number {
    return this.#pdf.page.margins.left;
  }

  #across(colour: string, y: number): void {
    const left = this.#left;
    this.#pdf
      .moveTo(left, y)
      .lineTo(left + this.width, y)
      .lineWidth(0.7)
      .strokeColor(colour)
      .stroke();
  }

  #look(kind: TextKind): void {
    this.#pdf.fontSize(LOOKS[kind].size);
  }

  #put(text: string, kind: TextKind, x: number, width: number): void {
    const { colour, size, ...look }: TextLook = LOOKS[kind];
    const pdf = this.#pdf;
    pdf.fontSize(size).fillColor(colour);
    const strong = look.strong === true;
    if (strong) pdf.lineWidth(size * 0.028).strokeColor(colour);
    pdf.text(plainLines(text), x, pdf.y, { width, lineGap: LINE_GAP, ...(strong && { fill: true, stroke: true }) });
  }
}

/** Names of parameters and metrics stand between backticks. */
function words(sentence: string): string {
  return sentence.replaceAll("`", "");
}
