import fc from "fast-check";
import type { JsonValue } from "../space/json.ts";
import type { ProposedTrial, StudyCommand } from "./command.ts";
import type { AttemptEnd } from "./event.ts";
import type { HeldOutRun } from "./held-out-run.ts";
import type { ImportedTrial } from "./imported-trial.ts";
import type { Owner } from "./owner.ts";
import { resumableAttempt } from "./resumable-attempt.ts";
import type { StudyState } from "./study-state.ts";
import type { DecisionRecord, Outcome, TrialState } from "./trial.ts";

/** One draw, turned into a command by what the study then is: mostly one that fits, at times one that must be refused. */
export interface Draw {
  readonly type: StudyCommand["type"];
  readonly a: number;
  readonly b: number;
  readonly wrong: boolean;
}

/** Commands that hand out trials only within a limit and never lift what was hidden. */
export const WITHIN_BUDGET: readonly StudyCommand["type"][] = [
  "claim",
  "claim",
  "claim",
  "reserve",
  "commit",
  "release",
  "define",
  "report",
  "finish",
  "finish",
  "return",
  "hand-over",
  "pass",
  "pause",
  "resume",
  "give-up",
  "enqueue",
  "invalidate",
  "set-attribute",
  "record-held-out",
];

export const ALL_COMMANDS: readonly StudyCommand["type"][] = [
  ...WITHIN_BUDGET,
  "branch",
  "start",
  "transition",
  "import",
  "restore",
  "restore",
  "configure",
  "respace",
];

/** Lists of draws of these types. */
export function draws(types: readonly StudyCommand["type"][], maxLength: number): fc.Arbitrary<readonly Draw[]> {
  const draw = fc.record({
    type: fc.constantFrom(...types),
    a: fc.nat(1_000),
    b: fc.nat(1_000),
    wrong: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  });
  return fc.array(draw, { maxLength, size: "max" });
}

export interface CommandWorld {
  /** Spaces that a `respace` chooses from. */
  readonly spaces: readonly JsonValue[];
  readonly limit: number | null;
}

const STATES: readonly TrialState[] = ["waiting", "running", "paused", "complete", "pruned", "failed"];

function pick<T>(list: readonly T[], n: number, other: T): T {
  return list.length === 0 ? other : list[n % list.length]!;
}

function end(outcome: Outcome): AttemptEnd {
  return {
    outcome,
    message: outcome === "ok" ? null : `it was ${outcome}`,
    exitCode: null,
    signal: null,
    checkpoint: null,
  };
}

function owner(state: StudyState, { a, b }: Draw): Owner {
  const token = `t${state.revision}.${b}`;
  if (a % 7 === 5) return { kind: "detached", token };
  if (a % 7 === 6) return { kind: "foreign", token, source: "other" };
  const process = a % 3 === 0 ? null : { boot: "b", namespace: "n", pid: a % 4, started: "1" };
  return { kind: "leased", token, process, worker: `w${a % 4}` };
}

function candidate(state: StudyState, draw: Draw): ProposedTrial {
  const { settingsVersion, spaceVersion, nextNumber, proposalIndex, revision } = state;
  return {
    number: nextNumber + (draw.wrong ? 1 : 0),
    params: { x: draw.a / 1_000, ...(draw.b % 2 === 0 && { y: draw.b }) },
    ...(draw.b % 3 === 0 && { offered: { z: draw.a } }),
    suggestion: {
      view: revision,
      spaceVersion,
      settingsVersion,
      index: proposalIndex,
      batchFirst: nextNumber,
      engine: "1",
      inputs: {},
    },
  };
}

/** A running trial with its token, or the wrong token. */
function held(state: StudyState, draw: Draw): { readonly trial: number; readonly token: string } {
  const trial = pick(state.running(), draw.a, draw.a % 5);
  const token = state.trial(trial)?.segments.at(-1)?.attempts.at(-1)?.owner.token ?? "nobody";
  return { trial, token: draw.wrong ? `${token}!` : token };
}

function someTrial(state: StudyState, draw: Draw): number {
  return draw.wrong ? state.nextNumber + 3 : draw.a % Math.max(1, state.nextNumber);
}

/** The command that a draw means in this state. */
export function commandOf(state: StudyState, draw: Draw, world: CommandWorld): StudyCommand {
  return proposing(state, draw, world) ?? attempt(state, draw) ?? adding(state, draw) ?? overlaying(state, draw, world);
}

