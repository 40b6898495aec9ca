import { describe, expect, it } from "vitest";
import { AttuneError, type SourcePosition } from "../errors.ts";
import { boolean, choice, fixed, float, int, oneOf, ordinal } from "./builders.ts";
import { defineSpace } from "./define-space.ts";
import { readSpace } from "./read-space.ts";
import { spaceToJson } from "./space-json.ts";

describe("readSpace", () => {
  it("means the same in every form", () => {
    const built = defineSpace({
      lr: float(1e-5, 1e-1, { log: true, default: 1e-3, about: 3e-4 }),
      l2: float(1e-6, 1e-1, { log: true, orZero: true }),
      layers: int(1, 6),
      batch: choice([16, 32]),
      size: ordinal(["s", "m"]),
      fast: boolean(),
      k: fixed(3),
      momentum: float(0.5, 0.99, { scale: "reverse-log", when: { batch: [16], fast: true } }),
      model: oneOf({ mlp: { units: int(16, 512, { log: true }) }, linear: {} }),
    });
    const texts = {
      lr: "1e-5..1e-1 log about 3e-4 default 1e-3",
      l2: "0 | 1e-6..1e-1 log",
      layers: "1..6",
      batch: "16 | 32",
      size: "s < m",
      fast: "true | false",
      k: "= 3",
      momentum: "0.5..0.99 reverse log when batch in [16] and fast == true",
      model: "mlp | linear",
      units: "16..512 log when model == mlp",
    };
    const fields = {
      lr: { type: "float", low: 1e-5, high: 0.1, log: true, default: 1e-3, about: 3e-4 },
      l2: { type: "float", low: "1e-6", high: 0.1, scale: "log", orZero: true },
      layers: { type: "int", low: 1, high: 6 },
      batch: [16, 32],
      size: { ordinal: ["s", "m"] },
      fast: { type: "boolean" },
      k: 3,
      momentum: { type: "float", low: 0.5, high: 0.99, scale: "reverse-log", when: { batch: 16, fast: true } },
      model: { oneOf: { mlp: { units: "16..512 log" }, linear: null } },
    };
    expect(readSpace(texts)).toEqual(built);
    expect(readSpace(fields)).toEqual(built);
    expect(readSpace(spaceToJson(built))).toEqual(built);
  });

  const place = (path: readonly (string | number)[]): SourcePosition => ({
    file: `s.yaml:/${path.join("/")}`,
    line: 3,
    column: 9,
  });

  it.each([
    [{ x: "1..6 lgo" }, "/x", 14, /Did you mean "log"/],
    [{ x: { type: "itn", low: 1, high: 2 } }, "/x/type", 9, /Did you mean "int"/],
    [{ x: { type: "int", low: 1, hihg: 2 } }, "/x/hihg", 9, /Did you mean "high"/],
    [{ x: { type: "int", low: 1 } }, "/x", 9, /high is missing/],
    [{ x: { low: 1, high: 2 } }, "/x", 9, /type: int or type: float/],
    [{ x: { chioce: [1] } }, "/x/chioce", 9, /Did you mean "choice"/],
    [{ x: { type: "float", low: "a", high: 2 } }, "/x/low", 9, /low is "a"; give a number/],
    [{ x: { type: "float", low: "0x1", high: 2 } }, "/x/low", 9, /low is "0x1"; give a number/],
    [{ x: { type: "int", low: 1, high: "0b11" } }, "/x/high", 9, /high is "0b11"; give a number/],
    [{ x: { type: "float", low: 0, high: 2, step: " " } }, "/x/step", 9, /step is " "; give a number/],
    [{ x: { type: "float", low: 1, high: 1 } }, "/x/high", 9, /only the value 1/],
    [{ x: { type: "float", low: 0, high: 1, log: true } }, "/x/log", 9, /low above 0/],
    [{ x: { type: "float", low: 1, high: 2, log: 1 } }, "/x/log", 9, /true or false/],
    [{ x: { type: "float", low: 1, high: 2, scale: "lgo" } }, "/x/scale", 9, /Did you mean "log"/],
    [{ x: { choice: [1, 1] } }, "/x/choice", 9, /twice/],
    [{ x: { choice: "a" } }, "/x/choice", 9, /give a list/],
    [{ x: { oneOf: [] } }, "/x/oneOf", 9, /mapping of branches/],
    [{ x: { oneOf: { a: { y: "1..0" } } } }, "/x/oneOf/a/y", 9, /goes from 1 to 0/],
    [{ x: { oneOf: { a: 3 } } }, "/x/oneOf/a", 9, /no mapping of parameters/],
    [{ o: "a | b", x: { type: "boolean", when: { p: 1 } } }, "/x/when", 9, /"p", which does not exist/],
    [{ o: "a | b", x: { type: "boolean", when: "o = a" } }, "/x/when", 11, /followed by == value/],
    [{ o: "a | b", x: { type: "boolean", when: 3 } }, "/x/when", 9, /no condition/],
    [{ o: "a | b", x: "1..2 when o == c" }, "/x", 14, /allowed: "a", "b"/],
    [{ seed: "1..2" }, "/seed", 9, /reserved/],
    [3, "/", 9, /no mapping of parameters/],
    [{ version: 9, parameters: [] }, "/version", 9, /reads version 1/],
    [{ version: 1, parameters: [{ type: "int" }] }, "/parameters/0", 9, /name and type/],
    [
      { version: 1, parameters: [{ name: "x", type: "int", low: 3, high: 1 }] },
      "/parameters/0/low",
      9,
      /goes from 3 to 1/,
    ],
  ])("refuses %j at its place", (mapping, path, column, message) => {
    let error: unknown;
    try {
      readSpace(mapping, place);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(AttuneError);
    expect((error as AttuneError).message).toMatch(message);
    expect((error as AttuneError).position).toEqual({ file: `s.yaml:${path}`, line: 3, column });
  });
});
