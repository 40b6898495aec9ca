import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isParameterValue, parseParameterText } from "../space/index.ts";
import { HYPERPARAMETERS, SOURCES } from "./hyperparameter-table.ts";
import { programOption as numeric } from "./program-option.testing.ts";
import { suggestParameter } from "./suggest-parameter.ts";

describe("suggestParameter", () => {
  it.each([
    [numeric("--lr", "float", 0.001), "1e-5..0.1 log default 0.001"],
    [numeric("--learning_rate", "float", 0.1), "0.001..1.0 log default 0.1"],
    [numeric("-lr", "float", null), "1e-5..1e-1 log"],
    [numeric("--lr", "float", 3), "0.01..100.0 log default 3"],
    [numeric("--weight-decay", "float", 0), "0 | 1e-6..0.1 log default 0"],
    [numeric("--weight-decay", "float", 0.5), "0 | 1e-6..5.0 log default 0.5"],
    [numeric("--dropout", "float", 0.1), "0.0..0.5 default 0.1"],
    [numeric("--batch-size", "int", 64), "16 < 32 < 64 < 128 < 256 default 64"],
    [numeric("--batch-size", "int", 100), "32 < 64 < 100 < 128 < 256 < 512 default 100"],
    [numeric("--momentum", "float", 0.9), "0.0..0.99 default 0.9"],
    [numeric("--gamma", "float", 0.99), "0.5..0.999 reverse log default 0.99"],
    [numeric("--adam_beta2", "float", 0.999), "0.9..0.9999 reverse log default 0.999"],
    [numeric("--beta1", "float", 0.999), "0.5..0.9999 reverse log default 0.999"],
    [numeric("--cut", "float", 0.6), "0.0..1.0 default 0.6"],
    [numeric("--cut", "float", 0.1), "0.025..0.4 log default 0.1"],
    [numeric("--maxDepth", "int", 6), "1..15 default 6"],
    [numeric("--max_depth", "int", -1), "-1 | 1 | 6 | 10 | 15 default -1"],
    [numeric("--max-depth", "int", 40), "1..80 default 40"],
    [numeric("--hidden-dim", "int", 128), "32..512 log default 128"],
    [numeric("--num_leaves", "int", 31), "7..255 log default 31"],
    [numeric("--min_child_weight", "float", 0), "0 | 0.001..128.0 log default 0"],
    [numeric("--q", "int", 75, { bounds: [0, 100] }), "0..100 default 75"],
    [numeric("--dropout", "float", 0.1, { bounds: [0, 0.3] }), "0.0..0.3 default 0.1"],
    [numeric("--offs", "int", 0, { bounds: [-12, 12] }), "-12..12 default 0"],
    [
      numeric("--skip", "int", 0, {
        numbered: [
          [1, "some"],
          [2, "all"],
        ],
      }),
      "0 | 1 | 2 default 0",
    ],
    [numeric("--hs", "int", 0, { choices: ["0", "1"] }), "0 | 1 default 0"],
    [numeric("--optimizer", "choice", "sgd", { choices: ["sgd", "1e5", "a b"] }), 'sgd | "1e5" | "a b" default sgd'],
  ])("searches $flag", (option, range) => {
    expect(suggestParameter(option)).toMatchObject({ range });
  });

  it.each([
    [numeric("--warmup", "int", 0), "0..10 default 0"],
    [numeric("--cutoff", "float", 0), "0.0..1.0 default 0"],
    [numeric("--offset", "int", -1), "-1 | 1 | 4 | 7 | 10 default -1"],
    [numeric("--margin", "float", -0.5), "-1.0..1.0 default -0.5"],
    [numeric("--target-kl", "float", null), "0.0..1.0"],
    [numeric("--band", "int", null), "1..10"],
    [numeric("--band", "int", null, { bounds: [50, Infinity] }), "50..60"],
    [numeric("--num-steps", "int", 128), "32..512 log default 128"],
    [numeric("--num-iterations", "int", null), "1..10"],
    [numeric("--train-frequency", "int", 10), "3..40 log default 10"],
    [numeric("--patience", "int", 10), "3..40 log default 10"],
    [numeric("--n_base_limit", "int", 5), "1..20 log default 5"],
  ])("offers $flag by its type and default, and never takes it up by itself", (option, range) => {
    const suggestion = suggestParameter(option);
    expect(suggestion).toMatchObject({ kind: "offer", range, isDoubtful: true });
  });

  it.each([
    ["--batch_size_per_gpu", "int", 64, "tune"],
    ["--per-device-train-batch-size", "int", 8, "tune"],
    ["--color_jitter_strength", "float", 1, "offer"],
    ["--log-scale", "float", 2, "offer"],
    ["--seed-length", "int", 20, "offer"],
    ["--max-seeds", "int", 5, "offer"],
    ["--min-speech-duration", "int", 250, "offer"],
    ["--randseed", "int", 1, "leave"],
    ["--fasta_width", "int", 80, "leave"],
    ["--output-depth", "int", 8, "leave"],
    ["--gpus", "int", 1, "leave"],
    ["--color", "int", 1, "leave"],
    ["--time-limit", "int", 60, "leave"],
    ["--random-seed", "int", 1, "leave"],
    ["--max-steps", "int", 100, "leave"],
    ["--logging-steps", "int", 100, "leave"],
    ["--save-freq", "int", 100, "leave"],
    ["--eval-every", "int", 100, "leave"],
  ] as const)("judges %s by what its name is about", (flag, kind, value, decided) => {
    expect(suggestParameter(numeric(flag, kind, value)).kind).toBe(decided);
  });

  it.each([
    ["length of seed substrings; must be >3", "offer"],
    ["seed for the random numbers", "leave"],
    ["random seed", "leave"],
    ["number of epochs to train", "leave"],
    ["number of threads", "leave"],
    ["minimum score to output", "offer"],
    ["max # mismatches in seed alignment; can be 0 or 1 (0)", "offer"],
    ["for reads w/ repetitive seeds, try <int> sets (2)", "offer"],
  ])("knows a letter by its description: %s", (description, decided) => {
    expect(suggestParameter(numeric("-L", "int", 22, { description })).kind).toBe(decided);
  });

  it("offers a metric, which may be a distance, and takes up neither it nor what is doubtful", () => {
    const option = numeric("--metric", "choice", "l2", { choices: ["l1", "l2"] });
    expect(suggestParameter(option)).toMatchObject({ kind: "offer", range: "l1 | l2 default l2", isDoubtful: true });
    expect(suggestParameter(numeric("--eval-metric", "choice", "auc", { choices: ["auc", "f1"] })).kind).toBe("leave");
  });

  it("asks about numbers that stand for kinds, whatever they are called", () => {
    const kinds = [
      [0, "C-SVC"],
      [1, "nu-SVC"],
    ] as const;
    const suggestion = suggestParameter(numeric("--max-depth", "int", 0, { numbered: kinds }));
    expect(suggestion).toEqual({
      kind: "offer",
      range: "0 | 1 default 0",
      reason: "which of these may be tried? 0 C-SVC, 1 nu-SVC",
    });
  });

  it("leaves numbered kinds of what is only shown alone", () => {
    const kinds = [
      [0, "nothing"],
      [1, "steps"],
    ] as const;
    expect(suggestParameter(numeric("--verbose", "int", 1, { numbered: kinds })).kind).toBe("leave");
  });

  it.each([
    "--epochs",
    "--seed",
    "--num-workers",
    "--port",
    "--verbose",
    "--log-interval",
    "--timeout",
    "-thread",
    "--cpu-lim",
    "--eval-batch-size",
    "--save-steps",
  ])("leaves %s alone", (flag) => {
    expect(suggestParameter(numeric(flag, "int", 10)).kind).toBe("leave");
  });

  it.each(["--input-dim", "--hidden-width", "--node-size", "--rounds", "--test-time-dropout-rate"])(
    "takes %s for no file, display or machine",
    (flag) => {
      const suggestion = suggestParameter(numeric(flag, "int", 10));
      if (suggestion.kind === "leave") expect(suggestion.reason).not.toMatch(/files|shown|machine|speed/);
    },
  );

  it("proposes only what the text form takes, and no range without the default", () => {
    const names = [
      "--lr",
      "--l2",
      "--dropout",
      "--batch",
      "--temperature",
      "--ratio",
      "--c",
      "--eps",
      "--trees",
      "--dim",
    ];
    const known = [...names, "--depth", "--x", "--gamma", "--decay", ...HYPERPARAMETERS.flatMap((row) => row.names)];
    const value = fc.option(
      fc.oneof(
        fc.double({ noNaN: true, min: -1e12, max: 1e12 }),
        fc.integer({ min: -5, max: 5000 }),
        fc.double({ noNaN: true, min: 0, max: 1 }),
      ),
    );
    const bounds = fc.option(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 10, max: 1e6 })));
    fc.assert(
      fc.property(
        fc.constantFrom(...known),
        fc.constantFrom("int" as const, "float" as const),
        value,
        bounds,
        (name, kind, given, range) => {
          const start = kind === "int" && given !== null ? Math.round(given) : given;
          const inside = range === null || start === null || (start >= range[0] && start <= range[1]);
          const flag = name.startsWith("-") ? name : `--${name}`;
          const option = numeric(flag, kind, start, { bounds: inside ? range : null });
          const suggestion = suggestParameter(option);
          if (suggestion.kind === "leave") return;
          const parameter = parseParameterText(suggestion.range, "x", null);
          if (start === null) return;
          expect(parameter.default === start).toBe(true);
          expect(isParameterValue(parameter, start)).toBe(true);
        },
      ),
      { numRuns: 5000 },
    );
  });
});

describe("the table of hyperparameters", () => {
  it("has each name once, each row its source, and a range that holds", () => {
    const names = HYPERPARAMETERS.flatMap((row) => row.names);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    for (const { range, source } of HYPERPARAMETERS) {
      expect(SOURCES[source].length).toBeGreaterThan(20);
      expect(range.low).toBeLessThan(range.high);
    }
  });
});
