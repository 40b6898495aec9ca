import fc from "fast-check";
import { expect, it } from "vitest";
import { ended, leased, StudyAtWork } from "../decide/study-at-work.testing.ts";
import type { AttemptEnd, LoggedEvent } from "../event.ts";
import type { Ledger, Purse } from "../ledger.ts";
import { ALL_COMMANDS, draws } from "../random-command.testing.ts";
import { Simulation } from "../simulate.testing.ts";
import type { Report } from "../trial.ts";
import { throughSnapshot } from "./through-snapshot.testing.ts";

/** A study with a trial that is to run up to `until`. */
function begun(until: number | null = null): StudyAtWork {
  const study = new StudyAtWork();
  study.claim(leased("t0"), { until });
  return study;
}

function report(study: StudyAtWork, token: string, ...steps: readonly number[]): void {
  const first = study.state.reportCount(0);
  const reports = steps.map((step, k): Report => ({ seq: first + k, step, values: { loss: 1 } }));
  study.send({ type: "report", trial: 0, token, reports });
}

function pause(study: StudyAtWork, token: string, more: Partial<AttemptEnd> = {}): void {
  study.send({ type: "pause", trial: 0, token, end: ended("paused", { checkpoint: `${token}.ckpt`, ...more }) });
}

function resume(study: StudyAtWork, token: string, until: number | null): void {
  study.send({ type: "resume", trial: 0, owner: leased(token), until, limit: null });
}

/** Steps paid by a second segment that reports these, after a first that came to step 3. */
function second(steps: readonly number[], first: Partial<AttemptEnd> = {}, own: Partial<AttemptEnd> = {}): number {
  const study = begun(3);
  report(study, "t0", 1, 2, 3);
  pause(study, "t0", first);
  expect(study.state.ledger.steps).toBe(3);
  resume(study, "t1", 9);
  if (steps.length > 0) report(study, "t1", ...steps);
  pause(study, "t1", own);
  return study.state.ledger.steps - 3;
}

it.each([
  ["goes on from its checkpoint", [4, 6, 9], {}, {}, 6],
  ["had none to go on from", [4, 9], { checkpoint: null }, {}, 9],
  ["began anew though it had one", [1, 5, 9], {}, {}, 9],
  ["missed its checkpoint", [4, 9], {}, { missing: "t0.ckpt" }, 9],
  ["reports steps out of order", [9, 4], {}, {}, 6],
  ["says nothing and comes to its step", [], {}, {}, 6],
])("a segment that %s pays for what it ran", (_how, steps, first, own, paid) => {
  expect(second(steps, first, own)).toBe(paid);
});

const FROZEN = { checkpoint: null, frozen: { givenUp: null } } as const;

it("a program that is woken pays for what it runs from there, and one that begins anew for all of it", () => {
  const paid = (how: "woken" | "given up" | "lost"): readonly [number, boolean] => {
    const study = begun(3);
    report(study, "t0", 1, 2, 3);
    pause(study, "t0", FROZEN);
    if (how === "given up") study.send({ type: "give-up", trial: 0, token: "t0" });
    const woken = how === "given up" ? {} : { woken: "t0" };
    study.send({ type: "resume", trial: 0, owner: leased("t1"), until: 9, limit: null, ...woken });
    let token = "t1";
    if (how === "lost") {
      study.send({ type: "return", trial: 0, token, evidence: "dead-process", end: ended("lost") });
      token = "t2";
      // Six steps are not enough any more: it has to begin anew.
      expect(
        study.send({ type: "start", trial: 0, owner: leased(token), until: null, purse: { steps: 11 } }).kind,
      ).toBe("done");
      study.send({ type: "start", trial: 0, owner: leased(token), until: null, purse: { steps: 12 } });
    }
    report(study, token, ...(how === "woken" ? [4, 9] : [1, 9]));
    pause(study, token, { checkpoint: null });
    return [
      study.state.ledger.steps - 3,
      throughSnapshot(study.state).trial(0)!.segments[0]!.attempts[0]!.frozen?.givenUp === null,
    ];
  };
  expect(paid("woken")).toEqual([6, true]);
  expect(paid("given up")).toEqual([9, false]);
  expect(paid("lost")).toEqual([9, true]);
});

