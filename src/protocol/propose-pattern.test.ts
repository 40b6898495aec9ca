import { describe, expect, it } from "vitest";
import { compilePattern } from "../discovery/compile-pattern.ts";
import { MetricName } from "./metric-name.ts";
import { proposePattern } from "./propose-pattern.ts";
import { readPattern } from "./read-pattern.ts";

/** What the offered expression, in the user's syntax, reads on the lines; the last one that it matches. */
function offered(lines: readonly string[], metric: string): number | string | null {
  const source = proposePattern(lines, new MetricName(metric));
  if (source === null) return null;
  const pattern = compilePattern(metric, source);
  const read = lines.map((line) => readPattern(pattern, line)).findLast((one) => one !== null);
  return read == null ? "no match" : "value" in read ? read.value : read.fault.text;
}

describe("an expression made from a line", () => {
  it.each([
    ["a value behind a bracket of numbers", ["Mean Depth @[ q=0.10:0.90 | size= big ] = 0.4"], "Mean Depth", 0.4],
    ["a list in a type", ["per class iou [f.float32(0.7), f.float32(0.6)]"], "per class iou", 0.7],
    ["a value before its name", ["\t-1.75\t = Held score   (-rmse)"], "Held score", -1.75],
    ["a unit that is not converted", ["throughput: 22.8 Gbits/sec"], "throughput", 22.8],
    ["commas between thousands", ["│ Calls │ 14,327 │ 20,511 │"], "Calls", 14_327],
    ["the same below a head", ["who     calls", "me   1,234.5/s"], "calls", 1234.5],
    ["a count of steps behind the name", ["accuracy after epoch 7 gives 0.71"], "accuracy", 0.71],
    ["a rate under a head", ["           Speed  a   b", "   b     519/s   --  9%"], "Speed", 519],
    ["heads of two words", ["It #Evals   best value  ratio", " 1     8  1.607446e+01 1.0e+00"], "best value", 16.07446],
    [
      "one of two heads",
      ["who     ops/s     ops/s", "          (a)       (b)", "me        7.5       8.5"],
      "ops/s",
      8.5,
    ],
  ])("%s", (_what, lines, metric, value) => expect(offered(lines, metric)).toBe(value));

  it("tells lines apart by what stands behind the number", () => {
    const lines = ["Wait per call: 1.5 [ms] (mean)", "Wait per call: 0.5 [ms] (mean, of all)"];
    const source = proposePattern(lines, new MetricName("Wait per call"))!;
    expect(lines.map((line) => new RegExp(source).test(line))).toEqual([true, false]);
  });

  it.each([
    ["part of a word", ["losses: 3"], "loss"],
    ["part of a path", ["train/loss: 3"], "loss"],
    ["another name's number", ["loss; acc: 0.5"], "loss"],
    ["a number with a comma that parts no thousands", ["rate: 1,27"], "rate"],
    ["a number of something else", ["perplexity: 17.71 seconds per pass"], "perplexity"],
    ["a part of a whole", ["score 12 of 20"], "score"],
    ["a fraction", ["score: 3/10"], "score"],
    ["a time", ["took: 12:30"], "took"],
    ["blanks between thousands", ["score: 1 234"], "score"],
    ["a decimal comma", ["score=0,5"], "score"],
    ["a complex number", ["score=1+2j"], "score"],
    ["no number at all", ["loss went down", "a word", "another"], "loss"],
  ])("is none for %s", (_what, lines, metric) => expect(offered(lines, metric)).toBeNull());
});
