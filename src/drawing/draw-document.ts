import type { Pdf } from "./new-pdf.ts";
import { newPdf } from "./new-pdf.ts";
import { PageWriter } from "./page-writer.ts";
import type { PrintedBlock, PrintedDocument } from "./printed-document.ts";
import { writeTable } from "./write-table.ts";

/** Points: A4, with margins that printers reach and that leave a line of 100 signs at most. */
const MARGIN = 48;
const FOOT = 62;

/** A document as the bytes of a PDF of A4 pages, text as text, figures as lines. */
export async function drawDocument(document: PrintedDocument): Promise<Uint8Array> {
  const margins = { top: MARGIN, left: MARGIN, right: MARGIN, bottom: FOOT };
  const layout = { size: "A4", margins, bufferPages: true, displayTitle: true, lang: "en" };
  return await newPdf(`${document.title}: ${document.kind}`, layout, (pdf) => {
    const writer = new PageWriter(pdf);
    writeHead(writer, document);
    for (const { heading, blocks } of document.sections) {
      writer.heading(heading, heightAtFirst(writer, blocks[0]));
      for (const block of blocks) writeBlock(writer, block);
    }
    writer.rule();
    for (const text of document.footer) writer.text(text, "small");
    numberPages(pdf, document);
  });
}

function writeHead(writer: PageWriter, { kind, title, question }: PrintedDocument): void {
  writer.text(kind.toUpperCase(), "kind");
  writer.text(title, "title");
  writer.text(question, "question");
}

/** What has to stand on one page with a heading: of tables and lists their beginning. */
function heightAtFirst(writer: PageWriter, block: PrintedBlock | undefined): number {
  const LINES = 60;
  if (block?.type === "figure") return writer.figureHeight(block.figure);
  return LINES;
}

function writeBlock(writer: PageWriter, block: PrintedBlock): void {
  switch (block.type) {
    case "paragraph":
      writer.text(block.text, block.weight);
      break;
    case "command":
      writer.command(block.text);
      break;
    case "figure":
      writer.figure(block.figure);
      break;
    case "table":
      writeTable(writer, block.table);
      break;
    case "list":
      for (const { text, command } of block.points) {
        writer.point(text);
        if (command !== null) writer.command(command);
      }
  }
}

/** On each page what it is of, and which it is. */
function numberPages(pdf: Pdf, { title }: PrintedDocument): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let place = 0; place < count; place++) {
    pdf.switchToPage(start + place);
    const { width, height, margins } = pdf.page;
    // Below the margin, where text would begin a page of its own.
    margins.bottom = 0;
    const right = `${place + 1} / ${count}`;
    pdf.fontSize(7.5).fillColor("#5f6b7a");
    const room = width - 2 * MARGIN - 60;
    pdf.text(title, MARGIN, height - 38, { width: room, height: 10, lineBreak: false, ellipsis: true });
    pdf.text(right, width - MARGIN - 60, height - 38, { width: 60, align: "right", lineBreak: false });
    margins.bottom = FOOT;
  }
}