it("lost, failed and retried attempts pay as others do, trials marked invalid too", () => {
  const study = begun(null);
  report(study, "t0", 0.5, 2);
  const lost = ended("lost", { seconds: 4, cost: 0.25 });
  study.send({ type: "return", trial: 0, token: "t0", evidence: "dead-process", end: lost });
  study.claim(leased("t1"), { candidate: null });
  report(study, "t1", 1, 5);
  study.send({
    type: "finish",
    trial: 0,
    token: "t1",
    state: "failed",
    values: {},
    end: ended("error", { seconds: 1 }),
  });
  study.send({ type: "invalidate", trial: 0, reason: null });
  expect(study.state.ledger).toEqual({ steps: 7, runs: 0, seconds: 5, cost: 0.25 });
  expect(throughSnapshot(study.state).ledger).toEqual(study.state.ledger);
});

it("nothing begins that the rest of the budget cannot pay", () => {
  const study = begun(3);
  const claim = (steps: number, until: number | null) =>
    study.claim(leased(`c${study.length}`), { until, purse: { steps } }).kind;
  // Three are promised to the one that runs.
  expect([claim(5, 3), claim(3, null)]).toEqual(["wait", "wait"]);
  expect(claim(6, 3)).toBe("trial");
  report(study, "t0", 1, 2, 3);
  pause(study, "t0");
  const resumed = (steps: number) =>
    study.send({ type: "resume", trial: 0, owner: leased("r"), until: 9, limit: null, purse: { steps } }).kind;
  // Three are spent, three promised, and six more are wanted.
  expect([resumed(11), resumed(12)]).toEqual(["wait", "trial"]);
  study.enqueue(7);
  const start = (steps: number) =>
    study.send({ type: "start", trial: 2, owner: leased("s"), until: 1, purse: { steps } }).kind;
  expect([start(12), start(13)]).toEqual(["wait", "trial"]);
});

it.each(["ok", "error", "exit-code", "timeout"] as const)(
  "a run that told no step and ended with %s pays what it was given, or a full run",
  (outcome) => {
    const finish = (study: StudyAtWork): Ledger => {
      const state = outcome === "ok" ? "complete" : "failed";
      study.send({ type: "finish", trial: 0, token: "t0", state, values: { loss: 1 }, end: ended(outcome) });
      return study.state.ledger;
    };
    expect(finish(begun(null))).toMatchObject({ steps: 0, runs: 1 });
    expect(finish(begun(5))).toMatchObject({ steps: 5, runs: 0 });
  },
);

it.each(["lost", "preempted", "not-started"] as const)(
  "a run that told no step and was cut short (%s) pays nothing",
  (outcome) => {
    const study = begun(null);
    const end = ended(outcome);
    if (outcome === "not-started")
      study.send({ type: "finish", trial: 0, token: "t0", state: "failed", values: {}, end });
    else study.send({ type: "return", trial: 0, token: "t0", evidence: "dead-process", end });
    expect(study.state.ledger).toMatchObject({ steps: 0, runs: 0 });
  },
);

it("full runs are counted before anybody knows how many steps they have, and in these afterwards", () => {
  const study = begun(null);
  const claim = (purse: Purse, until: number | null = null) =>
    study.claim(leased(`c${study.length}`), { until, purse });
  expect(claim({ runs: 1 })).toEqual({ kind: "wait", spent: true });
  expect(claim({ runs: 2 }).kind).toBe("trial");
  // Of steps nobody knows what another one takes.
  expect(claim({ steps: 1000 })).toEqual({ kind: "wait", spent: true });
  report(study, "t0", 8);
  study.finish(0, "t0", 1);
  // 8 spent and 8 promised.
  expect([claim({ runs: 2 }).kind, claim({ steps: 23 }).kind]).toEqual(["wait", "wait"]);
  expect([claim({ runs: 3 }).kind, claim({ steps: 34 }, 2).kind]).toEqual(["trial", "trial"]);
  for (const number of [1, 2, 3]) {
    const { token } = study.state.trial(number)!.segments.at(-1)!.attempts.at(-1)!.owner;
    study.finish(number, token, 1);
  }
  expect(study.state.ledger).toMatchObject({ steps: 10, runs: 2 });
  expect(claim({ steps: 26 })).toEqual({ kind: "done", spent: true });
  expect(claim({ steps: 34 }).kind).toBe("trial");
});

it("sums of fractions use a budget up to its end, and no further", () => {
  const share = { name: "share", type: "float", low: 0.1, high: 1, fidelity: true };
  const study = new StudyAtWork({ version: 1, parameters: [], fidelity: share });
  const purse = { runs: 10 };
  for (let k = 0; k < 30; k++) {
    expect(study.claim(leased(`t${k}`), { until: 1 / 3, purse }).kind).toBe("trial");
    study.finish(k, `t${k}`, 1);
  }
  expect(study.claim(leased("t"), { until: 1 / 3, purse })).toEqual({ kind: "done", spent: true });
});

