import { dominanceRanks } from "../../src/numeric/pareto/dominance-ranks.ts";
import { latticeDirections } from "../../src/sampler/nsga3/lattice-directions.ts";
import type { Problem } from "./problem.ts";

const { cos, exp, PI, sin, sqrt } = Math;
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Points of a fine line that no other dominates. */
function undominated(points: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const ranks = dominanceRanks(points);
  return points.filter((_point, i) => ranks[i] === 0);
}

const line = (count: number): readonly number[] => Array.from({ length: count }, (_none, i) => i / (count - 1));

/** Zitzler, Deb and Thiele, "Comparison of multiobjective evolutionary algorithms: empirical results", 2000. */
const ZDT: readonly Problem[] = [
  zdt("zdt1", 30, (f, g) => g * (1 - sqrt(f / g)), tailOf),
  zdt("zdt2", 30, (f, g) => g * (1 - (f / g) * (f / g)), tailOf),
  zdt("zdt3", 30, (f, g) => g * (1 - sqrt(f / g) - (f / g) * sin(10 * PI * f)), tailOf),
  zdt(
    "zdt4",
    10,
    (f, g) => g * (1 - sqrt(f / g)),
    (rest) => {
      const places = rest.map((x) => 10 * x - 5);
      return 1 + 10 * rest.length + sum(places.map((x) => x * x - 10 * cos(4 * PI * x)));
    },
  ),
  {
    ...zdt(
      "zdt6",
      10,
      (f, g) => g * (1 - (f / g) * (f / g)),
      (rest) => 1 + 9 * (sum(rest) / rest.length) ** 0.25,
      first6,
    ),
    front: line(500)
      .map((k) => 0.2807753191 + k * (1 - 0.2807753191))
      .map((f) => [f, 1 - f * f]),
  },
];

function tailOf(rest: readonly number[]): number {
  return 1 + (9 * sum(rest)) / rest.length;
}

function first6(x: number): number {
  return 1 - exp(-4 * x) * sin(6 * PI * x) ** 6;
}

function zdt(
  name: string,
  variables: number,
  second: (f: number, g: number) => number,
  tail: (rest: readonly number[]) => number,
  first: (x: number) => number = (x) => x,
): Problem {
  const values = ([x, ...rest]: readonly number[]): readonly number[] => {
    const f = first(x!);
    return [f, second(f, tail(rest))];
  };
  return { name, variables, objectives: 2, values, front: undominated(line(2000).map((f) => [f, second(f, 1)])) };
}

/** Deb, Thiele, Laumanns and Zitzler, "Scalable test problems for evolutionary multiobjective optimization", 2005. */
function dtlz(objectives: number): readonly Problem[] {
  const directions = latticeDirections(objectives, objectives === 2 ? 300 : objectives === 3 ? 30 : 10);
  const plane = directions.map((direction) => direction.map((part) => part / 2));
  const sphere = directions.map((direction) => {
    const length = sqrt(sum(direction.map((part) => part * part)));
    return direction.map((part) => part / length);
  });
  const rough = (tail: readonly number[]): number =>
    100 * (tail.length + sum(tail.map((x) => (x - 0.5) * (x - 0.5) - cos(20 * PI * (x - 0.5)))));
  const smooth = (tail: readonly number[]): number => sum(tail.map((x) => (x - 0.5) * (x - 0.5)));
  const make = (name: string, k: number, front: Problem["front"], values: Problem["values"]): Problem => ({
    name: `${name}-${objectives}`,
    variables: objectives - 1 + k,
    objectives,
    front,
    values,
  });
  const split = (x: readonly number[]) => [x.slice(0, objectives - 1), x.slice(objectives - 1)] as const;
  const curved = (x: readonly number[], g: (tail: readonly number[]) => number, power = 1): readonly number[] => {
    const [head, tail] = split(x);
    const angles = head.map((place) => (place ** power * PI) / 2);
    return Array.from({ length: objectives }, (_none, i) => {
      const sides = angles.slice(0, objectives - 1 - i).map(cos);
      const last = i === 0 ? 1 : sin(angles[objectives - 1 - i]!);
      return (1 + g(tail)) * sides.reduce((a, b) => a * b, 1) * last;
    });
  };
  const flat = (x: readonly number[]): readonly number[] => {
    const [head, tail] = split(x);
    return Array.from({ length: objectives }, (_none, i) => {
      const part = head.slice(0, objectives - 1 - i).reduce((a, b) => a * b, 1);
      return 0.5 * (1 + rough(tail)) * part * (i === 0 ? 1 : 1 - head[objectives - 1 - i]!);
    });
  };
  const apart = (x: readonly number[]): readonly number[] => {
    const [head, tail] = split(x);
    const g = 1 + (9 * sum(tail)) / tail.length;
    return [...head, g * (objectives - sum(head.map((f) => (f / g) * (1 + sin(3 * PI * f)))))];
  };
  return [
    make("dtlz1", 5, plane, flat),
    make("dtlz2", 10, sphere, (x) => curved(x, smooth)),
    make("dtlz3", 10, sphere, (x) => curved(x, rough)),
    make("dtlz4", 10, sphere, (x) => curved(x, smooth, 100)),
    make("dtlz7", 20, apartFront(objectives, apart), apart),
  ];
}

function apartFront(objectives: number, values: Problem["values"]): Problem["front"] {
  const steps = objectives === 2 ? 2000 : objectives === 3 ? 60 : 9;
  let heads: number[][] = [[]];
  for (let d = 1; d < objectives; d++) heads = heads.flatMap((head) => line(steps).map((x) => [...head, x]));
  return undominated(heads.map((head) => values([...head, ...new Array<number>(20).fill(0)])));
}

/** Problems whose best possible trade-offs are known, with two, three and five objectives. */
export const SYNTHETIC_PROBLEMS: readonly Problem[] = [...ZDT, ...[2, 3, 5].flatMap(dtlz)];
