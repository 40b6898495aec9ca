import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { judgeOption } from "./judge-draft.ts";
import { programCases, type TunableOption } from "./program-cases.ts";

const CASES = programCases();
const LR: TunableOption = { flag: "--lr", type: "float", default: 0.1 };
const draft = (space: string, command = ""): string => `study: "x"\nspace:\n${space}\ncommand:\n  - x\n${command}`;

it("are 25 programs, each with files or a package", () => {
  expect(new Set(CASES.map(({ name }) => name)).size).toBe(25);
  for (const { name, kind, pip, debian } of CASES) {
    expect([name, existsSync(new URL(`programs/${name}`, import.meta.url))]).toEqual([name, kind === "stand-in"]);
    if (kind === "real") expect(pip.length + debian.length).toBeGreaterThan(0);
  }
});

it.each(CASES)("$name: options have defaults of their type, and a choice its choices", ({ options, objective }) => {
  expect(objective.length).toBeGreaterThan(0);
  for (const { type, default: value, choices = [] } of options) {
    if (type === "choice") expect(value === null || choices.includes(String(value))).toBe(true);
    else if (value !== null) expect(typeof value).toBe(type === "bool" ? "boolean" : "number");
  }
});

it.each([
  ['  lr: "1e-3..1.0 log default 0.1"', LR, "right"],
  ['  # lr: "1e-3..1.0 log default 0.1"', LR, "right"],
  ['  lr: "1e-3..1.0 log"', LR, "wrong default"],
  ['  lr: "1..6 default 1"', LR, "wrong type"],
  ["  # --lr: a learning rate", LR, "absent"],
  ['  b: "16 < 32 default 32"', { flag: "--b", type: "int", default: 32 }, "right"],
  ['  amp: "true | false default false"', { flag: "--amp", type: "bool", default: false }, "right"],
  [
    '  amp: "\\"--amp\\" | \\"--no-amp\\" default \\"--no-amp\\""',
    { flag: "--amp", type: "bool", default: false },
    "right",
  ],
  [
    '  amp: "\\"--amp\\" | \\"--no-amp\\" default \\"--amp\\""',
    { flag: "--amp", type: "bool", default: false },
    "wrong default",
  ],
  [
    '  no-amp: "true | false default false"',
    { flag: "--amp", aliases: ["--no-amp"], type: "bool", default: true },
    "right",
  ],
  [
    '  o: "adam | sgd default adam"',
    { flag: "--o", type: "choice", default: "adam", choices: ["adam", "sgd"] },
    "right",
  ],
  [
    '  o: "adam | lion default adam"',
    { flag: "--o", type: "choice", default: "adam", choices: ["adam", "sgd"] },
    "wrong type",
  ],
] as const)("%s is judged", (space, option, verdict) => {
  expect(judgeOption(draft(space), option as TunableOption)).toBe(verdict);
});

it("finds a parameter of another name by its place in the command", () => {
  const text = draft('  rate: "1e-3..1.0 log default 0.1"', '  - "--lr"\n  - "${rate}"\n');
  expect(judgeOption(text, LR)).toBe("right");
});
