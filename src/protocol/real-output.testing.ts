import { readFileSync } from "node:fs";
import { Utf16Decoder } from "./utf16-decoder.ts";

/** The output of a real program, in UTF-8 as readers get it. */
export function realOutput(file: URL): Buffer {
  const decoder = new Utf16Decoder();
  return Buffer.concat([decoder.decode(readFileSync(file)), decoder.end()]);
}
