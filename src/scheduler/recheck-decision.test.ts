import { describe, expect, it } from "vitest";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import { makeView } from "../sampler/testing/make-view.testing.ts";
import { defineSpace } from "../space/define-space.ts";
import type { AttemptEnd } from "../trial/event.ts";
import type { DecisionRecord } from "../trial/trial.ts";
import { type DecidedEvent, decideAgain, decisionOf, isDecided } from "./recheck-decision.ts";
import type { NextDecision, Scheduler } from "./scheduler.ts";

const END: AttemptEnd = { outcome: "paused", message: null, exitCode: 0, signal: null, checkpoint: null };
const OWNER = { token: "t", name: "n", at: 0 } as unknown as Extract<DecidedEvent, { type: "started" }>["owner"];
const DECISION: DecisionRecord = { view: 1, settingsVersion: 1, engine: "1", reason: "so" };
const AT_REPORT = { ...DECISION, report: 1 };

const started = (segment: number, until: number | null): DecidedEvent => ({
  ...{ type: "started", trial: 4, segment, until, attempt: 0, owner: OWNER, decision: DECISION },
});
const passed: DecidedEvent = { type: "passed", trial: 4, decision: AT_REPORT };
const paused: DecidedEvent = { type: "paused", trial: 4, end: END, decision: AT_REPORT };
const ended: DecidedEvent = { type: "paused", trial: 4, end: END, values: { loss: 7 }, decision: DECISION };
const stopped: DecidedEvent = {
  ...{ type: "finished", trial: 4, state: "pruned", values: {}, end: END, decision: AT_REPORT },
};

const RESUME: NextDecision = { action: "resume", trial: 2, until: 9, reason: "good" };
const START: NextDecision = { action: "start-new", until: 3 };

/** Says what it was asked. */
function scheduler(next: NextDecision, last?: typeof RESUME | null): Scheduler {
  return {
    name: "said",
    next: () => next,
    ...(last !== undefined && { last: () => last as Extract<NextDecision, { action: "resume" }> | null }),
    onReport: (_view, trial, report) => ({ action: "pause", reason: `${trial.number} at step ${report.step}` }),
    onEnd: (_view, trial) => ({ action: "pause", reason: `${trial.number} with ${JSON.stringify(trial.values)}` }),
  };
}

const reports = [0, 1, 2].map((seq) => ({ seq, step: 10 * seq, values: {} }));
const records = new Map([[4, makeTrial(4, 5, { reports })]]);
const VIEW = makeView({ space: defineSpace({}), metrics: [], rows: [], pending: [], revision: 1, records });

describe("what an event says that was decided", () => {
  it("is its action, with the step to run up to of a trial that starts", () => {
    const said = { trial: 4, reason: "so" };
    expect(decisionOf(started(0, 3), undefined)).toEqual({ ...said, action: "start-new", until: 3 });
    expect(decisionOf(started(1, null), undefined)).toEqual({ ...said, action: "resume", until: null });
    for (const [event, action] of [
      [passed, "pass"],
      [paused, "pause"],
      [stopped, "stop"],
    ] as const)
      expect(decisionOf(event, undefined)).toEqual({ ...said, action, until: null });
  });

  it("is nothing for events that nobody decided", () => {
    const { decision: _decision, ...undecided } = stopped;
    expect([isDecided(stopped), isDecided(undecided), isDecided({ ...undecided, decision: undefined! })]).toEqual([
      true,
      false,
      false,
    ]);
    expect(isDecided({ type: "study-deleted" })).toBe(false);
  });
});

describe("a decision made again", () => {
  it("of a new trial is what comes next, whatever its number", () => {
    expect(decideAgain(scheduler(START), VIEW, started(0, 3))).toEqual({
      ...{ action: "start-new", trial: 4, until: 3, reason: "" },
    });
    expect(decideAgain(scheduler(RESUME, RESUME), VIEW, started(0, 3))).toMatchObject({ action: "resume", trial: 2 });
    expect(decideAgain(scheduler({ action: "wait" }), VIEW, started(0, 3))).toMatchObject({
      ...{ action: "wait", trial: 4, until: null },
    });
    expect(decideAgain(scheduler(START, RESUME as never), VIEW, started(0, 3))).toMatchObject({ action: "start-new" });
  });

  it("of a trial that is run on is the trial that comes next, or else the last one that may", () => {
    const resumed = { action: "resume", trial: 2, until: 9, reason: "good" };
    expect(decideAgain(scheduler(RESUME), VIEW, started(1, 9))).toEqual(resumed);
    expect(decideAgain(scheduler(RESUME, null), VIEW, started(1, 9))).toEqual(resumed);
    expect(decideAgain(scheduler(START, RESUME as never), VIEW, started(1, 9))).toEqual(resumed);
    expect(decideAgain(scheduler(START, null), VIEW, started(1, 9))).toMatchObject({ action: "start-new", until: 3 });
    expect(decideAgain(scheduler(START), VIEW, started(1, 9))).toMatchObject({ action: "start-new", until: 3 });
  });

  it("of a report is what is said of that report", () => {
    for (const event of [passed, paused, stopped])
      expect(decideAgain(scheduler(START), VIEW, event)).toEqual({
        ...{ action: "pause", trial: 4, until: null, reason: "4 at step 10" },
      });
  });

  it("of an end sees the values that the program ended with, or those there are", () => {
    expect(decideAgain(scheduler(START), VIEW, ended).reason).toBe('4 with {"loss":7}');
    const { values: _values, ...plain } = ended as Extract<DecidedEvent, { type: "paused" }>;
    expect(decideAgain(scheduler(START), VIEW, plain).reason).toBe('4 with {"loss":5}');
  });

  it("is none where there is no such trial, or the scheduler judges no ends", () => {
    const none = { action: "none", trial: 4, until: null, reason: "" };
    expect(decideAgain(scheduler(START), { ...VIEW, trial: () => undefined }, paused)).toEqual(none);
    const { onEnd: _onEnd, ...watching } = scheduler(START);
    expect(decideAgain(watching, VIEW, ended)).toEqual(none);
    const silent: Scheduler = { ...watching, onReport: () => ({ action: "continue" }) };
    expect(decideAgain(silent, VIEW, paused)).toEqual({ ...none, action: "continue" });
  });
});
