import { describe, expect, it } from "vitest";
import { AttuneError } from "../errors.ts";
import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import type { RandomStream } from "../numeric/random/stream-source.ts";
import { compileText } from "./expression/compiled-expression.ts";
import { variableOf } from "./expression/variable.ts";
import { readSpace } from "./read-space.ts";
import { parseParameterText } from "./text/parse-parameter-text.ts";

/** ATTUNE_LONG_TESTS=1 runs the long form. */
const TEXTS = process.env.ATTUNE_LONG_TESTS === "1" ? 100_000 : 4000;

const PARAMETERS = [
  "1e-5..1e-1 log default 1e-3 about 3e-4",
  "0 | 1e-6..1e-1 log unit '1/s'",
  "16..512 log step 16 when optimizer == sgd and layers in [2, 3] or fast == true",
  'adam | sgd | "a b" | null | [1, {a: 2}] as big',
  "small < medium < large default medium",
  "true | false",
  "= [1, 2]",
];
const EXPRESSIONS = [
  "batch * 4 <= 512",
  "not (model == 'mlp' and lr > 0.05)",
  "`net.num-trees` in [1, 2] or max(lr, 2 ** -3) < log(batch)",
  '0 < lr < 1 and model != "forest"',
];
const PIECES = [
  "..",
  "|",
  "<",
  "=",
  "==",
  "[",
  "]",
  "{",
  "}",
  "(",
  ")",
  ",",
  ":",
  '"',
  "'",
  "`",
  "\\",
  "\n",
  " ",
  "-",
  "1e999",
  "0",
  ".5",
  "log",
  "when",
  "in",
  "and",
  "not",
  "step",
  "default",
  "lr",
  "é",
  "\u0000",
  "\ud800",
  "😀",
  "=>",
  "**",
  "%",
  "as",
];

function mutate(text: string, stream: RandomStream): string {
  let mutated = text;
  for (let edits = 1 + stream.int(4); edits > 0; edits--) {
    const at = stream.int(mutated.length + 1);
    const cut = stream.int(4) === 0 ? stream.int(6) : 0;
    const piece = stream.int(3) === 0 ? "" : PIECES[stream.int(PIECES.length)]!;
    mutated = mutated.slice(0, at) + piece + mutated.slice(at + cut + (piece === "" ? 1 : 0));
  }
  return mutated;
}

function expectPosition(error: unknown, text: string): void {
  if (!(error instanceof AttuneError) || error.code !== "invalid-space") throw error;
  const { position } = error;
  expect(position?.file, text).toBe("s.yaml");
  const lines = text.split("\n");
  expect(position!.line - 3, text).toBeLessThan(lines.length);
  const column = position!.line === 3 ? position!.column - 7 : position!.column - 1;
  expect(column, text).toBeGreaterThanOrEqual(0);
  expect(column, text).toBeLessThanOrEqual(lines[position!.line - 3]!.length);
}

describe("text with mistakes", () => {
  const position = { file: "s.yaml", line: 3, column: 7 };

  it("never crashes the parameter grammar, and each error lies within the text", () => {
    let parsed = 0;
    for (let i = 0; i < TEXTS; i++) {
      const text = mutate(PARAMETERS[i % PARAMETERS.length]!, keyedStreams(1, i).stream("text"));
      try {
        parseParameterText(text, "x", position);
        parsed++;
      } catch (error) {
        expectPosition(error, text);
      }
    }
    expect(parsed).toBeGreaterThan(TEXTS / 50);
    expect(parsed).toBeLessThan(TEXTS);
  });

  it("never crashes the expression grammar, and each error lies within the text", () => {
    const texts = { batch: "1..64", lr: "0.0..1", model: "mlp | forest", "net.num-trees": "1..9" };
    const variables = new Map(
      Object.entries(texts).map(([name, text]) => [name, variableOf(parseParameterText(text, name))]),
    );
    let parsed = 0;
    for (let i = 0; i < TEXTS; i++) {
      const text = mutate(EXPRESSIONS[i % EXPRESSIONS.length]!, keyedStreams(2, i).stream("text"));
      try {
        const { evaluate } = compileText(text, { subject: "The constraint", variables, want: "boolean", position });
        expect([true, false, undefined]).toContain(evaluate({ batch: 3, lr: 0.5, model: "mlp" }));
        parsed++;
      } catch (error) {
        expectPosition(error, text);
      }
    }
    expect(parsed).toBeGreaterThan(TEXTS / 50);
    expect(parsed).toBeLessThan(TEXTS);
  });

  it("never crashes the long form", () => {
    const good = JSON.stringify({
      lr: { type: "float", low: 1e-5, high: 0.1, log: true, when: { o: ["sgd"] } },
      o: ["adam", "sgd"],
      model: { oneOf: { mlp: { layers: "1..6", act: { choice: ["a", "b"], labels: ["x", "y"] } }, none: null } },
      n: { ordinal: [1, 2], default: 1, description: "d" },
    });
    for (let i = 0; i < TEXTS; i++) {
      const stream = keyedStreams(3, i).stream("json");
      const json: unknown = JSON.parse(good, (_, value: unknown) => {
        if (stream.int(25) !== 0) return value;
        return [null, 3, "x", [], {}, true, ["a"], { type: "int" }, { oneOf: { a: 3 } }, "1..2", -1][stream.int(11)];
      });
      try {
        readSpace(json, (path) => ({ ...position, column: position.column + path.length }));
      } catch (error) {
        if (!(error instanceof AttuneError) || error.code !== "invalid-space") throw error;
        expect(error.position, JSON.stringify(json)).not.toBe(null);
      }
    }
  });
});
