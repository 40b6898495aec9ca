import { plainLine } from "./plain-line.ts";

/** Behind this the log's tail begins. */
const TAIL = /(?<!\s)\s*Its last lines?:$/;

/**
 * The cause of a failure on one line: the sentence that tells how it ended, and, where that says no more than a code, the
 * last line that was printed (`…exit code 1: ModuleNotFoundError: No module named 'torch'`).
 */
export function failureCause(message: string): string {
  const [first = "", ...tail] = message.split(/\r?\n/).map((line) => plainLine(line).trim());
  const sentence = first.replace(TAIL, "");
  const last = tail.findLast((line) => line !== "");
  if (last === undefined || !/exit code|was ended by/.test(sentence)) return sentence;
  return `${sentence.replace(/\.$/, "")}: ${last}`;
}