function proposing(state: StudyState, draw: Draw, { limit }: CommandWorld): StudyCommand | null {
  const { type, a, b } = draw;
  const until = a % 3 === 0 ? a % 10 : null;
  const made = { ...(b % 4 === 0 && { decision: decision(state, draw) }) };
  if (type === "claim") {
    return {
      type,
      owner: owner(state, draw),
      limit,
      until,
      candidate: b % 5 === 0 ? null : candidate(state, draw),
      ...made,
    };
  }
  if (type === "start")
    return { type, trial: state.nextWaiting() ?? someTrial(state, draw), owner: owner(state, draw), until };
  if (type === "reserve") {
    const evidence = b % 2 === 0 ? "dead-process" : null;
    const holder = state.reservation?.proposer.token ?? null;
    return { type, proposer: owner(state, draw), count: 1 + (a % 4), limit, evidence, holder };
  }
  const token = draw.wrong ? "nobody" : (state.reservation?.proposer.token ?? "nobody");
  if (type === "release") return { type, token };
  if (type !== "commit") return null;
  const { first = 0, count = 1, view = 0, index = 0 } = state.reservation ?? {};
  const trials = Array.from({ length: 1 + (a % count) }, (_none, k) => {
    const { params, offered, suggestion } = candidate(state, draw);
    return {
      number: first + k,
      params,
      ...(offered && { offered }),
      suggestion: suggestion && { ...suggestion, view, index: index + k },
    };
  });
  return { type, token, trials, owner: b % 2 === 0 ? owner(state, draw) : null, until, ...made };
}

function decision(state: StudyState, { a, wrong }: Draw): DecisionRecord {
  const settingsVersion = state.settingsVersion + (wrong ? 1 : 0);
  return { view: state.revision, settingsVersion, engine: "1", reason: `for ${a}` };
}

function attempt(state: StudyState, draw: Draw): StudyCommand | null {
  const { type, a, b } = draw;
  const { trial, token } = held(state, draw);
  const known = state.trial(trial)?.reports.length ?? 0;
  const loss = pick([a / 7, Number.NaN, Number.POSITIVE_INFINITY], b, 0);
  switch (type) {
    case "define": {
      const domain = { type: "float", low: 0, high: b % 3 === 0 ? 1 : 2 };
      const definitions = [a % 3, 4 + (b % 3)].map((n) => ({
        name: n === 0 && draw.wrong ? "x" : `d${n}`,
        domain,
        value: n,
      }));
      const other = someTrial(state, draw);
      if (b % 7 === 0) return { type, trial: other, token: null, definitions, ...(a % 2 === 0 && { oneKind: true }) };
      return { type, trial, token, definitions };
    }
    case "report": {
      const reports = [0, 1].map((k) => ({ seq: Math.max(0, known - (b % 2)) + k, step: known + k, values: { loss } }));
      if (b % 7 === 0) return { type, trial: someTrial(state, draw), token: null, reports };
      return { type, trial, token, reports };
    }
    case "finish": {
      const finished = pick(["complete", "pruned", "failed"] as const, a, "complete");
      return {
        type,
        trial,
        token,
        state: finished,
        values: { loss },
        end: end(finished === "complete" ? "ok" : "stopped"),
        ...(finished === "pruned" && b % 2 === 0 && { decision: decision(state, draw) }),
      };
    }
    case "return":
      return { type, trial, token, evidence: "dead-process", end: end(b % 3 === 0 ? "preempted" : "lost") };
    case "hand-over": {
      const asker = { user: "u", host: "h", machine: "" };
      return { type, trial, token, owner: { kind: "detached", token: `h${a}`, asker, handedOver: true } };
    }
    case "pass":
      return { type, trial, token, decision: { ...decision(state, draw), report: known - 1 - (b % 2) } };
    case "pause":
      return {
        type,
        trial,
        token,
        end: {
          ...end("paused"),
          ...(a % 3 === 0 ? { frozen: { givenUp: null } } : { checkpoint: a % 2 === 0 ? `c${a}` : null }),
        },
        ...(b % 3 === 0 && { values: { loss } }),
        ...(b % 2 === 0 && { decision: { ...decision(state, draw), ...(b % 4 === 0 && { report: known - 1 }) } }),
      };
    default:
      return ofPaused(state, draw, known);
  }
}

function ofPaused(state: StudyState, draw: Draw, known: number): StudyCommand | null {
  const { type, a, b } = draw;
  const trial = pick(state.paused(), a, someTrial(state, draw));
  const keeper = state.frozenBy(trial)?.token;
  const saved = resumableAttempt(state.trial(trial) ?? { segments: [] })?.owner.token;
  if (type === "branch") {
    const { segments } = state.trial(trial) ?? { segments: [] };
    const of = saved !== undefined && b % 3 > 0 ? { trial, segment: segments.length - 1 } : null;
    const replaces = a % 4 === 0 ? null : pick(state.paused(), b, trial);
    const until = b % 2 === 0 ? null : known + a;
    const made = { params: { x: a }, until, limit: null, decision: decision(state, draw) };
    return { type, owner: owner(state, draw), of, replaces, ...made };
  }
  if (type === "give-up" && saved !== undefined && b % 2 === 0)
    return { type, trial, token: saved, checkpoint: "room" };
  if (type === "give-up") return { type, trial, token: keeper ?? `t${b}` };
  if (type !== "resume") return null;
  const until = b % 3 === 0 ? known + a : null;
  const made = { ...(b % 2 === 0 && { decision: decision(state, draw) }) };
  const kept = keeper !== undefined && b % 5 > 0 && { woken: keeper };
  return { type, trial, owner: owner(state, draw), until, limit: null, ...made, ...kept };
}

