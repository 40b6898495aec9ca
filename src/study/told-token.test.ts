import { describe, expect, it } from "vitest";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import type { Asker, Owner } from "../trial/owner.ts";
import type { Attempt, Trial } from "../trial/trial.ts";
import { toldToken } from "./told-token.ts";

const ANN: Asker = { user: "ann", host: "here", machine: "0123" };

function asked(owner: Owner, earlier: readonly Owner[] = []): Trial {
  const attempts = [...earlier, owner].map((one, index): Attempt => {
    const end = { endedAt: null, outcome: null, message: null, exitCode: null, signal: null, checkpoint: null };
    return { index, owner: one, startedAt: 0, ...end };
  });
  return makeTrial(7, 0, { state: "running", segments: [{ index: 0, until: null, attempts }] });
}

const detached = (more: Partial<Owner> = {}): Owner => ({ kind: "detached", token: "t", ...more }) as Owner;

describe("toldToken", () => {
  it("is that of a trial tried once, for the user and the machine that asked", () => {
    expect(toldToken(asked(detached({ asker: ANN })), ANN)).toBe("t");
  });

  it.each<[string, Trial, Asker | null, string]>([
    [
      "another user",
      asked(detached({ asker: ANN })),
      { ...ANN, user: "bob" },
      "asked for by ann on here, not by you here",
    ],
    [
      "another host",
      asked(detached({ asker: ANN })),
      { ...ANN, host: "there" },
      "asked for by ann on here, not by you",
    ],
    [
      "a machine of that name",
      asked(detached({ asker: ANN })),
      { ...ANN, machine: "4" },
      "another machine of that name",
    ],
    ["a user unknown", asked(detached({ asker: ANN })), null, "asked for by ann on here"],
    ["an older ask", asked(detached()), ANN, "who asked for it is not known"],
    ["a second attempt", asked(detached({ asker: ANN }), [detached()]), ANN, "it was tried 2 times"],
  ])("is refused to %s", (_, trial, here, why) => {
    expect(() => toldToken(trial, here)).toThrowError(why);
    expect(() => toldToken(trial, here)).toThrowError(
      /^The token is missing: .* trial 7; where that is gone, take the trial over\.$/,
    );
  });

  it("is that of a trial that was paused at its step and handed out again", () => {
    const { segments, ...rest } = asked(detached({ asker: ANN }), [detached()]);
    const [first, second] = segments[0]!.attempts;
    const before = { index: 0, until: 3, attempts: [{ ...first!, endedAt: 1, outcome: "paused" } as Attempt] };
    expect(toldToken({ ...rest, segments: [before, { index: 1, until: 9, attempts: [second!] }] }, ANN)).toBe("t");
  });

  it("is that of the newest attempt where the trial was taken over", () => {
    const taken = asked(detached({ asker: ANN, handedOver: true }), [detached({ token: "old" })]);
    expect(toldToken(taken, ANN)).toBe("t");
    expect(() => toldToken(taken, { ...ANN, user: "bob" })).toThrowError("asked for by ann");
  });

  it("is none where nobody asked by hand, or the trial has ended", () => {
    const leased: Owner = { kind: "leased", token: "t", process: null, worker: "worker-1" };
    expect(() => toldToken(asked(leased), ANN)).toThrowError("Trial 7 was not asked for by hand");
    expect(() => toldToken({ ...asked(detached({ asker: ANN })), state: "complete" }, ANN)).toThrowError("is complete");
  });
});
