import { AttuneError } from "../../errors.ts";
import type { RpcMethods } from "../../protocol/json-rpc/json-rpc-peer.ts";
import { requireSamplerFor } from "../../sampler/registry.ts";
import { type Space, spaceFromJson, spaceToJson } from "../../space/index.ts";
import type { JsonValue, Params } from "../../space/json.ts";
import type { StudyEvent } from "../../trial/event.ts";
import type { ComponentChoice } from "../../trial/study-definition.ts";
import { JointSuggester } from "../joint-suggester.ts";
import { StudyProjection } from "../study-projection.ts";
import { readAsk, readInitialize, readTold, type TrialTold } from "./read-sampler-call.ts";
import { SAMPLER_PROTOCOL } from "./sampler-protocol.ts";

const OWNER = { kind: "foreign", token: "", source: "sampler" } as const;
const OUTCOMES = { complete: "ok", pruned: "stopped", failed: "reported-failed" } as const;
const NO_END = { message: null, exitCode: null, signal: null, checkpoint: null } as const;

/** One conversation about one space: what was told as a log, from which suggestions are made as a study makes them from its own. */
class Conversation {
  readonly #study = new StudyProjection();
  readonly #suggester = new JointSuggester(this.#study);
  readonly #space: Space;
  /** What no ask has seen yet. */
  readonly #told: TrialTold[] = [];
  readonly #ended = new Set<number>();
  /** Suggestions made so far. */
  #made = 0;

  constructor(sampler: ComponentChoice, { space, metrics, seed }: ReturnType<typeof readInitialize>) {
    requireSamplerFor(sampler.name, metrics, []);
    const settings = { sampler, scheduler: { name: "none", options: {} }, command: null, extra: {} };
    const definition = { name: "asked", metrics, space: spaceToJson(space), settings, seed };
    this.#add({ type: "study-created", definition });
    // Made once, so that options it does not take are told before anything is asked.
    this.#suggester.samplerFor(this.#study.space);
    this.#space = spaceFromJson(definition.space);
  }

  /** What is told counts from the next ask on: only then are all trials with smaller numbers known. */
  tell(params: JsonValue): void {
    const { metrics } = this.#study.state;
    const told = readTold(params, this.#space, metrics, (number) => this.#study.state.trial(number)?.params);
    const ended = told.filter(({ state, number }) => state !== "paused" && number !== undefined);
    const numbers = new Set<number>();
    for (const { number } of ended) {
      if (this.#hasEnded(number!) || numbers.has(number!)) throw alreadyEnded(number!);
      numbers.add(number!);
    }
    for (const number of numbers) this.#ended.add(number);
    this.#told.push(...told);
  }

  ask(params: JsonValue): JsonValue {
    const asked = readAsk(params, this.#space);
    this.#settle(asked.pending ?? []);
    const { state } = this.#study;
    const number = asked.number ?? state.nextNumber;
    if (number < state.nextNumber) throw taken(number, state.nextNumber);
    this.#skipTo(number);
    const place = { number, index: asked.index ?? this.#made, view: state.revision };
    const inputs: Record<string, number> = asked.remaining === null ? {} : { remaining: asked.remaining };
    const made = this.#suggester.suggest(place, asked.count, inputs);
    this.#made += made.length;
    for (const trial of made) this.#begin(trial.number, trial.params);
    return { trials: made.map(({ number, params }) => ({ number, params })) };
  }

  #hasEnded(number: number): boolean {
    const known = this.#study.state.trial(number);
    return this.#ended.has(number) || (known !== undefined && known.invalid.length > 0);
  }

  /** Trials begin in the order of their numbers, and end in the order in which they were told. */
  #settle(pending: readonly { readonly number: number; readonly params: Params }[]): void {
    const told = this.#told.splice(0);
    const numbered = [...told, ...pending].filter(({ number }) => number !== undefined);
    for (const { number, params } of numbered.toSorted((a, b) => a.number! - b.number!))
      if (this.#study.state.trial(number!) === undefined) this.#begin(number!, params);
    for (const trial of told) this.#end(trial);
  }

  #end({ number, params, state, values, step }: TrialTold): void {
    const trial = number ?? this.#study.state.nextNumber;
    if (number === undefined) this.#begin(trial, params);
    if (step !== undefined) {
      const seq = this.#study.state.reportCount(trial);
      this.#add({ type: "reported", trial, reports: [{ seq, step, values }] });
    }
    if (state === "paused") this.#add({ type: "paused", trial, end: { outcome: "paused", ...NO_END } });
    else {
      this.#add({ type: "finished", trial, state, values, end: { outcome: OUTCOMES[state], ...NO_END } });
    }
  }

  #begin(trial: number, params: Params): void {
    this.#skipTo(trial);
    this.#add({ type: "proposed", trial, params, origin: "user", suggestion: null, replicate: null });
    this.#add({ type: "started", trial, segment: 0, until: null, attempt: 0, owner: OWNER });
  }

  /** Numbers of which nothing was said stand for trials that count for nothing. */
  #skipTo(number: number): void {
    for (let trial = this.#study.state.nextNumber; trial < number; trial++) {
      this.#add({ type: "proposed", trial, params: {}, origin: "user", suggestion: null, replicate: null });
      this.#add({ type: "invalidated", trial, reason: null });
    }
  }

  #add(event: StudyEvent): void {
    this.#study.apply([{ revision: this.#study.revision + 1, at: 0, event }]);
  }
}

function taken(number: number, next: number): AttuneError {
  return new AttuneError("invalid-argument", `Trial ${number} is there already; the next number is ${next}.`);
}

function alreadyEnded(number: number): AttuneError {
  const way =
    "each trial is told once, in the order in which they end; begin anew with initialize to tell another story";
  return new AttuneError("invalid-argument", `Trial ${number} has ended already, or was passed over; ${way}.`);
}

/** Attune's sampler of that name as a program answers for it: the methods of docs/reference/sampler-protocol.md. */
export function samplerMethods(sampler: ComponentChoice): RpcMethods {
  let conversation: Conversation | null = null;
  const begun = (): Conversation => {
    if (conversation !== null) return conversation;
    throw new AttuneError("invalid-argument", "Nothing is known of a space yet; call initialize first.");
  };
  return {
    initialize: (params) => {
      conversation = new Conversation(sampler, readInitialize(params));
      return { protocol: SAMPLER_PROTOCOL, name: sampler.name };
    },
    tell: (params) => {
      begun().tell(params);
      return {};
    },
    ask: (params) => begun().ask(params),
    shutdown: () => ({}),
  };
}
