import { rmSync } from "node:fs";
import { attune, folder } from "../e2e/attune.ts";
import { type OutputCase, outputPath, type RightAnswer } from "./output-cases.ts";

/** `right`; `refused` where a value was right, or with words that do not help; `wrong`: a value that is none of the right ones. */
export type Verdict = "right" | "refused" | "wrong";

/** What `attune run` made of a case. */
export interface Judged {
  readonly name: string;
  readonly verdict: Verdict;
  /** The value, or the message of the refusal. */
  readonly answer: string;
}

interface RunRecord {
  readonly best: { readonly values: Readonly<Record<string, number>> } | null;
  readonly failures: readonly { readonly message: string | null }[];
}

/** Lets `attune run` read the output once, as that of a program, and judges what it answers. */
export async function judgeOutput(of: OutputCase): Promise<Judged> {
  const cwd = folder();
  const program = ["sh", "-c", 'cat "$0"', outputPath(of), "{unused: 0..1}"];
  const ended = await attune(cwd, ["run", "case", ...of.words, "--trials", "1", "--json", "--", ...program]);
  rmSync(cwd, { recursive: true });
  // Bad words end before a trial: the message is all there is.
  const record = ended.out.startsWith("{") ? (JSON.parse(ended.out) as RunRecord) : { best: null, failures: [] };
  const [value] = Object.values(record.best?.values ?? {});
  // Behind that stands the end of the output, whose words are not the message's.
  const message = (record.failures[0]?.message ?? ended.err).split(/ Its last lines?:/)[0]!;
  const isRight = of.expected.some((answer) => fits(answer, value, message));
  const verdict = isRight ? "right" : value === undefined ? "refused" : "wrong";
  return { name: of.name, verdict, answer: value === undefined ? message : String(value) };
}

function fits(answer: RightAnswer, value: number | undefined, message: string): boolean {
  if ("value" in answer) return value !== undefined && Math.abs(value - answer.value) <= 1e-12 * Math.abs(answer.value);
  return value === undefined && answer.refused.every((word) => message.includes(word));
}
