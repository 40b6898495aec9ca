import { scheduleOf } from "../../analysis/index.ts";
import { quoteWord } from "../../protocol/shell-quote.ts";
import type { StudyReader } from "../../study/study-reader.ts";
import { storageWords } from "../study/storage-location.ts";

/** What is said of a winner whose parameters changed on its way; no line of any other. */
export function scheduleLines(study: StudyReader, number: number): readonly string[] {
  const parts = scheduleOf(study.trial(number), (other) => study.trial(other));
  if (parts.length === 1) return [];
  const steps = parts.slice(0, -1).map(({ until }) => until);
  const where = `${quoteWord(study.name)}${storageWords(study.location)}`;
  return [`note     its parameters changed at step ${steps.join(", ")}: attune export ${where} --schedule`];
}
