import { OptionReader } from "../../component/option-reader.ts";
import { AttuneError } from "../../errors.ts";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import type { FidelityParameter, Params, Space } from "../../space/index.ts";
import type { JsonValue } from "../../space/json.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Report, Trial } from "../../trial/trial.ts";
import type { EndDecision, NextDecision, ReportDecision, Scheduler, SchedulerStudy } from "../scheduler.ts";
import { bandit } from "./bandit.ts";
import { type Donor, Members, type PausedMember } from "./members.ts";
import { Milestones } from "./milestones.ts";
import { perturb } from "./perturb.ts";
import { readSchedule, type SchedulePart } from "./read-schedule.ts";
import { requireResuming } from "./require-resuming.ts";

interface PbtOptions {
  readonly population: number;
  /** Share of the members at a step that take another's place, and that others begin with. */
  readonly share: number;
  readonly resample: number;
  readonly factor: number;
  readonly explore: "perturb" | "pb2";
  readonly milestones: Milestones;
  readonly fidelity: FidelityParameter | null;
  readonly study: SchedulerStudy | null;
}

/**
 * Population based training, asynchronous: M. Jaderberg et al., "Population Based Training of Neural Networks" (2017). Members pause at multiples of
 * an interval; one among the worst there ends, and another trial begins in its place with the checkpoint and about the parameters of one of the
 * best. With a schedule each member goes by that instead.
 */
export function createPbt(
  options: Readonly<Record<string, JsonValue>>,
  [metric]: readonly Metric[],
  fidelity: FidelityParameter | null = null,
  study: SchedulerStudy | null = null,
): Scheduler {
  const reader = new OptionReader("scheduler pbt", options);
  const schedule = readSchedule(reader.json("schedule"), study?.space ?? null);
  const own = schedule === null ? null : new Scheduled(schedule, fidelity);
  const given = { interval: stepsFrom(reader, "interval"), largest: stepsFrom(reader, "largest") };
  const read = {
    population: reader.integer("population", { low: 2, high: 1000, default: 10 }),
    share: reader.number("share", { low: 0.01, high: 0.5, default: 0.25 }),
    resample: reader.number("resample", { low: 0, high: 1, default: 0.25 }),
    factor: reader.number("factor", { low: 1.001, high: 10, default: 1.25 }),
    explore: reader.word("explore", ["perturb", "pb2"] as const, "perturb"),
  };
  reader.done();
  if (own !== null) return own;
  return new Population({ ...read, milestones: new Milestones(given, fidelity), fidelity, study }, metric);
}

/** A number above 0 that may be left out: then null. */
function stepsFrom(reader: OptionReader, name: string): number | null {
  if (reader.json(name) === null) return null;
  const value = reader.number(name, { low: 0, high: Number.MAX_SAFE_INTEGER, default: 0 });
  if (value > 0) return value;
  throw reader.refuse(name, value, "a number of steps above 0");
}

/** A member pauses where it was to run up to, whoever told first that it came there. */
abstract class Pausing implements Scheduler {
  readonly name = "pbt";
  protected readonly fidelity: FidelityParameter | null;

  constructor(fidelity: FidelityParameter | null) {
    this.fidelity = fidelity;
  }

  abstract next(view: HistoryView): NextDecision;

  onReport(_view: HistoryView, { segments }: Trial, { step }: Report): ReportDecision {
    const until = segments.at(-1)?.until ?? null;
    if (this.fidelity !== null || until === null || step < until) return { action: "continue" };
    return { action: "pause", reason: cameTo(step) };
  }

  /** A program that ended at the step it was to run up to has more to come; one that ended before it had no more. */
  onEnd(view: HistoryView, { number, segments }: Trial): EndDecision {
    const until = segments.at(-1)?.until ?? null;
    if (until === null) return { action: "finish" };
    if (this.fidelity !== null)
      return until < this.fidelity.high
        ? { action: "pause", reason: `ran with ${this.fidelity.name} ${until}` }
        : { action: "finish" };
    const reports = view.reports(number);
    let reached = reports === undefined || reports.length === 0 ? until : Number.NEGATIVE_INFINITY;
    for (let seq = 0; seq < (reports?.length ?? 0); seq++) reached = Math.max(reached, reports!.step(seq));
    return reached < until ? { action: "finish" } : { action: "pause", reason: cameTo(until) };
  }
}

function cameTo(step: number): string {
  return `came to step ${step}, where members are compared`;
}

class Population extends Pausing {
  readonly #options: PbtOptions;
  readonly #metric: Metric | null;
  readonly #members: Members | null;
  readonly least: number;

  constructor(options: PbtOptions, metric: Metric | undefined) {
    super(options.fidelity);
    this.#options = options;
    this.#metric = metric ?? null;
    this.#members = metric === undefined ? null : new Members(metric);
    this.least = options.population;
  }

