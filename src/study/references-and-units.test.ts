import { describe, expect, it } from "vitest";
import { float } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy, openStudy } from "./create-study.ts";

const BASE = {
  name: "desk",
  maximize: ["sharpe"],
  minimize: ["drawdown"],
  space: { x: float(0, 1) },
  sampler: "random",
  seed: 1,
} as const;
const evaluate = ({ params: { x } }: { readonly params: { readonly x: number } }) => ({ sharpe: x, drawdown: x * x });

describe("references and units", () => {
  it("are given, stay where nobody names them, change with a sentence, are taken away and replayed", async () => {
    const storage = await openStorage(":memory:");
    const run = async (more: Readonly<Record<string, unknown>>) => {
      const study = await createStudy({ ...BASE, ...more, storage });
      await study.optimize(evaluate, { trials: study.trials().length + 1 });
      const { notices, metrics } = study;
      await study.close();
      return { notices, said: metrics.map(({ reference = null, unit = null }) => [reference, unit]) };
    };
    expect(await run({ references: { drawdown: 0.5 }, units: { drawdown: "%" } })).toEqual({
      notices: [],
      said: [
        [null, null],
        [0.5, "%"],
      ],
    });
    expect((await run({})).said).toEqual([
      [null, null],
      [0.5, "%"],
    ]);
    expect(await run({ references: { sharpe: -1 } })).toEqual({
      notices: ["The references change from drawdown 0.5 to sharpe -1."],
      said: [
        [-1, null],
        [null, "%"],
      ],
    });
    expect(await run({ units: {} })).toEqual({
      notices: ["The units are taken away: drawdown %."],
      said: [
        [-1, null],
        [null, null],
      ],
    });
    expect((await run({ metrics: [], units: { sharpe: "a year" }, goals: ["sharpe >= 3"] })).notices).toEqual([
      "Goals from now on: sharpe >= 3.",
      "The units from now on: sharpe a year.",
    ]);
    await expect(run({ goals: ["sharpe >= -2"] })).rejects.toThrow(
      "The reference of sharpe is -1, and its goal is sharpe >= -2",
    );
    const study = await openStudy({ name: "desk", storage });
    expect(await study.replay()).toMatchObject({ checked: 5, differences: [] });
    expect(study.metrics).toEqual([
      { name: "sharpe", direction: "maximize", goal: 3, reference: -1, unit: "a year" },
      { name: "drawdown", direction: "minimize" },
    ]);
    await study.close();
    await storage.close();
  });

  it("stay with objectives that stay, and one that goes loses its reference, which is said first", async () => {
    const study = await createStudy({
      ...BASE,
      references: { drawdown: 0.5, sharpe: -1 },
      units: { sharpe: "a year" },
    });
    await study.optimize(evaluate, { trials: 2 });
    const { losses } = await study.editObjectives({ drop: ["drawdown"] }, { dryRun: true });
    expect(losses).toContain("The reference 0.5 of drawdown goes with its objective.");
    await study.editObjectives({ drop: ["drawdown"] }, { accept: true });
    expect(study.metrics).toEqual([{ name: "sharpe", direction: "maximize", reference: -1, unit: "a year" }]);
    await study.editObjectives({ minimize: "drawdown" });
    expect(study.metrics[1]).toEqual({ name: "drawdown", direction: "minimize" });
    await study.close();
  });

  it.each([
    [{ references: { loss: 1 } }, "The reference of loss: the study has no objective loss"],
    [{ references: { sharpe: "1" } }, "give an object of numbers by objective"],
    [{ units: { sharpe: 1 } }, "give an object of texts by objective"],
    [{ metrics: [{ name: "a", direction: "minimize", reference: "x" }] }, "reference"],
  ])("refuses %j", async (more, message) => {
    await expect(createStudy({ ...BASE, ...more } as never)).rejects.toThrow(message);
  });
});
