import { describe, expect, it } from "vitest";
import { readOutput } from "./read-output.testing.ts";
import { tableTitle } from "./table-title.ts";

describe("tableTitle", () => {
  it.each([
    ["Evaluation results for boxes:", "boxes"],
    ["=== Validation ===", "validation"],
    ["boxes", "boxes"],
    ["IoU metric: masks", "masks"],
    ["Training:", "training"],
    ["Results:", null],
    ["Epoch 3:", null],
    ["Saving the model:", null],
    ["Finished", null],
    ["a sentence that goes on for long", null],
    ["loss: 0.5", null],
  ])("%j is of %j", (line, right) => expect(tableTitle(line)).toBe(right));
});

describe("two tables under one header", () => {
  const table = (title: string, value: number): readonly string[] => [
    title,
    "|  AP  |  AP50 |",
    "|:----:|:-----:|",
    `| ${value} | 55.1 |`,
    "",
  ];
  it.each([
    [[...table("Results for boxes:", 30.5), ...table("Results for masks:", 28.25)], "AP", "which of boxes, masks"],
    [[...table("boxes", 30.5), ...table("masks", 28.25)], "AP", "which of boxes, masks"],
    [[...table("boxes", 30.5), ...table("masks", 28.25)], "boxes_AP", 30.5],
    [[...table("boxes", 30.5), ...table("masks", 28.25)], "masks AP", 28.25],
    [[...table("boxes", 30.5), ...table("boxes", 28.25)], "AP", 28.25],
    [[...table("Results:", 30.5), ...table("boxes", 28.25)], "AP", 28.25],
    [[...table("Epoch 1:", 30.5), ...table("Epoch 2:", 28.25)], "AP", 28.25],
    [[...table("", 30.5), ...table("Checkpoint written", 28.25)], "AP", 28.25],
  ])("%j: %s is %j", (lines, metric, right) => expect(readOutput(lines, metric)).toBe(right));
});