  next(view: HistoryView): NextDecision {
    const { population, milestones } = this.#options;
    const begin = { action: "start-new", until: milestones.after(0) } as const;
    const members = this.#members;
    if (members === null) return begin;
    members.follow(view);
    if (members.begun < population && members.living < population) return begin;
    for (const member of members.paused) requireResuming(view, members, member.trial, this.fidelity);
    const [first] = members.paused;
    if (first !== undefined) return this.#goOn(view, members, first);
    // A member has come to its end, or failed: its place is free.
    return members.living < population ? begin : { action: "wait" };
  }

  last(view: HistoryView): Extract<NextDecision, { readonly action: "resume" }> | null {
    if (this.#metric === null || this.#members === null) return null;
    this.#members.follow(view);
    const { paused } = this.#members;
    const furthest = paused.filter(({ step, value }) => step === paused.at(-1)!.step && Number.isFinite(value));
    if (furthest.length === 0) return null;
    const sign = this.#metric.direction === "minimize" ? 1 : -1;
    const { trial, step, value } = furthest.reduce((a, b) => (sign * b.value < sign * a.value ? b : a));
    const reason = `the budget's last full run: ${this.#metric.name} ${value} is the best at step ${step}`;
    return { action: "resume", trial, until: null, reason };
  }

  #goOn(view: HistoryView, members: Members, member: PausedMember): NextDecision {
    const { population, milestones } = this.#options;
    const { trial, step, value } = member;
    const results = members.resultsAt(step);
    const better = results.betterThan(value);
    const name = this.#metric!.name;
    const place = `${name} ${value} at step ${step} is better than ${results.length - 1 - better} of the other ${results.length - 1} there`;
    const until = milestones.after(step);
    const goal = until === null ? "its end" : `step ${until}`;
    const on = { action: "resume", trial, until, reason: `goes on to ${goal}: ${place}` } as const;
    if (results.length < Math.max(2, Math.ceil(population / 2))) return on;
    const count = Math.max(1, Math.floor(results.length * this.#options.share));
    if (better < results.length - count) return on;
    const donors = members
      .donorsAt(step, count)
      .filter((donor) => donor.trial !== trial && results.compare(donor.value, value) < 0);
    const source = keyedStreams(this.#options.study?.seed ?? 0, trial, "pbt");
    const donor = donors[source.stream("donor").int(Math.max(1, donors.length))];
    if (donor === undefined) return on;
    return this.#branch(view, member, donor, `${name} ${value} at step ${step} is ${better + 1} of ${results.length}`);
  }

  #branch(view: HistoryView, member: PausedMember, donor: Donor, place: string): NextDecision {
    const params = this.#explored(view, member, donor);
    const { trial, segment, step, value } = donor;
    const reason = `begins with the checkpoint of trial ${trial} at step ${step} in the place of trial ${member.trial}: ${place}, where trial ${trial} had ${value}`;
    const until = this.#options.milestones.after(step);
    return { action: "branch", of: { trial, segment }, replaces: member.trial, params, until, reason };
  }

  #explored(view: HistoryView, { trial: replaced }: PausedMember, { trial, step }: Donor): Params {
    const { params } = view.trial(trial)!;
    const { study, explore, resample, factor } = this.#options;
    if (study === null) return params;
    const source = keyedStreams(study.seed, replaced, "pbt explore");
    const space: Space = study.space;
    if (explore === "perturb") return perturb(space, params, { resample, factor }, source);
    return bandit(
      { view, space, metric: this.#metric!, step, from: params, interval: this.#options.milestones.interval },
      source,
    );
  }
}

/** Members that go by a schedule, each from its own checkpoint. */
class Scheduled extends Pausing {
  readonly #parts: readonly SchedulePart[];
  /** Nobody is compared. */
  readonly #members = new Members({ name: "", direction: "minimize" });

  constructor(parts: readonly SchedulePart[], fidelity: FidelityParameter | null) {
    super(fidelity);
    this.#parts = parts;
  }

  next(view: HistoryView): NextDecision {
    const { fidelity } = this;
    const members = this.#members;
    members.follow(view);
    const [first] = members.paused;
    const parts = this.#parts.length;
    if (first === undefined) {
      const { until, params } = this.#parts[0]!;
      return {
        action: "branch",
        of: null,
        replaces: null,
        params,
        until,
        reason: `part 1 of ${parts} of the schedule`,
      };
    }
    requireResuming(view, members, first.trial, fidelity);
    const donor = members.donor({ trial: first.trial, value: 0 });
    const done = members.lineage(first.trial).length;
    const part = this.#parts[done];
    if (donor === null || part === undefined)
      throw new AttuneError(
        "invalid-argument",
        `Trial ${first.trial} cannot go on by the schedule: it kept no checkpoint at step ${first.step}.`,
      );
    const { until, params } = part;
    const of = { trial: donor.trial, segment: donor.segment };
    return {
      action: "branch",
      of,
      replaces: first.trial,
      params,
      until,
      reason: `part ${done + 1} of ${parts} of the schedule`,
    };
  }
}
