import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** Where files stand that are shipped beside the code, by the packages that they come from. */
const PACKAGED = {
  "DejaVuSans.ttf": "dejavu-fonts-ttf/ttf/DejaVuSans.ttf",
  "resvg.wasm": "@resvg/resvg-wasm/index_bg.wasm",
} as const;

/** The bytes of a file that drawing needs: beside this code in the package, and in a package of its own in the sources. */
export async function shippedFile(name: keyof typeof PACKAGED): Promise<Uint8Array> {
  const beside = fileURLToPath(new URL(name, import.meta.url));
  if (existsSync(beside)) return await readFile(beside);
  return await readFile(fileURLToPath(new URL(`../../node_modules/${PACKAGED[name]}`, import.meta.url)));
}
