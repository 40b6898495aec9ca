import { describe, expect, it } from "vitest";
import { SeenNames } from "./seen-names.ts";

function seen(...lines: readonly string[]): readonly string[] {
  const names = new SeenNames();
  for (const line of lines) names.gather(line);
  return names.names;
}

describe("SeenNames", () => {
  it("names what has a number behind it", () => {
    expect(seen("loss=0.5 acc: 0.9", "val loss 0.31", "  NER F   78.12", "speed | 3.5")).toEqual([
      "loss",
      "acc",
      "val loss",
      "NER F",
      "speed",
    ]);
  });

  it("names the heads of a row of numbers, however the columns are kept apart", () => {
    for (const [head, row] of [
      ["epoch | rmse | wer", "1 | 0.5 | 0.9"],
      ["epoch,rmse,wer", "1,0.5,0.9"],
      ["epoch\trmse\twer", "1\t0.5\t0.9"],
      ["epoch   rmse   wer", "    1   0.50    0.9"],
    ])
      expect(seen(head!, row!)).toEqual(expect.arrayContaining(["rmse", "wer"]));
    expect(seen("epoch   rmse   wer", "one two three four five")).toEqual([]);
    expect(seen("rmse   wer", "fold  0.5  0.9")).toEqual(expect.arrayContaining(["rmse", "wer"]));
    expect(seen("rmse   wer", "a fold  0.5  0.9")).not.toContain("wer");
  });

  it("takes heads from the line above only", () => {
    expect(seen("alpha   beta", "0.5  0.9")).toEqual(["alpha", "beta"]);
    expect(seen("alpha   beta", "1.5", "0.5  0.9")).toEqual([]);
    expect(seen("alpha   beta", "no numbers here", "0.5  0.9")).not.toContain("alpha");
  });

  it("names thirty at most, each once, and none that is endless", () => {
    const names = new SeenNames();
    for (let n = 0; n < 40; n++) names.gather(`m${String.fromCharCode(97 + (n % 26))}${n < 26 ? "a" : "b"}=0.5`);
    expect(names.names.length).toBe(30);
    expect(names.full).toBe(true);
    expect(seen("loss=1", "loss=2", "loss=3")).toEqual(["loss"]);
    expect(seen(`${"x".repeat(101)}=0.5`)).toEqual([]);
  });
});
