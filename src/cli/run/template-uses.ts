import { AttuneError } from "../../errors.ts";
import { readPlainFile } from "../../protocol/read-plain-file.ts";
import { matchUse } from "../../protocol/use-text.ts";
import type { CommandTemplate } from "../../trial/study-definition.ts";

/**
 * The names that a command's templates use.
 *
 * @throws AttuneError `invalid-argument` for a template that cannot be read, or that uses none of the parameters.
 */
export function templateUses({ input = {} }: CommandTemplate, parameters: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (const template of input.templates ?? []) {
    const uses = usesIn(read(template));
    if (!uses.some((name) => parameters.includes(name))) {
      const message = `The template ${template} holds none of the parameters (${parameters.join(", ")}); write \${${parameters[0]}} where a value belongs.`;
      throw new AttuneError("invalid-argument", message);
    }
    found.push(...uses);
  }
  return found;
}

function usesIn(text: string): readonly string[] {
  const names: string[] = [];
  for (let at = text.indexOf("$"); at >= 0; at = text.indexOf("$", at + 1)) {
    const use = matchUse(text, at);
    if (use !== null) names.push(use.name);
  }
  return names;
}

function read(template: string): string {
  try {
    return readPlainFile(template).toString("utf8");
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    const why = missing ? "there is no such file" : cause instanceof Error ? cause.message : String(cause);
    throw new AttuneError("invalid-argument", `The template ${template} cannot be read: ${why}.`, { cause });
  }
}
