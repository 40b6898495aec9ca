import { describe, expect, it } from "vitest";
import { createStudy, float, type Study } from "../../index.ts";
import { whyLines } from "./why.ts";

const SPACE = { x: float(0, 1) };
const SETTINGS = { name: "told", maximize: "gain", sampler: { name: "gp", initial: 2 }, seed: 1 } as const;

async function told(study: Pick<Study, "why" | "metrics" | "trial">, number: number): Promise<string> {
  return whyLines(await study.why(number), study).join("\n");
}

describe("whyLines", () => {
  it("counts what a model knew as results and trials under way, failed trials apart", async () => {
    const study = await createStudy({ ...SETTINGS, space: SPACE });
    for (const gain of [1, 2, null, 3]) {
      await study.tell(await study.ask(), gain === null ? { failed: true, message: "no memory" } : gain);
    }
    await study.ask();
    await study.ask();
    expect(await told(study, 0)).toMatch(/gp suggested it to cover the space, before any model \(0 results\)\./);
    expect(await told(study, 1)).toContain("before any model (1 result).");
    expect(await told(study, 4)).toContain("by the model that fits the results best, knowing 3 results.");
    expect(await told(study, 4)).toMatch(/\n {2}Best it expects of a configuration tried already: \S+\.\n/);
    expect(await told(study, 5)).toContain("wrong about, knowing 3 results and 1 trial not finished yet.");
    expect(await told(study, 5)).toMatch(
      /\n {2}Best it expects of a configuration tried already or under way: \S+\.\n/,
    );
    expect(await told(study, 5)).toMatch(/expected improvement, .*: \S+, the largest it found\.$/);
  });

  it("says of several objectives what is expected of each, what it adds, and how likely limits are kept", async () => {
    const several = { minimize: ["loss", "ms"], maximize: undefined, limits: ["ms <= 0.8"] } as const;
    const study = await createStudy({ ...SETTINGS, ...several, sampler: { name: "gp", initial: 4 }, space: SPACE });
    await study.optimize(({ params: { x } }) => ({ loss: x * x, ms: 1 - x }), { trials: 10 });
    const text = await told(study, 9);
    expect(text).toMatch(
      /gp suggested it by (the models that fit the results best|models drawn from those .*), knowing 9 results\./,
    );
    expect(text).toMatch(
      /\n {2}Expected, within one standard deviation: loss \S+ \(\S+ to \S+\), ms \S+ \(\S+ to \S+\)\.\n/,
    );
    expect(text).toMatch(
      /\n {2}Expected to add \S+ to the hypervolume; (\d+|less than 1|more than 99) % likely within ms <= 0\.8\.\n/,
    );
    const { why } = await study.why(9);
    expect(why?.hypervolume).toBeGreaterThanOrEqual(0);
    expect(why?.limits).toEqual([{ limit: "ms <= 0.8", chance: expect.any(Number) }]);
  });

  it("says how a trial came out, whoever suggested it", async () => {
    const study = await createStudy({ ...SETTINGS, space: SPACE });
    await study.importTrials([
      {
        params: { x: 0.5 },
        state: "complete",
        values: { gain: 7 },
        reports: [],
        startedAt: null,
        finishedAt: null,
        attributes: {},
      },
    ]);
    await study.tell(await study.ask(), { failed: true, message: "no memory\nat line 3" });
    await study.enqueue({ x: 0.25 });
    await study.tell(await study.ask(), 4);
    await study.tell(await study.ask(), { gain: Number.NaN });
    await study.replicate(2, 1, 9);
    expect(await told(study, 0)).toMatch(/No sampler suggested it: it was imported\.\n {2}It came to 7\.$/);
    expect(await told(study, 1)).toMatch(/\n {2}It failed: no memory$/);
    expect(await told(study, 2)).toMatch(/No sampler suggested it: it was enqueued\.\n {2}It came to 4\.$/);
    expect(await told(study, 3)).toMatch(/\n {2}It failed: .*NaN/);
    expect(await told(study, 4)).toMatch(/No sampler suggested it: it runs the configuration of trial 2 again\.$/);
  });

  it("tells parameters that were suggested one at a time from those that were suggested together", async () => {
    const study = await createStudy({ ...SETTINGS, space: {} });
    await study.optimize((trial) => trial.float("x", 0, 1) + (trial.number === 3 ? trial.float("extra", 0, 1) : 0), {
      trials: 4,
    });
    expect((await told(study, 0)).split("\n").slice(1, -1)).toEqual([
      "  gp suggested each value alone, when the program asked for it.",
    ]);
    expect(await told(study, 2)).not.toContain("alone");
    expect(await told(study, 3)).toMatch(/results best, knowing 3 results\.\n/);
    expect(await told(study, 3)).toMatch(/\n {2}Suggested alone, when the program asked: extra\.\n {2}It came/);
  });

  it("writes as many digits as tell the expected values apart", async () => {
    const study = await createStudy({ ...SETTINGS, space: SPACE });
    await study.tell(await study.ask(), 1e12 + 0.25);
    const predicted = { mean: 1e12 + 0.125, low: 1e12 + 0.0625, high: 1e12 + 0.1875 };
    const numbers = { trials: 9, pending: 0, predicted, acquisition: -3, incumbent: 1e12 + 0.0625 };
    const why = { version: 1, phase: "model", member: "likely", ...numbers } as const;
    const text = whyLines({ trial: 0, sampler: "gp", equal: true, why }, study).join("\n");
    expect(text).toContain("from 1000000000000.063 to 1000000000000.188.");
    expect(text).toContain("Best it expects of a configuration tried already: 1000000000000.063.");
    expect(text).toMatch(/It came to 1000000000000\.25\.$/);
  });

  it("counts a value as suggested alone when another range was asked for than the one it was kept ready for", async () => {
    const study = await createStudy({ ...SETTINGS, space: {} });
    await study.optimize((trial) => trial.float("x", 0, trial.number === 3 ? 9 : 1), { trials: 4 });
    expect(study.trial(3).offered).toHaveProperty("x");
    expect(await told(study, 2)).not.toContain("alone");
    expect(await told(study, 3)).toContain("Suggested alone, when the program asked: x.");
  });

  it("claims no certainty where all results are the same", async () => {
    const study = await createStudy({ ...SETTINGS, space: SPACE });
    for (let k = 0; k < 5; k++) await study.tell(await study.ask(), 5);
    const text = await told(study, 4);
    expect(text).toContain("\n  Expected gain: 5; the results do not differ enough to say how surely.\n");
    expect(text).not.toContain("standard deviation");
  });
});
