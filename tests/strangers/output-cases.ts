import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A right answer: the value (times in seconds, sizes in bytes), or a refusal whose message holds all of these words. */
export type RightAnswer =
  | { readonly value: number; readonly unit?: "seconds" | "bytes" }
  | { readonly refused: readonly string[] };

/** What one program printed, the words a user gives, and every answer that is right. */
export interface OutputCase {
  /** Names the file `outputs/NAME.txt`. */
  readonly name: string;
  readonly tool: string;
  readonly family: string;
  readonly language: string;
  /** `run of TOOL VERSION`, or the public page that shows the form. */
  readonly source: string;
  /** Options of `attune run`. */
  readonly words: readonly string[];
  readonly expected: readonly RightAnswer[];
  readonly note?: string;
}

/** The path of a case's output. */
export function outputPath({ name }: OutputCase): string {
  return fileURLToPath(new URL(`outputs/${name}.txt`, import.meta.url));
}

/** All cases, in the order of their file. */
export function outputCases(): readonly OutputCase[] {
  const lines = readFileSync(new URL("outputs.jsonl", import.meta.url), "utf8")
    .trimEnd()
    .split("\n");
  return lines.map((line) => JSON.parse(line) as OutputCase);
}
