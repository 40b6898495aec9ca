import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import type { RandomStream } from "../numeric/random/stream-source.ts";
import { boolean, choice, fixed, float, int, oneOf, ordinal } from "./builders.ts";
import { defineSpace } from "./define-space.ts";
import type { Definition, ParameterDefinition, SpaceRecord } from "./definition.ts";
import type { JsonValue } from "./json.ts";
import { sampleUniform } from "./sample-uniform.ts";
import type { Space } from "./space.ts";

export interface RandomSpaceOptions {
  /** How deep branches may nest. */
  readonly depth: number;
  /** About how many parameters at most. */
  readonly parameters: number;
}

const VALUES: readonly JsonValue[] = [
  "adam",
  "a b",
  "true",
  "null",
  "1",
  "",
  'quote " and \\ and \n',
  "when",
  "..",
  "0..1",
  "-",
  "ünï",
  0,
  1,
  -2.5,
  1e-7,
  1e21,
  null,
  true,
  [],
  [64, 64],
  [[1], "x"],
  {},
  { a: 1, "b c": [null] },
];

function pick<T>(stream: RandomStream, items: readonly T[]): T {
  return items[stream.int(items.length)]!;
}

function subset<T>(stream: RandomStream, items: readonly T[], least: number): T[] {
  const chosen = items.filter(() => stream.int(3) === 0);
  for (const item of items) if (chosen.length < least && !chosen.includes(item)) chosen.push(item);
  return chosen;
}

function randomFloat(stream: RandomStream): ParameterDefinition {
  const low = stream.int(40) / 8 - 2;
  const high = low + (1 + stream.int(64)) / 16;
  switch (stream.int(7)) {
    case 0:
      return float(low, high, { step: pick(stream, [0.01, 0.05, 0.0625]) });
    case 1:
      return float(pick(stream, [0.1, 1e-4, 1e-7, 3e-12]), 1 + stream.int(9), { log: true });
    case 2:
      return float(1e-6, 0.1, { log: true, orZero: true, default: pick(stream, [0, 1e-3]) });
    case 3:
      return float(0.01, 0.5 + stream.float() / 2.5, { scale: "logit", description: 'odds "of" it' });
    case 4:
      return float(stream.float() / 2, 0.9 + stream.float() / 11, { scale: "reverse-log", unit: "per step" });
    case 5:
      return float(low, high, { about: low + (high - low) / 4, default: high });
    default:
      return float(low, high);
  }
}

function randomInt(stream: RandomStream): ParameterDefinition {
  const low = stream.int(40) - 20;
  switch (stream.int(4)) {
    case 0:
      return int(low, low + 7 + stream.int(50), { step: 1 + stream.int(7) });
    case 1:
      return int(1 + stream.int(20), 30 + stream.int(2000), { log: true, about: 25 });
    case 2:
      return int(1 + stream.int(3), 64 + stream.int(2000), { log: true, step: 1 + stream.int(32) });
    default:
      return int(low, low + 1 + stream.int(9), { default: low });
  }
}

function randomLeaf(stream: RandomStream): ParameterDefinition {
  switch (stream.int(8)) {
    case 0:
    case 1:
      return randomFloat(stream);
    case 2:
    case 3:
      return randomInt(stream);
    case 4: {
      const values = subset(stream, VALUES, 1);
      return stream.int(4) === 0
        ? choice(values, { labels: values.map((_, i) => pick(stream, ["x", "when ", "1", "as"]) + i) })
        : choice(values);
    }
    case 5:
      return ordinal(subset(stream, VALUES, 1));
    case 6:
      return boolean(stream.int(2) === 0 ? {} : { default: true });
    default:
      return fixed(pick(stream, VALUES));
  }
}

