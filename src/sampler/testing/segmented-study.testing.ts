import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import type { RandomStream } from "../../numeric/random/stream-source.ts";
import { boolean, float, int } from "../../space/builders.ts";
import { defineSpace } from "../../space/define-space.ts";
import type { JsonValue, Params } from "../../space/json.ts";
import type { Space } from "../../space/space.ts";
import { spaceToJson } from "../../space/space-json.ts";
import { ended, leased, StudyAtWork } from "../../trial/decide/study-at-work.testing.ts";
import { History } from "../../trial/history.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { DecisionRecord } from "../../trial/trial.ts";

const DECLARED = defineSpace({ lr: float(1e-4, 1, { log: true }), layers: int(1, 6), wide: boolean() });
const WIDER = defineSpace({ lr: float(1e-5, 1, { log: true }), layers: int(1, 8), wide: boolean() });

/** What a sampler sees when a suggestion is due. */
export interface SuggestionDue {
  readonly space: Space;
  readonly view: HistoryView;
  readonly number: number;
  readonly index: number;
}

/**
 * A study whose trials are run in segments: they report, ask for parameters (at first or on later segments, of ranges that widen), pass
 * rungs, are paused, resumed, lost, hidden, and end in any order. What comes next is drawn from a seed.
 */
export class SegmentedStudy {
  readonly #study = new StudyAtWork(spaceToJson(DECLARED));
  readonly #history: History;
  readonly #metrics: readonly string[];
  readonly #stream: RandomStream;
  #declared = DECLARED;

  /** `metrics` are the names of its objectives. */
  constructor(seed: number, metrics: readonly string[] = ["loss"]) {
    this.#metrics = metrics;
    this.#history = new History(metrics, this.#study.state);
    this.#stream = keyedStreams(seed, "segments").stream("segments");
  }

  /** From a process that has read all of it as it came (`warm`), or from one that begins with what there is now. */
  due(from: "warm" | "cold"): SuggestionDue {
    const { state, log } = this.#study;
    const history = from === "warm" ? this.#history : new History(this.#metrics, state);
    for (const logged of log.slice(history.revision)) history.apply(logged);
    const { nextNumber: number, proposalIndex: index } = state;
    return { space: history.spaceAt(state.revision, this.#declared), view: history.view(), number, index };
  }

  /** Begins a trial with the suggested parameters, those that are declared; the others are offered. */
  begin(params: Params): void {
    const { state } = this.#study;
    const declared = this.#declared.parameters.map(({ name }) => name);
    const entries = Object.entries(params);
    const offered = Object.fromEntries(entries.filter(([name]) => !declared.includes(name)));
    const candidate = {
      number: state.nextNumber,
      params: Object.fromEntries(entries.filter(([name]) => declared.includes(name))),
      ...(Object.keys(offered).length > 0 && { offered }),
      suggestion: null,
    };
    this.#study.claim(leased(`t${state.revision}`), { until: 1, candidate });
  }

  /** Something happens to some trial that runs or is paused. */
  happen(): void {
    const { state } = this.#study;
    const paused = state.paused().filter((trial) => !state.isInvalid(trial));
    const running = state.running();
    const kind = this.#pick(8);
    if (kind === 0 && paused.length > 0) this.#resume(paused[this.#pick(paused.length)]!);
    else if (running.length > 0) this.#run(running[this.#pick(running.length)]!, kind);
  }

  /** Trials of before count by a wider space from now on. */
  respace(): void {
    this.#declared = WIDER;
    const space = spaceToJson(WIDER);
    this.#study.send({ type: "respace", space, note: null, expectedVersion: this.#study.state.spaceVersion });
  }

  #pick(count: number): number {
    return Math.floor(this.#stream.float() * count);
  }

  #resume(trial: number): void {
    const { state } = this.#study;
    this.#study.send({ type: "resume", trial, owner: leased(`t${state.revision}`), until: null, limit: null });
  }

  #run(trial: number, kind: number): void {
    const { state } = this.#study;
    const { reports, segments } = state.trial(trial)!;
    const { token } = segments.at(-1)!.attempts.at(-1)!.owner;
    const values = Object.fromEntries(this.#metrics.map((name) => [name, this.#stream.normal()]));
    const made = { view: state.revision, settingsVersion: state.settingsVersion, engine: "1", reason: "drawn" };
    const report = { seq: reports.length, step: reports.length + 1, values };
    if (kind < 3 || reports.length === 0) this.#study.send({ type: "report", trial, token, reports: [report] });
    else if (kind === 3) this.#ask(trial, token);
    else if (kind === 4) this.#pass(trial, token, { ...made, report: reports.length - 1 });
    else if (kind === 5) this.#study.finish(trial, token, values);
    else if (kind === 6) this.#study.send({ type: "pause", trial, token, end: ended("paused"), decision: made });
    else if (this.#pick(3) === 0) this.#study.send({ type: "invalidate", trial, reason: null });
    else this.#study.send({ type: "restore", trial });
  }

  /** With the newest report, unless a row has taken it in. */
  #pass(trial: number, token: string, decision: DecisionRecord & { readonly report: number }): void {
    const taken = this.#study.state.tables.trials.get(trial)!.ends.at(-1)?.reports ?? 0;
    if (decision.report >= taken) this.#study.send({ type: "pass", trial, token, decision });
  }

  /** Asks for a parameter that nobody declared, of a range that grows from trial to trial. */
  #ask(trial: number, token: string): void {
    const known = this.#study.state.trial(trial)!.definitions ?? [];
    const high = 2 + (trial % 3);
    const domains: readonly JsonValue[] = [
      { type: "float", low: 0, high },
      { type: "choice", choices: ["a", "b", ...(trial % 2 === 0 ? [] : ["c"])] },
    ];
    const names = ["dropout", "kind"].filter((name) => !known.some((one) => one.name === name));
    const [name] = names;
    if (name === undefined) return;
    const which = name === "dropout" ? 0 : 1;
    const value = which === 0 ? this.#stream.float() * high : ["a", "b"][this.#pick(2)]!;
    this.#study.send({ type: "define", trial, token, definitions: [{ name, domain: domains[which]!, value }] });
  }
}
