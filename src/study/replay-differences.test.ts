import { describe, expect, it } from "vitest";
import { registerScheduler } from "../scheduler/registry.ts";
import { float, int } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import type { LoggedEvent, StudyEvent } from "../trial/event.ts";
import { createStudy } from "./create-study.ts";
import { Replay } from "./replay.ts";

const space = { x: float(0, 1), n: int(1, 9) };
type Change = (event: StudyEvent) => StudyEvent;

/** The log of a study whose program asks for another parameter, y. */
async function logged(sampler = "random"): Promise<readonly LoggedEvent[]> {
  const storage = await openStorage(":memory:");
  const study = await createStudy({ name: "s", minimize: "loss", space, sampler, seed: 1, storage });
  const rest = { reports: [], startedAt: null, finishedAt: null, attributes: {} };
  await study.importTrials([{ params: { x: 0.5, n: 2 }, state: "complete", values: { loss: 3 }, ...rest }]);
  await study.enqueue({ x: 0.25, n: 3 });
  await study.optimize((trial) => trial.params.x + trial.float("y", 0, 1) + trial.float("z", 0, 1), {
    ...{ trials: 12, workers: 3 },
  });
  return await storage.read(study.id, 0);
}

function replayed(events: readonly LoggedEvent[], change: Change = (event) => event) {
  const replay = new Replay();
  for (const one of events) replay.add({ ...one, event: change(one.event) });
  return replay.report();
}

/** Changes what was proposed for a trial. */
const proposed =
  (trial: number, x: number, engine?: string): Change =>
  (event) => {
    if (event.type !== "proposed" || event.trial !== trial) return event;
    const suggestion = event.suggestion && { ...event.suggestion, ...(engine !== undefined && { engine }) };
    return { ...event, params: { ...event.params, x }, suggestion };
  };

const xOf = (events: readonly LoggedEvent[], trial: number): unknown =>
  events.flatMap(({ event }) => (event.type === "proposed" && event.trial === trial ? [event.params.x] : []))[0];

describe("a replay", () => {
  it.each(["random", "tpe"])("counts what %s suggested, and what nobody did", async (sampler) => {
    const events = await logged(sampler);
    expect(replayed(events)).toEqual({ checked: 11, skipped: 2, opaque: 0, differences: [], otherEngine: [] });
  });

  it("names what is not suggested again, with what is, and leaves the others alone", async () => {
    const events = await logged();
    expect(replayed(events, proposed(4, 0.125))).toMatchObject({
      checked: 10,
      differences: [{ trial: 4, parameter: "x", stored: 0.125, recomputed: xOf(events, 4) }],
    });
    // What it asked for follows from the values that it has.
    const lost: Change = (event) =>
      event.type === "proposed" && event.trial === 4 ? { ...event, params: { x: event.params.x! } } : event;
    expect(replayed(events, lost).differences).toContainEqual({
      ...{ trial: 4, parameter: "n", stored: undefined, recomputed: expect.any(Number) },
    });
  });

  it("tells differences of another engine's suggestions apart, each trial once", async () => {
    const events = await logged();
    expect(replayed(events, proposed(4, 0.125, "0"))).toMatchObject({
      ...{ checked: 10, differences: [], otherEngine: [{ trial: 4, engine: "0" }] },
    });
    const same = replayed(events, proposed(4, xOf(events, 4) as number, "0"));
    expect([same.checked, same.otherEngine]).toEqual([11, []]);
  });

  it("computes again what programs asked for, of trials that nobody suggested too", async () => {
    const events = await logged();
    const asked =
      (trial: number, name: string): Change =>
      (event) => {
        if (event.type !== "defined" || event.trial !== trial) return event;
        const definitions = event.definitions.map((one) => (one.name === name ? { ...one, value: 0.125 } : one));
        return { ...event, definitions };
      };
    for (const trial of [1, 5]) {
      const { differences, checked } = replayed(events, asked(trial, "z"));
      expect(differences).toEqual([{ trial, parameter: "z", stored: 0.125, recomputed: expect.any(Number) }]);
      expect(checked).toBe(trial === 1 ? 11 : 10);
    }
  });

  it("makes decisions of schedulers again, and tells those that come out otherwise", async () => {
    registerScheduler({
      name: "stops-third",
      ...{ watches: true, promotes: false },
      create: () => ({
        name: "stops-third",
        onReport: (_view, { number }) =>
          number === 2 ? { action: "stop", reason: "the third" } : { action: "continue" },
        next: () => ({ action: "start-new", until: null }),
      }),
    });
    const storage = await openStorage(":memory:");
    const given = { name: "s", minimize: "loss", space, sampler: "random", seed: 1, storage } as const;
    const study = await createStudy({ ...given, scheduler: "stops-third" });
    for (let n = 0; n < 4; n++) {
      const trial = await study.ask();
      await trial.report(1, n);
      const early = await trial.shouldStop();
      await study.tell(trial, early === null ? n : { stopped: true });
    }
    const events = await storage.read(study.id, 0);
    expect(replayed(events).decisions).toEqual({ checked: 1, differences: [], otherEngine: [] });
    const other =
      (engine?: string): Change =>
      (event) =>
        event.type === "finished" && event.decision !== undefined
          ? { ...event, decision: { ...event.decision, reason: "another", ...(engine !== undefined && { engine }) } }
          : event;
    expect(replayed(events, other()).decisions).toMatchObject({
      checked: 0,
      differences: [{ trial: 2, stored: { reason: "another" }, recomputed: { reason: "the third" } }],
    });
    expect(replayed(events, other("0")).decisions).toEqual({
      ...{ checked: 0, differences: [], otherEngine: [{ trial: 2, engine: "0" }] },
    });
    expect(replayed(await logged())).not.toHaveProperty("decisions");
  });
});
