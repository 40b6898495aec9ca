import { AttuneError } from "../../../src/errors.ts";
import { keyedStreams } from "../../../src/numeric/random/keyed-streams.ts";
import { formatDomainText, readSpace, type Space, sampleUniform, spaceFromJson } from "../../../src/space/index.ts";
import type { JsonValue } from "../../../src/space/json.ts";

/** What a text of parameters comes to. */
export interface ReadLines {
  /** Definitions by name, as the server takes them. */
  readonly definitions: Readonly<Record<string, string>>;
  /** Some configurations of it. */
  readonly samples: readonly Readonly<Record<string, JsonValue>>[];
  /** What is wrong, in a sentence; then there are no samples. */
  readonly problem: string | null;
}

const SAMPLES = 5;

/** Reads `name: values` on each line, as study files have them. */
export function readLines(text: string): ReadLines {
  const definitions: Record<string, string> = {};
  for (const line of text.split("\n").map((one) => one.trim())) {
    if (line === "" || line.startsWith("#")) continue;
    const [, name, values] = /^([^\s:]+)\s*:\s*(.+)$/.exec(line) ?? [];
    if (name === undefined || values === undefined)
      return {
        definitions,
        samples: [],
        problem: `"${line}" is no parameter; write name: values, such as lr: 1e-5..1e-1 log.`,
      };
    if (Object.hasOwn(definitions, name))
      return { definitions, samples: [], problem: `${name} stands there twice; keep one.` };
    definitions[name] = values;
  }
  try {
    const space = readSpace(definitions);
    return { definitions, samples: sampled(space), problem: null };
  } catch (error) {
    if (error instanceof AttuneError) return { definitions, samples: [], problem: error.message };
    throw error;
  }
}

function sampled(space: Space): ReadLines["samples"] {
  return Array.from({ length: SAMPLES }, (_none, number) => sampleUniform(space, keyedStreams(0, number)));
}

/** The values of each parameter of a space in canonical form, as study files have them, and on what it depends. */
export function domainsOf(
  space: unknown,
): readonly { readonly name: string; readonly domain: string; readonly depends: boolean }[] {
  const { parameters } = spaceFromJson(space as JsonValue);
  return parameters.map((parameter) => ({
    name: parameter.name,
    domain: formatDomainText(parameter),
    depends: parameter.when.length > 0,
  }));
}
