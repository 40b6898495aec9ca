import { describe, expect, it } from "vitest";
import type { AttuneError } from "../errors.ts";
import { float } from "../space/index.ts";
import { createStudy } from "./create-study.ts";
import type { RunEvent } from "./run-options.ts";
import type { Study } from "./study.ts";

const SPACE = { x: float(0, 1) };
const opened = async (scheduler?: { name: string; [option: string]: number | string }): Promise<Study> =>
  (await createStudy({ name: "s", minimize: "loss", space: SPACE, sampler: "random", scheduler, seed: 1 })) as Study;

/** Ends when the trial is to end early. */
const untilStopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener("abort", () => resolve())));

describe("a person", () => {
  it("stops a trial that runs: it ends as by a scheduler, with what it reported, and others go on", async () => {
    const study = await opened();
    const summary = await study.optimize(
      async (trial) => {
        if (trial.number > 0) return 1;
        await trial.report(1, 0.5);
        await study.stopTrial(0, "it goes nowhere");
        await untilStopped(trial.signal);
        return 7;
      },
      { trials: 3 },
    );
    expect(summary.reason).toBe("trials");
    expect(study.trial(0)).toMatchObject({ state: "pruned", outcome: "stopped", message: "it goes nowhere" });
    expect(study.trials().map(({ state }) => state)).toEqual(["pruned", "complete", "complete"]);
  });

  it("cannot stop a trial that has ended", async () => {
    const study = await opened();
    await study.optimize(() => 1, { trials: 1 });
    await expect(study.stopTrial(0)).rejects.toMatchObject({ code: "conflict" } satisfies Partial<AttuneError>);
  });

  it("ends a run as a first Ctrl-C does, and no run after it", async () => {
    const study = await opened();
    const first = await study.optimize(
      async (trial) => {
        if (trial.number === 1) await study.request("stop");
        return 1;
      },
      { trials: 10 },
    );
    expect(first.reason).toBe("stopped");
    expect(first.ran).toBeLessThan(10);
    expect(await study.optimize(() => 1, { trials: 10 })).toMatchObject({ reason: "trials", trialsSpent: 10 });
  });

  it("pauses a study: no new trial begins until it is continued, by whatever process", async () => {
    const study = await opened();
    const told: string[] = [];
    await study.request("pause");
    const begun: number[] = [];
    const paused = Promise.withResolvers<void>();
    const run = study.optimize(
      (trial) => {
        begun.push(trial.number);
        return 1;
      },
      {
        trials: 2,
        onEvent: (event: RunEvent) => {
          if (event.type !== "notice") return;
          told.push(event.text);
          paused.resolve();
        },
      },
    );
    await paused.promise;
    expect(begun).toEqual([]);
    await study.request("continue");
    await run;
    expect(begun).toEqual([0, 1]);
    expect(told).toEqual([expect.stringContaining("paused by a person"), "The study is continued."]);
  });
});

describe("a trial that was asked for", () => {
  it("is judged by the study's scheduler on its reports, and ends as it decided", async () => {
    const study = await opened({ name: "threshold", upper: 1 });
    const trial = await study.ask({ detached: true });
    await trial.report(1, 0.5);
    expect(await trial.shouldStop()).toBeNull();
    // From another process.
    const again = study.asked(trial.number, trial.token);
    await again.report(2, 3);
    const early = await again.shouldStop();
    expect(early).toMatchObject({ action: "stop" });
    await study.tell(again, { stopped: true });
    const kept = study.trial(0);
    expect(kept).toMatchObject({ state: "pruned", outcome: "stopped", message: early!.reason, values: { loss: 3 } });
    expect(kept.decisions).toMatchObject([{ action: "stop", report: 1 }]);
    expect((await study.replay()).decisions).toMatchObject({ differences: [] });
  });

  it("is told when a person stopped it, and may end by itself", async () => {
    const study = await opened();
    const [first, second] = [await study.ask(), await study.ask()];
    await study.stopTrial(first.number, "enough");
    expect(await first.shouldStop()).toEqual({ action: "stop", reason: "enough" });
    await study.tell(first, { stopped: true });
    await second.report(1, 2);
    await study.tell(second, { stopped: true });
    expect(study.trial(0)).toMatchObject({ state: "pruned", message: "enough", values: {} });
    expect(study.trial(1)).toMatchObject({ state: "pruned", values: { loss: 2 } });
  });

  it("takes no word from whoever shows another token", async () => {
    const study = await opened();
    const { number } = await study.ask();
    await expect(study.asked(number, "another").report(1, 1)).rejects.toMatchObject({ code: "conflict" });
    await expect(study.tell(study.asked(number, "another"), { stopped: true })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(study.trial(number).state).toBe("running");
  });
});
