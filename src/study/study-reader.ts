import {
  chooseFromFront,
  type FrontNarrowing,
  type FrontPoint,
  findBest,
  type HealthFinding,
  narrowChoice,
  type StudyReport,
  studyHealth,
  summarize,
} from "../analysis/index.ts";
import type { CostSource } from "../analysis/study-costs.ts";
import { compileLimits } from "../objective/index.ts";
import type { Space } from "../space/index.ts";
import type { JsonValue, Params } from "../space/json.ts";
import type { ChangeRequest } from "../trial/change-request.ts";
import type { HeldOutRun } from "../trial/held-out-run.ts";
import type { TrialList } from "../trial/list/trial-list.ts";
import type { Metric } from "../trial/metric.ts";
import type { StudyDefinition, StudySettings } from "../trial/study-definition.ts";
import type { Trial } from "../trial/trial.ts";
import { explainScheduler } from "./explain-scheduler.ts";
import { frontChoices } from "./front-choices.ts";
import type { KnownStudy } from "./known-study.ts";
import { requestOf, type StudyRequested } from "./person-requests.ts";
import type { RanParams } from "./ran-params.ts";
import { type RemoteCommand, unacceptedCommands } from "./remote-commands.ts";
import { type StudyPlots, studyPlots } from "./study-plots.ts";

/** What a study tells to those who only look: a space, a metric, and every trial ever made, as they were read from the storage. */
export class StudyReader<P = Params> {
  readonly id: string;
  /** Where the study is kept. */
  readonly location: string;
  readonly #known: KnownStudy;

  /** Use `openToLook`. */
  constructor(known: KnownStudy, id: string, location: string) {
    this.#known = known;
    this.id = id;
    this.location = location;
  }

  get name(): string {
    return this.definition.name;
  }

  get definition(): StudyDefinition {
    return this.#known.state.definition;
  }

  get settings(): StudySettings {
    return this.#known.state.settings;
  }

  /** The objectives, with the goals in force. */
  get metrics(): readonly Metric[] {
    return this.#known.state.metrics;
  }

  /** The limits in force, in canonical text; empty where there are none. */
  get limits(): readonly string[] {
    return this.settings.limits ?? [];
  }

  /** Of the newest change that is known here. */
  get revision(): number {
    return this.#known.revision;
  }

  /** Of the space in force; the first is 1. */
  get spaceVersion(): number {
    return this.#known.state.spaceVersion;
  }

  /** What a person asked the study's runs for last; null for nothing. */
  get requested(): StudyRequested | null {
    return requestOf(this.#known.state);
  }

  /** Programs that the study would start and that were set over a server, while no person has accepted them on this machine. */
  get unaccepted(): readonly RemoteCommand[] {
    return unacceptedCommands(this.#known.state);
  }

  /** What was answered to a request that changed the study; undefined for one that did not. StorageConflict for an id that came with another. */
  answerTo(request: ChangeRequest): JsonValue | undefined {
    return this.#known.state.answerTo(request);
  }

  /** How many trials there are. */
  get length(): number {
    return this.#known.state.nextNumber;
  }

  /** A trial to look at some fields of, before another is looked at; undefined where there is none. */
  view(number: number): Trial<RanParams<P>> | undefined {
    return this.#known.state.view(number) as Trial<RanParams<P>> | undefined;
  }

  get seed(): number {
    return this.definition.seed;
  }

  get space(): Space {
    return this.#known.space;
  }

  /** The space, and what programs asked for while they ran, under the conditions that their trials show. */
  get spaceWithAsked(): Space {
    return this.#known.spaceWithAsked;
  }

  /** How many trials the budget (`trials`) was spent on: those that came to an end of their own, none that is invalid or was imported ended. */
  get trialsSpent(): number {
    return this.#known.state.budget.trialsSpent;
  }

  /** Runs on held-out data, oldest first. */
  get heldOut(): readonly HeldOutRun[] {
    return this.#known.state.heldOut;
  }

  /** All trials in number order, as of the last command or refresh. */
  trials(): readonly Trial<RanParams<P>>[] {
    return this.#known.state.trials() as readonly Trial<RanParams<P>>[];
  }

  /**
   * The same for a look through very many: fields are read when they are asked for, made anew each time. Such a trial is neither
   * spread nor written as a whole.
   *
   * @experimental
   */
  views(): readonly Trial<RanParams<P>>[] {
    return this.#known.state.views() as readonly Trial<RanParams<P>>[];
  }

  /**
   * The same as they are now, to look at all of them by one thing after the other, without an object for each.
   *
   * @experimental
   */
  list(): TrialList {
    return this.#known.state.list();
  }

  /** What callers keep with the study, JSON text by key. */
  get attributes(): Readonly<Record<string, string>> {
    return this.#known.state.attributes;
  }

  /** Names of the metrics that trials have values of. */
  get measured(): ReadonlySet<string> {
    return this.#known.state.measured;
  }

  /** What trials have cost so far, and how far the paused ones came. */
  get costs(): CostSource {
    return this.#known.state;
  }

  /** Winner with its uncertainty and what it leads over, or the front, failures by cause, counts: as of the last command or refresh. */
  summary(): StudyReport<RanParams<P>> {
    const { metrics, space, costs } = this;
    return summarize(this.list(), metrics, space, compileLimits(this.limits), costs) as StudyReport<RanParams<P>>;
  }

  /** What is odd about the study, what matters most first: see docs/guide/health.md. As of the last command or refresh. */
  health(): readonly HealthFinding[] {
    const list = this.list();
    return studyHealth(list, this, findBest(list, this.metrics, null, compileLimits(this.limits)));
  }

  /**
   * How far its front is narrowed by what somebody answered of its points.
   *
   * @experimental
   */
  narrowed(front: readonly FrontPoint<unknown>[]): FrontNarrowing {
    const choices = frontChoices(this.#known.state);
    return narrowChoice(front as readonly FrontPoint[], this.metrics, choices, (number) =>
      this.#known.state.view(number),
    );
  }

  /** The trial of a front that was chosen, or that is preferred by what was answered of its points; null where nobody said anything. */
  preferredOf(front: readonly Pick<FrontPoint, "number" | "values">[]): number | null {
    const choices = frontChoices(this.#known.state);
    if (choices.answers.length === 0 && choices.taken === null) return null;
    const { preference } = narrowChoice(front, this.metrics, choices, (number) => this.#known.state.view(number));
    return chooseFromFront(front, this.metrics, preference)?.preferred?.number ?? null;
  }

  /** What the study's scheduler goes by, in words; null for one whose name says it all. */
  explainScheduler(): string | null {
    return explainScheduler(this.#known);
  }

  /** The figures of the study as it is known here, by name: `await study.plot.history()`. */
  get plot(): StudyPlots {
    return studyPlots(this);
  }

  /** The unit that a metric's values have (`s`, `B`), null for none; undefined before a program gave one. */
  unitOf(metric: string): string | null | undefined {
    return this.#known.state.unitOf(metric);
  }

  /** @throws AttuneError `unknown-trial`. */
  trial(number: number): Trial<RanParams<P>> {
    return this.#known.trial(number) as Trial<RanParams<P>>;
  }

  /** A trial's values as its program gets them: its params, and what is derived from them. */
  programParams(number: number): Params {
    return this.#known.programParams(this.#known.trial(number));
  }
}
