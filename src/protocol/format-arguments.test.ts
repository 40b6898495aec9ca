import { describe, expect, it } from "vitest";
import { SpelledNumber } from "../space/spelled.ts";
import { formatArguments } from "./format-arguments.ts";

const params = { lr: new SpelledNumber(1, "1.0"), "opt.name": "a b", bn: false, drop: true };

describe("formatArguments", () => {
  it.each([
    [{}, ["--lr=1.0", "--opt.name=a b", "--bn=false", "--drop=true"]],
    [{ argsStyle: "space" }, ["--lr", "1.0", "--opt.name", "a b", "--bn", "false", "--drop", "true"]],
    [{ argsStyle: "python" }, ["--lr=1.0", '--opt.name="a b"', "--bn=False", "--drop=True"]],
    [{ argsStyle: "hydra" }, ["lr=1.0", "opt.name='a b'", "bn=false", "drop=true"]],
    [{ booleans: "flag" }, ["--lr=1.0", "--opt.name=a b", "--drop"]],
    [{ booleans: "no-flag", argsStyle: "space" }, ["--lr", "1.0", "--opt.name", "a b", "--no-bn", "--drop"]],
  ] as const)("writes %j", (input, expected) => {
    expect(formatArguments(params, input)).toEqual(expected);
  });
});
