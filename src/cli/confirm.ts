import { createInterface } from "node:readline/promises";
import { AttuneError } from "../errors.ts";
import { shownLine } from "./render/shown-line.ts";

/**
 * Asks a question on the terminal that only "y" or "yes" affirms.
 *
 * @throws AttuneError `invalid-argument` where there is no terminal to ask on; `what` says what --yes would do.
 */
export async function confirm(question: string, what: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new AttuneError("invalid-argument", `No terminal to ask on; add --yes to ${what} without a question.`);
  }
  const line = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await line.question(shownLine(question))).trim());
  } finally {
    line.close();
  }
}
