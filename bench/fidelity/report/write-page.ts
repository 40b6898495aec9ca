import { AttuneError } from "../../../src/errors.ts";
import { updatePage } from "../../quality/report/page.ts";

const HEAD = `# Runs in part
`;

/** Puts a section into the page. Throws AttuneError `invalid-file`. */
export function writePage(file: string, name: string, section: string): void {
  try {
    updatePage(file, name, section, HEAD);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new AttuneError("invalid-file", `${file} cannot be written: ${why}.`, { cause: error });
  }
}
