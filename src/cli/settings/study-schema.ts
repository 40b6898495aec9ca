import { samplerNames } from "../../sampler/registry.ts";
import { schedulerNames } from "../../scheduler/registry.ts";
import { spaceSchema } from "../../space/index.ts";
import { keySchemas, type Schema } from "./declaration.ts";
import { settingsOf } from "./table.ts";

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
    not: { required: ["minimize", "maximize"] },
    $defs: $defs!,
  };
}
