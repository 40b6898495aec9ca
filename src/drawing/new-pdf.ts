import PDFDocument from "pdfkit";
import { shippedFile } from "./shipped-file.ts";

/** A PDF that is written. */
export type Pdf = InstanceType<typeof PDFDocument>;

/** How its first page is laid out, in points. */
type Layout = Omit<PDFKit.PDFDocumentOptions, "font" | "info">;

/** Writes a PDF in the font that is shipped; answers its bytes. */
export async function newPdf(title: string, layout: Layout, write: (pdf: Pdf) => void): Promise<Uint8Array> {
  const font = await shippedFile("DejaVuSans.ttf");
  const info = { Title: title, Creator: "Attune" };
  // Without a font of its own to begin with it would look for one of the standard ones in files.
  const pdf = new PDFDocument({ ...layout, font: null as unknown as string, info });
  const pieces: Uint8Array[] = [];
  const over = new Promise<void>((resolve, reject) => {
    pdf.on("data", (piece: Uint8Array) => pieces.push(piece));
    pdf.on("end", resolve);
    pdf.on("error", reject);
  });
  pdf.registerFont("text", font as Buffer).font("text");
  write(pdf);
  pdf.end();
  await over;
  return Buffer.concat(pieces);
}
