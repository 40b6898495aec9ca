import { quoteWord } from "../protocol/shell-quote.ts";
import { hasValues } from "../study/has-values.ts";
import type { Study } from "../study/index.ts";
import { writingOf } from "../study/writing.ts";

/** A sentence about a study that goes on writing values as before there were rules for it, or null where nothing differs. */
export function olderWritingNote(study: Study): string | null {
  const { command } = study.settings;
  if (command === null || writingOf(study.settings) !== 1 || !hasValues(study.list())) return null;
  const isStyled = command.input?.argsStyle !== undefined;
  if (!isStyled && study.space.parameters.every(({ type }) => type === "int" || type === "boolean")) return null;
  return (
    "values reach the program as when the first results came: a whole float as 1, choices in their shortest form. " +
    `A new study (--study ${quoteWord(`${study.name}-2`)}) writes 1.0, and choices as you do.`
  );
}
