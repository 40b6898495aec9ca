import { AttuneError } from "../errors.ts";
import { manyObjectives } from "../executor/many-objectives.ts";
import { type DefineByRun, defineByRun, type Parameter } from "../space/index.ts";
import type { JsonValue, Params } from "../space/json.ts";
import { encodeValues } from "../trial/encode-values.ts";
import type { Reported } from "../trial/measured.ts";
import type { Report } from "../trial/trial.ts";
import type { AskedJudgement, EarlyEnd } from "./asked-judgement.ts";
import { ReportQueue } from "./report-queue.ts";
import { secondsSince } from "./seconds-since.ts";
import type { StudyLog } from "./study-log.ts";
import { TrialParameters } from "./trial-parameters.ts";

interface AskedTrialSetup {
  readonly log: StudyLog;
  readonly judgement: AskedJudgement;
  /** Whether it was handed out just now. */
  readonly handedOut: boolean;
}

/** A trial handed out by `study.ask()`, to be told about with `study.tell()`. */
export class AskedTrial<P = Params, M extends string = string, N extends number = number> implements DefineByRun {
  readonly number: number;
  readonly params: P;
  /** Proof of ownership: needed to tell from another process. */
  readonly token: string;
  /** For the program's own randomness, in [0, 2^31). */
  readonly seed: number;
  /** Step to run up to, or the fidelity to run with, which is among the parameters too; null for the program's own end. */
  readonly until: number | null;
  readonly #log: StudyLog;
  readonly #judgement: AskedJudgement;
  /** Made when the first parameter is asked for, which most trials never do. */
  #parameters: TrialParameters | null = null;
  #byRun: DefineByRun | null = null;
  readonly #begun: number | null;
  #reports: ReportQueue | null = null;

  constructor(
    { log, judgement, handedOut }: AskedTrialSetup,
    { number, params, token, seed, until }: Pick<AskedTrial<P>, "number" | "params" | "token" | "seed" | "until">,
  ) {
    this.#log = log;
    this.#judgement = judgement;
    this.#begun = handedOut ? performance.now() : null;
    this.number = number;
    this.params = params;
    this.token = token;
    this.seed = seed;
    this.until = until;
  }

  get float(): DefineByRun["float"] {
    return this.#asking.float;
  }

  get int(): DefineByRun["int"] {
    return this.#asking.int;
  }

  get choice(): DefineByRun["choice"] {
    return this.#asking.choice;
  }

  get ordinal(): DefineByRun["ordinal"] {
    return this.#asking.ordinal;
  }

  get boolean(): DefineByRun["boolean"] {
    return this.#asking.boolean;
  }

  get #asking(): DefineByRun {
    this.#byRun ??= defineByRun((parameter) => this.define(parameter));
    return this.#byRun;
  }

  /**
   * The value of a parameter that is asked for while the trial runs, in whatever form it was declared; `chosen` is one that the caller
   * decided on itself, which replay then takes as it is.
   *
   * @throws AttuneError `invalid-params` when the name stands for something else in this trial.
   * @experimental
   */
  define(parameter: Parameter, chosen?: JsonValue): JsonValue {
    this.#parameters ??= new TrialParameters(this.#log, this.number, this.token);
    return this.#parameters.ask(parameter, chosen);
  }

  /** How many reports of it are in the storage, as far as is known here. */
  get reportCount(): number {
    return this.#log.state.reportCount(this.number);
  }

  /** Seconds since it was handed out; null where that was not here. */
  get seconds(): number | null {
    return this.#begun === null ? null : secondsSince(this.#begun);
  }

  /** Writes the one objective's value, or values by metric, at a step (a whole number or any finite number that grows). */
  async report(step: number, value: Reported<M, N>): Promise<void> {
    const names = this.#log.state.metrics.map(({ name }) => name);
    const many = typeof value === "number" ? manyObjectives(names) : null;
    if (many !== null) {
      const message = `Trial ${this.number} is reported with ${value}, and ${many.has}; give ${many.takes}.`;
      throw new AttuneError("invalid-argument", message);
    }
    const values = typeof value === "number" ? { [names[0]!]: value } : value;
    if (!Number.isFinite(step)) {
      throw new AttuneError(
        "invalid-argument",
        `Trial ${this.number} is reported at step ${step}; a step is a finite number.`,
      );
    }
    this.#reports ??= new ReportQueue(
      () => this.#log.state.reportCount(this.number),
      0,
      (reports) => this.#write(reports),
    );
    await this.#reports.push({ step, values: encodeValues(values) });
  }

  /**
   * Whether the trial should end early, by the study's scheduler or a person, as far as its reports are in the storage; null: it goes on.
   * Then tell it as `{ stopped: true }`.
   */
  async shouldStop(): Promise<EarlyEnd | null> {
    await this.flush();
    return await this.#judgement.earlyEnd();
  }

  /** Ends it early: as its scheduler decided, else as whoever runs it did. */
  async endEarly(): Promise<void> {
    await this.flush();
    await this.#judgement.end(this.seconds);
  }

  #write(reports: readonly Report[]): Promise<unknown> {
    const defined = this.#parameters?.flush();
    const written = this.#log.execute({ type: "report", trial: this.number, token: this.token, reports });
    return Promise.all([defined, written]);
  }

  /** True where parameters were asked for or reports made: they must be in the storage before the trial's end. */
  get hasMore(): boolean {
    return this.#reports !== null || this.#parameters !== null;
  }

  /**
   * Resolves once all parameters that were asked for and all reports are in the storage; `report` and `tell` see to it themselves. A
   * report that could not be written is told to whoever made it.
   */
  async flush(): Promise<void> {
    await this.#reports?.flush().catch(() => undefined);
    await this.#parameters?.flush();
  }
}