function imported(n: number, token: string, { a, b }: Draw): ImportedTrial {
  const state = pick(STATES, n, "failed");
  const domain = pick<JsonValue>([{ type: "float", low: 0, high: 900 }, { type: "none of ours" }], n, {});
  const definitions = [
    { name: n % 3 === 0 ? "x" : "d1", domain, value: n },
    { name: "d9", domain: { type: "int", low: 0, high: 1000 }, value: n, given: `<${n}>` },
  ].slice(n % 2);
  return {
    params: n % 3 === 0 ? {} : { x: 0 },
    state,
    values: { loss: n },
    reports: b % 2 === 0 ? [{ seq: 0, step: 3, values: { loss: a } }] : [],
    startedAt: b % 3 === 0 ? 1 : null,
    finishedAt: 2,
    attributes: {},
    ...(a % 4 !== 0 && { definitions, systemAttributes: { k1: `${n}` } }),
    ...(state === "running" && b % 2 === 0 && { owner: { kind: "foreign", token, source: "other" } as const }),
  };
}

function adding(state: StudyState, draw: Draw): StudyCommand | null {
  const { type, a, b } = draw;
  if (type === "enqueue") {
    const replicate =
      b % 3 === 0 && state.nextNumber > 0 ? { of: someTrial(state, draw), index: 1, seed: a, fold: null } : null;
    const offered = b % 2 === 0 ? { offered: { d1: a } } : {};
    return { type, params: { x: a / 1_000 }, ...offered, origin: "user", replicate };
  }
  if (type === "import") {
    return { type, trials: [a, b].map((n, k) => imported(n, `f${state.revision}.${k}`, draw)) };
  }
  if (type !== "transition") return null;
  const trial = someTrial(state, draw);
  const from = state.trial(trial)?.state ?? "waiting";
  const to = pick(STATES, b, "failed");
  const owner = { kind: "foreign", token: `f${b}`, source: "other" } as const;
  return { type, trial, from, to, owner, values: a % 3 === 0 ? null : { loss: a } };
}

function heldOutRun(state: StudyState, draw: Draw): HeldOutRun {
  const { a, b } = draw;
  return {
    number: a,
    role: pick(["winner", "runner-up", "default", "chosen", "neighbour"] as const, b, "winner"),
    trial: state.nextNumber === 0 ? null : someTrial(state, draw),
    params: { x: b / 1_000 },
    seed: a,
    command: { shell: "test" },
    metric: "loss",
    ...(b % 3 === 0 && { metrics: ["loss", "ms"] }),
    reading: {},
    values: { loss: pick([a / 7, Number.NaN], b, 0) },
    end: end(b % 4 === 0 ? "exit-code" : "ok"),
    startedAt: a,
    endedAt: a + b,
  };
}

function overlaying(state: StudyState, draw: Draw, world: CommandWorld): StudyCommand {
  const trial = someTrial(state, draw);
  const { a, b } = draw;
  switch (draw.type) {
    case "invalidate":
      return { type: "invalidate", trial, reason: null };
    case "restore":
      return { type: "restore", trial };
    case "record-held-out":
      return { type: "record-held-out", run: heldOutRun(state, draw) };
    case "configure": {
      const extra = { n: a };
      const sampler = { ...state.settings.sampler, options: { n: b % 2 } };
      const expectedVersion = state.settingsVersion - (draw.wrong ? 1 : 0);
      return { type: "configure", settings: { ...state.settings, sampler, extra }, expectedVersion };
    }
    case "respace":
      return {
        type: "respace",
        space: pick(world.spaces, a, {}),
        note: null,
        expectedVersion: state.spaceVersion,
        ...(world.spaces.length > 1 &&
          b % 2 === 0 && { carry: { was: { x: b / 1000, y: b }, renamed: b % 4 === 0 ? { x: "y" } : {} } }),
      };
    default:
      return {
        type: "set-attribute",
        trial: b % 2 === 0 ? null : trial,
        system: a % 2 === 0,
        key: `k${a % 3}`,
        text: `${b}`,
        ...(b % 3 === 0 && { whileOpen: true }),
      };
  }
}
