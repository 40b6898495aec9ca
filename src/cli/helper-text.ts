import { readFile } from "node:fs/promises";

/** The text of a file in the package's folder `helpers`. */
export async function helperText(file: string): Promise<string> {
  return await readFile(new URL(`../../helpers/${file}`, import.meta.url), "utf8");
}
