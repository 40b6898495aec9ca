import { describe, expect, it } from "vitest";
import { FIGURE_NAMES } from "../plot/figure-names.ts";
import { FIGURES } from "../plot/index.ts";
import { float } from "../space/index.ts";
import { createStudy } from "./index.ts";

describe("study.plot", () => {
  it("has every figure, as data with its sentence, and drawn", async () => {
    expect(Object.keys(FIGURES)).toEqual([...FIGURE_NAMES]);
    const study = await createStudy({
      name: "s",
      minimize: "loss",
      space: { x: float(0, 1) },
      storage: "memory:",
      seed: 1,
    });
    const before = await study.plot.history();
    expect(before).toMatchObject({ empty: true, title: "History", data: { type: "history", points: [] } });
    expect(before.sentence).toMatch(/appear here/);
    await study.optimize(({ params }) => (params.x - 0.3) * (params.x - 0.3), { trials: 15 });
    const { data, sentence, empty, svg } = await study.plot.history();
    expect(empty).toBe(false);
    expect(data.points.map(({ value }) => value)).toEqual(study.trials().map(({ values }) => values.loss));
    expect(sentence).toContain("of 15 complete trials");
    expect(await svg({ theme: "dark", width: 640 })).toMatch(/^<svg role="img" width="640"/);
    for (const name of FIGURE_NAMES) expect((await study.plot[name]()).data.type).toBe(name);
    await study.close();
  });

  it("shows parameters that functions asked for, where the study declares none", async () => {
    const study = await createStudy({ name: "s", minimize: "loss", storage: "memory:", sampler: "random", seed: 3 });
    await study.optimize(
      (trial) => {
        const kind = trial.choice("kind", ["a", "b"]);
        const extra = kind === "a" ? trial.float("extra", 0, 1) : 0;
        return 10 * trial.float("loud", 0, 1) + trial.float("soft", 0, 1) + extra;
      },
      { trials: 60 },
    );
    const { bars } = (await study.plot.importance()).data;
    expect(bars[0]!.name).toBe("loud");
    expect(bars.map(({ name }) => name)).toEqual(expect.arrayContaining(["soft", "kind", "extra"]));
    const { slices } = (await study.plot.slice()).data;
    expect(slices.map(({ name, points }) => [name, points.length === 60])).toEqual(
      expect.arrayContaining([
        ["loud", true],
        ["extra", false],
      ]),
    );
    expect((await study.plot.contour({ parameters: ["loud", "soft"] })).empty).toBe(false);
    await study.close();
  });

  it("refuses what does not fit, and says what does", async () => {
    const study = await createStudy({
      name: "s",
      minimize: "loss",
      space: { x: float(0, 1), y: float(0, 1) },
      storage: "memory:",
    });
    await expect(study.plot.history({ metric: "los" })).rejects.toThrow(
      'no objective "los" to draw. Did you mean "loss"?',
    );
    await expect(study.plot.contour({ parameters: ["x", "z"] })).rejects.toThrow('no parameter "z" that varies');
    await expect(study.plot.contour({ parameters: ["x"] })).rejects.toThrow("A pair is two parameters");
    await expect(study.plot.slice({ colour: "red" } as object)).rejects.toThrow(/study\.plot\.slice/);
    const { svg } = await study.plot.history();
    await expect(svg({ theme: "blue" as "dark" })).rejects.toThrow('theme is "blue"; give light or dark.');
    await study.close();
  });
});
