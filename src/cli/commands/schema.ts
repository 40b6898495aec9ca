import type { Command } from "commander";
import { jsonText } from "../../record/json-text.ts";
import { samplerNames } from "../../sampler/registry.ts";
import { schedulerNames } from "../../scheduler/registry.ts";
import { spaceSchema } from "../../space/index.ts";
import type { CliContext } from "../context.ts";
import { keySchemas, type Schema } from "../settings/declaration.ts";
import { settingsOf } from "../settings/table.ts";

const HELP = `
Put this line at the head of a study file, and editors with a YAML language server complete and check it:
  # yaml-language-server: $schema=study.schema.json

Example:
  attune schema > study.schema.json`;

/** `attune schema`: the JSON Schema of study files. */
export function configure(command: Command, { output }: CliContext): void {
  command.addHelpText("after", HELP).action(() => output.out(jsonText(studySchema(), 2), "exact"));
}

/** JSON Schema (2020-12) of a study file, for completion and checks in editors. */
export function studySchema(): Schema {
  const { $schema, $defs, title: _title, ...space } = spaceSchema();
  return {
    $schema: $schema!,
    title: "Attune study",
    description: "A study: what to tune, what to try, for how long.",
    type: "object",
    properties: keySchemas(settingsOf(), { samplers: samplerNames(), schedulers: schedulerNames(), space }),
    additionalProperties: false,
    $defs: $defs!,
  };
}
