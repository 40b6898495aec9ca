import type { Command } from "commander";
import type { CliContext } from "../context.ts";
import { jsonText } from "../json-text.ts";
import { studySchema } from "../settings/study-schema.ts";

const HELP = `
Put this line at the head of a study file, and editors with a YAML language server complete and check it:
  # yaml-language-server: $schema=study.schema.json

Example:
  attune schema > study.schema.json`;

/** `attune schema`: the JSON Schema of study files. */
export function configure(command: Command, { output }: CliContext): void {
  command.addHelpText("after", HELP).action(() => output.out(jsonText(studySchema(), 2), "exact"));
}
