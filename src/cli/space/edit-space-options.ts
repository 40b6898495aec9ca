import { AttuneError } from "../../errors.ts";
import type { LocateField } from "../../space/definition.ts";
import { readDefinitions, type SpaceParts } from "../../space/index.ts";
import type { StudySpaceEdit } from "../../study/index.ts";
import { readPair, readWas } from "../settings/read-was.ts";
import { readLocatedYaml } from "../study-file/located-yaml.ts";

/** The options of `attune space edit` that say what changes. */
export interface SpaceEditOptions {
  readonly set?: readonly string[];
  readonly add?: readonly string[];
  readonly drop?: readonly string[];
  readonly rename?: readonly string[];
  readonly where?: readonly string[];
  readonly dropWhere?: readonly string[];
  readonly was?: readonly string[];
}

/**
 * The edit that options ask for; null when they name no change (`--was` alone is none).
 *
 * @throws AttuneError `invalid-argument` or `invalid-space`.
 */
export function readSpaceEdit(options: SpaceEditOptions): StudySpaceEdit | null {
  const { set = [], add = [], drop = [], rename = [], where = [], dropWhere = [] } = options;
  if ([set, add, drop, rename, where, dropWhere].every((list) => list.length === 0)) return null;
  return {
    set: readParts(set, "--set"),
    add: readParts(add, "--add"),
    drop,
    rename: Object.fromEntries(rename.map((text) => readPair(text, "--rename", "old=new"))),
    where,
    dropWhere,
    was: readWas(options.was),
  };
}

function readParts(texts: readonly string[], option: string): SpaceParts {
  const parameters: SpaceParts["parameters"][number][] = [];
  const derived: SpaceParts["derived"][number][] = [];
  const locate = new Map<string, LocateField>();
  for (const text of texts) {
    const { value, locate: place } = readLocatedYaml(text, null);
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      const example = `${option} 'lr: 1e-6..1 log'`;
      throw new AttuneError("invalid-argument", `${option} is "${text}"; write name: values, such as ${example}.`);
    }
    const found = readDefinitions(value, place);
    parameters.push(...found.parameters);
    derived.push(...found.derived);
    for (const [name, at] of found.locate) locate.set(name, at);
  }
  const names = [...parameters, ...derived].map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return { parameters, derived, locate };
  throw new AttuneError("invalid-argument", `${option} names ${twice} twice; give it once.`);
}
