import type { RandomStream, StreamSource } from "../../../src/numeric/random/stream-source.ts";
import type { Params } from "../../../src/space/json.ts";
import { jsonIndexOf } from "../../../src/space/json-equal.ts";
import type { Parameter } from "../../../src/space/parameter.ts";
import { sampleUniform, sampleValue } from "../../../src/space/sample-uniform.ts";
import type { Space } from "../../../src/space/space.ts";
import { toUnit } from "../../../src/space/unit-cube.ts";

/** A parameter as the function sees it: a number in [0, 1], or the place of a choice. */
interface Axis {
  readonly name: string;
  /** Number of choices; 0 for a number. */
  readonly choices: number;
  /** Where the best configuration lies. */
  readonly best: number;
  /** Share in the weight of the parameters that are active with it. */
  readonly weight: number;
  at(params: Params): number;
}

/** Zero at the best values of its parameters, positive elsewhere. */
type Term = (places: ReadonlyMap<string, number>) => number;

/**
 * A random function on any space, 0 at its best configuration and positive elsewhere: valleys and ripples in the numbers, a
 * penalty for every choice but one, and pairs that act together. A few parameters matter much, most of them little.
 */
export function makeLandscape(space: Space, streams: StreamSource): (params: Params) => number {
  const stream = streams.stream("landscape");
  const axes = makeAxes(space, stream);
  const terms = axes.map((axis) => ({ needs: [axis.name], of: singleTerm(axis, stream) }));
  const pairs = axes.length < 2 ? [] : axes.map((axis) => makePair(axis, axes, stream));
  return (params) => {
    const active = axes.filter(({ name }) => Object.hasOwn(params, name));
    const places = new Map(active.map((axis) => [axis.name, axis.at(params)]));
    return [...terms, ...pairs].reduce(
      (total, { needs, of }) => (needs.every((name) => places.has(name)) ? total + of(places) : total),
      0,
    );
  };
}

function makeAxes(space: Space, stream: RandomStream): readonly Axis[] {
  const searched = space.parameters.filter(({ type }) => type !== "fixed");
  const richest = richestOf(space, stream);
  const drawn = searched.map((p) => {
    const raw = Math.exp(stream.normal());
    const best = sampleValue(p, stream);
    return { p, raw, best: richest[p.name] ?? best };
  });
  // Branches weigh the same whether they have few parameters or many: otherwise the smallest would always win.
  const together = Map.groupBy(drawn, ({ p }) => JSON.stringify(p.when));
  return drawn.map(({ p, raw, best }) => {
    const group = together.get(JSON.stringify(p.when))!;
    const weight = raw / group.reduce((total, other) => total + other.raw, 0);
    const place = placeOn(p);
    const at = (params: Params) => place(params[p.name]!);
    return { name: p.name, choices: choiceCount(p), best: place(best), weight, at };
  });
}

/** Of some random configurations the one with most parameters: the best configuration shall not be the one that is easy to find. */
function richestOf(space: Space, stream: RandomStream): Params {
  const draws = Array.from({ length: 30 }, () => sampleUniform(space, { stream: () => stream }));
  return draws.toSorted((a, b) => Object.keys(b).length - Object.keys(a).length)[0]!;
}

function choiceCount(p: Parameter): number {
  return p.type === "boolean" ? 2 : p.type === "categorical" ? p.choices.length : 0;
}

function placeOn(p: Parameter) {
  if (p.type === "boolean") return (value: Params[string]) => Number(value);
  if (p.type === "categorical") return (value: Params[string]) => jsonIndexOf(p.choices, value);
  return (value: Params[string]) => toUnit(p, value);
}

function singleTerm({ name, choices, best, weight }: Axis, stream: RandomStream): Term {
  if (choices > 0) {
    const effects = penalties(choices, best, stream);
    return (places) => weight * effects[places.get(name)!]!;
  }
  const power = stream.float() < 0.5 ? 1 : 2;
  const [height, waves] = stream.float() < 0.3 ? [0.15, 2 + stream.int(4)] : [0, 0];
  return (places) => {
    const distance = Math.abs(places.get(name)! - best);
    return weight * (distance ** power + height * (1 - Math.cos(2 * Math.PI * waves * distance)));
  };
}

/** What each choice costs: nothing for the best. */
function penalties(choices: number, best: number, stream: RandomStream): readonly number[] {
  return Array.from({ length: choices }, (_, i) => (i === best ? 0 : 0.15 + 0.85 * stream.float()));
}

function makePair(axis: Axis, axes: readonly Axis[], stream: RandomStream) {
  const others = axes.filter((other) => other !== axis);
  const other = others[stream.int(others.length)]!;
  const [a, b] = axis.choices > 0 ? [other, axis] : [axis, other];
  return { needs: [a.name, b.name], of: pairTerm(a, b, stream) };
}

/** `a` is a choice only if both are. */
function pairTerm(a: Axis, b: Axis, stream: RandomStream): Term {
  const weight = axisWeight(a, b);
  if (a.choices > 0) {
    const table = Array.from({ length: b.choices }, (_, i) =>
      Array.from({ length: a.choices }, (_, j) => (i === b.best && j === a.best ? 0 : stream.float())),
    );
    return (places) => weight * table[places.get(b.name)!]![places.get(a.name)!]!;
  }
  if (b.choices > 0) {
    const centers = Array.from({ length: b.choices }, (_, i) => (i === b.best ? a.best : stream.float()));
    return (places) => weight * Math.abs(places.get(a.name)! - centers[places.get(b.name)!]!);
  }
  const slope = 2 * stream.float() - 1;
  return (places) => {
    const off = places.get(b.name)! - b.best - slope * (places.get(a.name)! - a.best);
    return 2 * weight * off * off;
  };
}

function axisWeight(a: Axis, b: Axis): number {
  return Math.sqrt(a.weight * b.weight);
}
