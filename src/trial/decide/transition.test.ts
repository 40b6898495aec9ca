import { beforeEach, describe, expect, it } from "vitest";
import { foreign, leased, StudyAtWork } from "./study-at-work.testing.ts";

const TOKEN = "token-of-a-worker";

let study: StudyAtWork;
beforeEach(() => {
  study = new StudyAtWork();
});

describe("moving a trial by its state", () => {
  const STATES = ["waiting", "running", "paused", "complete", "pruned", "failed"] as const;
  const move = (from: (typeof STATES)[number], to: (typeof STATES)[number], owner = foreign("f"), trial = 0) =>
    ({ type: "transition", trial, from, to, owner, values: { loss: 1 } }) as const;
  const reach = (state: (typeof STATES)[number]): void => {
    study.enqueue(1);
    if (state === "paused") study.send(move("waiting", "running"));
    if (state === "paused") study.send(move("running", "paused"));
    else if (state !== "waiting") study.send(move("waiting", state));
  };
  const ALLOWED: Readonly<Record<string, readonly string[]>> = {
    waiting: ["running", "complete", "pruned", "failed"],
    running: ["waiting", "paused", "complete", "pruned", "failed"],
    paused: ["running", "complete", "pruned", "failed"],
  };

  it.each(STATES.flatMap((from) => STATES.map((to) => [from, to] as const)))("from %s to %s", (from, to) => {
    reach(from);
    if (ALLOWED[from]?.includes(to)) {
      study.send(move(from, to));
      const outcome = { complete: "ok", pruned: "stopped", failed: "error" }[to as string];
      expect(study.state.trial(0)).toMatchObject({ state: to, ...(outcome !== undefined && { values: { loss: 1 } }) });
      return;
    }
    expect(study.refused(move(from, to))).toMatchObject({
      code: "invalid-argument",
      message: expect.stringContaining(`A trial cannot go from ${from} to ${to}:`),
    });
  });

  it("needs the state that is named, and the trial's owner unless both are another tool's", () => {
    study.enqueue(1);
    study.send(move("waiting", "running"));
    expect(study.refused(move("waiting", "running"))).toMatchObject({
      message: "Trial 0 cannot become running: expected waiting, it is running (held by foreign f).",
    });
    expect(study.refused(move("running", "complete", leased("w")))).toMatchObject({
      message: "Trial 0 belongs to another owner: expected w, it is running (held by foreign f).",
    });
    study.send(move("running", "complete", foreign("g")));
    study.enqueue(2);
    study.claim(leased(TOKEN));
    expect(study.refused(move("running", "failed", foreign("g"), 1))).toMatchObject({
      message: expect.stringContaining("belongs to another owner"),
    });
    study.send(move("running", "failed", leased(TOKEN), 1));
    expect(study.state.trial(1)!.state).toBe("failed");
  });

  it("runs a paused trial on in a segment of its own", () => {
    reach("paused");
    study.send(move("paused", "running"));
    expect(study.state.trial(0)!.segments.map(({ attempts }) => attempts.length)).toEqual([1, 1]);
  });
});
