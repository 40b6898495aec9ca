import { describe, expect, it } from "vitest";
import { MetricName } from "./metric-name.ts";

describe("MetricName", () => {
  it.each([
    ["val_loss", "val", "loss"],
    ["test acc top 1", "test", "acc top 1"],
    ["loss-validation", "val", "loss"],
    ["f1 score oob", "oob", "f1 score"],
    ["cross validation rmse", "cv", "rmse"],
    ["val test", "val", "test"],
  ])("%s is of a part of the data: %s, and the rest %s", (name, part, rest) => {
    const { within, isPart } = new MetricName(name);
    expect(within?.rest.name).toBe(rest);
    expect(within?.part).toBe(new MetricName(`${part} x`).within!.part);
    expect(isPart).toBe(true);
  });

  it.each(["loss", "val", "cv", "mean loss", "score_value", "cross validation"])(
    "%s is of none, and a rest",
    (name) => {
      expect(new MetricName(name).within?.rest.name ?? null).toBe(name === "cross validation" ? "cross" : null);
    },
  );

  it("tells parts of the data apart, and not their words", () => {
    const partOf = (name: string): number => new MetricName(name).within!.part;
    const same = [
      ["val loss", "validation loss", "valid loss"],
      ["train loss", "training loss"],
      ["cv loss", "loss cv"],
    ];
    for (const names of same) expect(new Set(names.map(partOf)).size).toBe(1);
    expect(
      new Set(["train", "val", "test", "eval", "dev", "oob", "cv"].map((part) => partOf(`${part} loss`))).size,
    ).toBe(7);
  });

  it("finds itself in any spelling, the very letters first of all", () => {
    const name = new MetricName("val_loss");
    const line = "val_loss Val Loss VAL-LOSS my_val_loss2 valloss";
    expect(name.places(line)).toEqual([
      { at: 0, end: 8, certainty: "exact" },
      { at: 9, end: 17, certainty: "spelled" },
      { at: 18, end: 26, certainty: "spelled" },
      { at: 30, end: 38, certainty: "exact" },
    ]);
    expect(["val_loss", "VAL  loss", "val loss 2", ""].map((text) => name.certaintyOf(text))).toEqual([
      ...["exact", "spelled"],
      ...[null, null],
    ]);
    expect([name.isIn("my VAL-lossy"), name.isIn("vall oss")]).toEqual([true, false]);
    expect(new MetricName("a+b (x)").places("A+B  (X)")).toEqual([{ at: 0, end: 8, certainty: "spelled" }]);
  });
});
