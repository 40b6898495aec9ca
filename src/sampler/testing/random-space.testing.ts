import type { RandomStream } from "../../numeric/random/stream-source.ts";
import type { JsonValue } from "../../space/json.ts";
import type { Condition, FidelityParameter, Parameter } from "../../space/parameter.ts";
import { finiteValues } from "../../space/parameter-value.ts";
import type { Space } from "../../space/space.ts";

const CHOICES: readonly JsonValue[] = ["a", "b", 3, null, [1, 2], { kind: "x" }, false];

function randomParameter(stream: RandomStream, name: string, when: Parameter["when"]): Parameter {
  const base = { name, when };
  switch (stream.int(9)) {
    case 0:
      return { ...base, type: "float", low: -2, high: 5, scale: "linear", step: null, orZero: false, prior: null };
    case 1:
      return {
        ...base,
        type: "float",
        low: 1e-5,
        high: 0.1,
        scale: "log",
        step: null,
        orZero: stream.int(2) === 1,
        prior: null,
      };
    case 2:
      return { ...base, type: "float", low: 0, high: 0.5, scale: "linear", step: 0.1, orZero: false, prior: null };
    case 3:
      return { ...base, type: "int", low: 1, high: 1 + stream.int(4), scale: "linear", step: 1, prior: null };
    case 4:
      return { ...base, type: "int", low: 8, high: 64, scale: "log", step: 8, prior: null };
    case 5:
      return { ...base, type: "categorical", choices: CHOICES.slice(0, 1 + stream.int(CHOICES.length)), labels: null };
    case 6:
      return { ...base, type: "ordinal", values: ["small", "middle", "large"].slice(0, 2 + stream.int(2)) };
    case 7:
      return { ...base, type: "boolean" };
    default:
      return { ...base, type: "fixed", value: "always" };
  }
}

function randomWhen(stream: RandomStream, before: readonly Parameter[]): Parameter["when"] {
  const parents = before.filter((p) => finiteValues(p, 20) !== null);
  if (parents.length === 0 || stream.int(2) === 0) return [];
  const condition = (): Condition => {
    const parent = parents[stream.int(parents.length)]!;
    const values = finiteValues(parent, 20)!;
    const some = values.filter(() => stream.int(2) === 0);
    return { parent: parent.name, in: some.length === 0 ? values.slice(0, 1) : some };
  };
  return Array.from({ length: 1 + stream.int(2) }, () => Array.from({ length: 1 + stream.int(2) }, condition));
}

/** What says how far a trial is run: in every third space. */
function randomFidelity(stream: RandomStream): { readonly fidelity?: FidelityParameter } {
  const base = { name: "fidelity", when: [], prior: null, fidelity: true } as const;
  switch (stream.int(6)) {
    case 0:
      return { fidelity: { ...base, type: "int", low: 1, high: 81, scale: "log", step: 1 } };
    case 1:
      return { fidelity: { ...base, type: "float", low: 0.03, high: 1, scale: "log", step: null, orZero: false } };
    default:
      return {};
  }
}

/** A space with up to `most` parameters of all types and conditions on several parents. */
export function randomSpace(stream: RandomStream, most: number): Space {
  const parameters: Parameter[] = [];
  const size = 1 + stream.int(most);
  for (let i = 0; i < size; i++) parameters.push(randomParameter(stream, `p${i}`, randomWhen(stream, parameters)));
  return { parameters, where: [], ...randomFidelity(stream) };
}
