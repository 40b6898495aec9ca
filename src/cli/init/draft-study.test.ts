import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseParameterText } from "../../space/index.ts";
import { readStudyText } from "../study-file/read-study-file.ts";
import { studySpace } from "../study-space.ts";
import { draftStudy } from "./draft-study.ts";
import { type HelpOption, readHelp } from "./help-option.ts";
import { suggestParameter } from "./suggest-parameter.ts";

const fixtures = new URL("./fixtures/", import.meta.url);
const texts = readdirSync(fixtures).filter((file) => file.endsWith(".help.txt"));

const numeric = (
  flag: string,
  kind: "int" | "float",
  value: number | null,
  more: Partial<HelpOption> = {},
): HelpOption => ({
  flag,
  flags: [flag],
  kind,
  default: value,
  choices: [],
  bounds: null,
  joined: false,
  negatable: false,
  description: "",
  ...more,
});

describe("suggestParameter", () => {
  it.each([
    [numeric("--lr", "float", 0.001), "1e-5..1e-1 log default 0.001"],
    [numeric("--learning_rate", "float", 0.1), "1e-3..1.0 log default 0.1"],
    [numeric("-lr", "float", null), "1e-5..1e-1 log"],
    [numeric("--weight-decay", "float", 0), "0 | 1e-6..1e-1 log default 0"],
    [numeric("--dropout", "float", 0.1), "0..0.5 default 0.1"],
    [numeric("--batch-size", "int", 64), "16 < 32 < 64 < 128 < 256 default 64"],
    [numeric("--momentum", "float", 0.9), "0.5..0.999 reverse log default 0.9"],
    [numeric("--maxDepth", "int", 6), "1..12 default 6"],
    [numeric("--hidden-dim", "int", 128), "32..512 log default 128"],
    [numeric("--q", "int", 75, { bounds: [0, 100] }), "0..100 default 75"],
    [numeric("--hs", "int", 0, { choices: ["0", "1"] }), "0 | 1 default 0"],
  ])("searches $flag", (option, range) => {
    expect(suggestParameter(option)).toMatchObject({ range });
  });

  it.each([
    [numeric("--momentum", "float", 0.9), "close to 1: even on the logarithm of its distance from 1"],
    [numeric("--momentum", "float", null), "a share below 1"],
    [numeric("--layers", "int", 2), "a small count around its default"],
    [numeric("--layers", "int", null), "a small count"],
  ])("gives the reason of the range of $flag", (option, reason) => {
    expect(suggestParameter(option)).toMatchObject({ reason });
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
  ])("leaves %s alone", (flag) => {
    expect(suggestParameter(numeric(flag, "int", 10)).kind).toBe("leave");
  });

  it("proposes only what the text form takes, whatever the default and the bounds", () => {
    const names = [
      "--lr",
      "--l2",
      "--dropout",
      "--momentum",
      "--batch",
      "--temperature",
      "--ratio",
      "--c",
      "--eps",
      "--trees",
      "--dim",
      "--depth",
      "--x",
    ];
    const value = fc.option(
      fc.oneof(fc.double({ noNaN: true, min: -1e12, max: 1e12 }), fc.integer({ min: -5, max: 5000 })),
    );
    const bounds = fc.option(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 10, max: 1e6 })));
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.constantFrom("int", "float"),
        value,
        bounds,
        (flag, kind, given, range) => {
          const value = kind === "int" && given !== null ? Math.round(given) : given;
          const suggestion = suggestParameter(numeric(flag, kind, value, { bounds: range as [number, number] | null }));
          if (suggestion.kind !== "leave") parseParameterText(suggestion.range, "x", null);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe("draftStudy", () => {
  it.each(texts)("drafts a study file that can be read from %s", (file) => {
    const options = readHelp(readFileSync(new URL(file, fixtures), "utf8"));
    const { text, tuned, offered } = draftStudy({ program: ["prog", "a: b", "-x", "0"], study: "prog", options });
    const { space, command, metric } = readStudyText(text, "study.yaml");
    expect(metric?.direction).toBe("minimize");
    if (tuned > 0) expect(studySpace({ space, command }).parameters).toHaveLength(tuned);
    const open = text.replace(/^( *)# (?=(?:"?[\w.-]+"?: "|- "))/gm, "$1");
    if (tuned + offered > 0)
      expect(studySpace(readStudyText(open, "open.yaml")).parameters).toHaveLength(tuned + offered);
  });

  it("keeps what the user gave, and explains the rest", () => {
    const help =
      "  --lr FLOAT  rate [default: 0.1]\n  --dropout FLOAT  p [default: 0.2]\n  --epochs INT  n [default: 3]\n";
    const { text } = draftStudy({ program: ["train", "--lr=0.5"], study: "train", options: readHelp(help) });
    expect(text).toContain("#   --lr: you gave it in the command");
    expect(text).toContain("#   --epochs: the length of training: costs time, so it stays fixed");
    expect(text).toContain('  # --dropout: a dropout rate; p [default: 0.2]\n  dropout: "0..0.5 default 0.2"');
    expect(text).toContain('  - "--lr=0.5"\n  - "--dropout"\n  - "${dropout}"');
  });
});
