import { describe, expect, it } from "vitest";
import { MetricReader } from "../../protocol/metric-reader.ts";
import { notFound, unfoundOf } from "./not-found.ts";
import { OWN_WORDS } from "./setting-words.ts";

function told(metric: string, ...lines: readonly string[]): string {
  const reader = new MetricReader({ metrics: [metric] });
  reader.push("stdout", Buffer.from(`${lines.join("\n")}\n`));
  reader.end();
  return notFound([metric], { ...unfoundOf(reader), words: OWN_WORDS });
}

describe("a metric that was not found", () => {
  it("is offered an expression where the name heads two columns", () => {
    const message = told(
      "ops/s",
      "job:  who      ops/s     ops/s",
      "job:             (a)       (b)",
      "job:  me         7.5       8.5",
    );
    expect(message).toContain("the expression ops/s=^job:\\s+me\\s+[-+.0-9eE]+\\s+([-+.0-9eE]+)");
  });

  it("is offered one where its value stands before it, behind many other lines", () => {
    const others = Array.from({ length: 40_000 }, (_, at) => `working on piece ${at} of the whole`);
    const message = told("Held score", ...others, "  -1.75  = Held score   (-rmse)", ...others);
    expect(message).toContain("the expression Held score=([-+.0-9eE]+)\\s+=\\s+Held\\s+score");
  });

  it("is told what stands behind the numbers, where that alone tells two things apart", () => {
    const message = told("Wait", "Wait: 1.5 [ms] (mean)", "Wait: 0.5 [ms] (mean, of all)");
    expect(message).toContain(
      "told apart by what stands behind the number: (mean), (mean, of all); pick one, such as by",
    );
    expect(message).toContain(
      "the expression Wait=Wait:\\s+([-+.0-9eE]+)\\s+\\[ms\\]\\s+\\(mean,\\s+of\\s+all\\)\\s*$",
    );
    expect(told("Wait", "Wait: 1.5 (mean)", "Wait: 0.5")).toContain("behind the number: (mean) or none; pick one");
  });

  it("is told what to print where nothing was seen, and the place of a number where there is one", () => {
    expect(told("loss", "all went well")).toBe(
      "The program ended well, but there is no metric `loss` in its output; nothing that looks like one was seen. " +
        "Let the program print a line such as loss=0.31.",
    );
    const reader = new MetricReader({ metrics: ["loss", "acc"] });
    reader.end();
    const unfound = { ...unfoundOf(reader), words: OWN_WORDS, tail: "starting\nThe final result is 0.25" };
    const message = notFound(["loss", "acc"], unfound);
    expect(message).toContain("there is no metric `loss`, `acc` in its output; nothing that looks like one was seen.");
    expect(message).toMatch(/a line such as loss=0\.31, or take a number from a line of its output, .*loss=.*final/);
  });

  it("is offered names where none of its lines has a number", () => {
    expect(told("loss", "loss went down", "acc: 0.5")).toContain(
      "the closest first: acc. Ask for one of them, or print",
    );
  });

  it("is offered the twelve closest names, those with a blank in quotes, and none that is missing itself", () => {
    const words = "alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar".split(
      " ",
    );
    const message = told("closs", ...["gloss", "cross x", ...words].map((name) => `${name}: 0.5`));
    const shown = /the closest first: (.*?)\. Ask for one of them, or print/.exec(message)?.[1]?.split(", ");
    expect(shown).toHaveLength(12);
    expect(shown?.slice(0, 2)).toEqual(["gloss", '"cross x"']);
  });

  it("is told why what was printed could not be used, and by what another number is read where there is one", () => {
    const reader = new MetricReader({ metrics: ["acc", "loss"] });
    reader.end();
    const none = { ...unfoundOf(reader), words: OWN_WORDS };
    const refused = new Map([["loss", '"0,31" has a comma']]);
    const begin = 'The program ended well, but its `loss` is no number that could be used: "0,31" has a comma.';
    expect(notFound(["acc", "loss"], { ...none, refused })).toBe(begin);
    const offered = () => new Map([["loss", "loss: (.*)"]]);
    expect(notFound(["acc", "loss"], { ...none, refused, offered })).toBe(
      `${begin} A number of that line or one below it is read by the expression loss=loss: (.*).`,
    );
    const unclear = new Set(["loss"]);
    const table =
      "The program ended well, but lines follow the table with `loss` that may be rows of it or of something else;";
    expect(notFound(["acc", "loss"], { ...none, unclear })).toContain(table);
    expect(notFound(["acc", "loss"], { ...none, unclear })).toMatch(/find the right line with an expression\.$/);
    expect(notFound(["acc", "loss"], { ...none, unclear, offered })).toMatch(
      /find the right line with the expression loss=loss: \(\.\*\)\.$/,
    );
    const ambiguous = new Map([["loss", ["train", "test"]]]);
    expect(notFound(["acc", "loss"], { ...none, ambiguous })).toContain(
      "printed `loss` of several things; ask for one of them: ",
    );
  });
});