it("a budget that is used up is done, whichever of its limits was reached", () => {
  const study = begun(null);
  report(study, "t0", 8);
  study.finish(0, "t0", 1, ended("ok", { seconds: 5, cost: 2 }));
  const reserve = (purse: Partial<Ledger>) => {
    const command = { type: "reserve", proposer: leased("p"), count: 1, limit: null, evidence: null } as const;
    return study.send({ ...command, purse }).kind;
  };
  const claim = (purse: Partial<Ledger>) => study.claim(leased("x"), { candidate: null, purse }).kind;
  for (const purse of [{ steps: 8 }, { seconds: 5 }, { cost: 2 }, { steps: 100, cost: 1.5 }])
    expect([claim(purse), reserve(purse)]).toEqual(["done", "done"]);
  // Another full run has eight steps as well.
  expect(claim({ steps: 15.5, seconds: 5.5, cost: 2.5 })).toBe("done");
  expect(claim({ steps: 16, seconds: 5.5, cost: 2.5 })).toBe("reserve");
  // Nothing runs whose end could leave more.
  expect(study.claim(leased("x"), { until: 3, purse: { steps: 10 } }).kind).toBe("done");
});

it("is the sum of what the log says of attempts, also from a snapshot", () => {
  fc.assert(
    fc.property(draws(ALL_COMMANDS, 80), (sequence) => {
      const simulation = new Simulation({ spaces: [{}], limit: null });
      for (const draw of sequence) simulation.step(draw);
      const { ledger } = simulation.state;
      expect(throughSnapshot(simulation.state).ledger).toEqual(ledger);
      const attempts = simulation.state.trials().flatMap(({ segments }) => segments.flatMap((one) => one.attempts));
      expect(attempts.reduce((sum, { steps = 0 }) => sum + steps, 0)).toBeCloseTo(ledger.steps, 9);
      expect(ledger).toEqual(summed(simulation.log));
    }),
    { numRuns: 100 },
  );
});

/** The ledger by another way: each attempt looked at by itself, with all that came before it. */
function summed(log: readonly LoggedEvent[]): Ledger {
  const sum = { steps: 0, runs: 0, seconds: 0, cost: 0 };
  const open = new Map<number, { until: number | null; steps: number[] }>();
  /** Steps that the next attempts go on from. */
  const reached = new Map<number, number>();
  /** Trials whose programs are in memory, and those that go on with theirs. */
  const [frozen, woken] = [new Set<number>(), new Set<number>()];
  const untils = new Map<number, (number | null)[]>();
  for (const { event } of log) {
    if (event.type === "imported" && event.owner !== undefined) {
      const { step } = event.reports.at(-1) ?? {};
      if (step !== undefined) reached.set(event.trial, step);
      untils.set(event.trial, [null]);
      open.set(event.trial, { until: null, steps: [] });
    }
    if (event.type === "proposed" && event.branch !== undefined) reached.set(event.trial, event.branch.step);
    if (event.type === "given-up") {
      reached.delete(event.trial);
      if (event.checkpoint === undefined) frozen.delete(event.trial);
    }
    if (event.type === "started") {
      if (frozen.delete(event.trial)) woken.add(event.trial);
      const all = untils.get(event.trial) ?? [];
      untils.set(event.trial, all);
      if (event.segment === all.length) all.push(event.until);
      open.set(event.trial, { until: all[event.segment]!, steps: [] });
    }
    if (event.type === "reported") open.get(event.trial)?.steps.push(...event.reports.map(({ step }) => step));
    if (event.type !== "paused" && event.type !== "returned" && event.type !== "finished") continue;
    const attempt = open.get(event.trial);
    if (attempt === undefined) continue;
    open.delete(event.trial);
    const byItself = !["lost", "preempted", "stopped", "not-started"].includes(event.end.outcome);
    const silent = attempt.steps.length === 0;
    if (silent && byItself && attempt.until === null) sum.runs += 1;
    const furthest = silent ? (byItself ? attempt.until : null) : Math.max(...attempt.steps);
    const from = reached.get(event.trial) ?? 0;
    const wentOn = (attempt.steps[0] ?? Number.POSITIVE_INFINITY) > from;
    if (furthest !== null) sum.steps += Math.max(0, furthest - (wentOn ? from : 0));
    const isFrozen = event.end.frozen !== undefined;
    if (isFrozen) frozen.add(event.trial);
    if (isFrozen || event.end.checkpoint !== null) {
      if (furthest !== null) reached.set(event.trial, furthest);
    } else if (woken.has(event.trial)) reached.delete(event.trial);
    woken.delete(event.trial);
    sum.seconds += event.end.seconds ?? 0;
    sum.cost += event.end.cost ?? 0;
  }
  return sum;
}
