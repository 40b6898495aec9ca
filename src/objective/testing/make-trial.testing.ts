import { encodeNumber } from "../../trial/encoded-number.ts";
import type { Trial } from "../../trial/trial.ts";

/** A complete trial with one metric `loss`, everything else as plain as can be; `more` overrides. */
export function makeTrial(number: number, loss: number, more: Partial<Trial> = {}): Trial {
  return {
    number,
    configuration: number,
    replicate: null,
    params: { x: number },
    spaceVersion: 1,
    origin: "sampler",
    suggestion: null,
    state: "complete",
    outcome: "ok",
    message: null,
    values: { loss: encodeNumber(loss) },
    segments: [],
    reports: [],
    losses: 0,
    proposedRevision: 1,
    startedRevision: 1,
    finishedRevision: 1,
    proposedAt: 0,
    startedAt: 0,
    finishedAt: 0,
    invalid: [],
    attributes: {},
    systemAttributes: {},
    ...more,
  };
}
