import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { shippedFile } from "./shipped-file.ts";

/** Pixels of the picture for each of the figure: sharp on screens of twice the density, and on paper. */
const SCALE = 2;

let started: Promise<void> | null = null;

/** An SVG as the bytes of a PNG, in the font that is shipped. */
export async function drawPng(svg: string): Promise<Uint8Array> {
  started ??= shippedFile("resvg.wasm").then(async (bytes) => await initWasm(bytes));
  const [font] = await Promise.all([shippedFile("DejaVuSans.ttf"), started]);
  const family = "DejaVu Sans";
  const drawn = new Resvg(svg, {
    fitTo: { mode: "zoom", value: SCALE },
    font: { fontBuffers: [font], defaultFontFamily: family, sansSerifFamily: family, loadSystemFonts: false },
  });
  try {
    return drawn.render().asPng();
  } finally {
    drawn.free();
  }
}