/** A random record of parameters, the same for the same seed; covers every type, option and odd value. */
export function randomSpaceRecord(seed: number, { depth, parameters }: RandomSpaceOptions): SpaceRecord {
  const stream = keyedStreams(seed).stream("space");
  let left = 1 + stream.int(parameters);
  let names = 0;
  const fill = (level: number): SpaceRecord => {
    const record: Record<string, Definition> = {};
    const discrete: (readonly [string, readonly JsonValue[]])[] = [];
    for (let n = 1 + stream.int(6); n > 0 && left > 0; n--) {
      left--;
      const name = pick(stream, ["p", "net.layer-", "X_", "é"]) + String(names++);
      if (level < depth && stream.int(3) === 0) {
        const branches = Array.from({ length: 1 + stream.int(3) }, (_, i) => [`b${i}`, fill(level + 1)] as const);
        record[name] = oneOf(Object.fromEntries(branches));
        continue;
      }
      const leaf = randomLeaf(stream);
      const parents = subset(stream, discrete, 0).slice(0, 2);
      const when = [parents.map(([parent, values]) => ({ parent, in: subset(stream, values, 1) }))];
      if (stream.int(2) === 0 && parents[1] !== undefined)
        when.push([{ parent: parents[1][0], in: [parents[1][1][0]!] }]);
      const isConditional = parents.length > 0;
      record[name] = isConditional ? { ...leaf, parameter: { ...leaf.parameter, when } } : leaf;
      if (leaf.parameter.type === "categorical") discrete.push([name, leaf.parameter.choices]);
      if (leaf.parameter.type === "boolean") discrete.push([name, [true, false]]);
      if (leaf.parameter.type === "int") discrete.push([name, [leaf.parameter.low]]);
    }
    return record;
  };
  return { ...fill(0), ...randomFidelity(seed) };
}

/** Of every fourth space; drawn by itself, so that the parameters are those it would have without. */
function randomFidelity(seed: number): SpaceRecord {
  const stream = keyedStreams(seed).stream("fidelity");
  if (stream.int(4) > 0) return {};
  const whole = int(1 + stream.int(3), 9 + stream.int(99), {
    log: stream.int(2) === 0,
    unit: "epochs",
    fidelity: true,
  });
  return { "fidelity-é": stream.int(2) === 0 ? whole : float(0.03, 1, { fidelity: true }) };
}

/** Constraints that a random configuration of the space satisfies, so that they leave something. */
function randomWhere(space: Space, seed: number): readonly string[] {
  const source = keyedStreams(seed, "where");
  const stream = source.stream("where");
  const kept = sampleUniform(space, source);
  const numbers = Object.keys(kept).filter((name) => {
    const type = space.parameters.find((p) => p.name === name)!.type;
    return type === "float" || type === "int";
  });
  const names = Object.keys(kept);
  const constraint = (): string => {
    const [a, b] = [pick(stream, numbers), pick(stream, numbers)];
    const name = pick(stream, names);
    const [x, y] = [Number(kept[a]), Number(kept[b])];
    switch (stream.int(5)) {
      case 0:
        return `\`${a}\` + 2 * \`${b}\` <= ${x + 2 * y + stream.float()}`;
      case 1:
        return x < y ? `\`${a}\` < \`${b}\`` : `\`${a}\` >= \`${b}\``;
      case 2:
        return `not (\`${name}\` == ${JSON.stringify(kept[name])} and \`${a}\` > ${x})`;
      case 3:
        return `\`${name}\` != ${JSON.stringify(kept[name])} or abs(\`${a}\` - ${x}) <= ${Math.abs(x) + 0.1}`;
      default:
        return `\`${a}\` * \`${b}\` >= ${x * y - 1} or \`${name}\` in [${JSON.stringify(kept[name])}]`;
    }
  };
  return numbers.length === 0 ? [] : Array.from({ length: 1 + stream.int(3) }, constraint);
}

/** A space of {@link randomSpaceRecord} with constraints that leave something. */
export function randomConstrainedSpace(seed: number, options: RandomSpaceOptions): Space {
  const record = randomSpaceRecord(seed, options);
  return defineSpace(record, { where: randomWhere(defineSpace(record), seed) });
}

/** The space of {@link randomSpaceRecord}. */
export function randomSpace(seed: number, options: RandomSpaceOptions): Space {
  return defineSpace(randomSpaceRecord(seed, options));
}
