import { chooseFromFront, type FrontPoint, type StudyReport, type Winner } from "../analysis/index.ts";
import { AttuneError } from "../errors.ts";
import { currentAsker } from "../executor/current-asker.ts";
import type { Executor } from "../executor/executor.ts";
import type { TrialHandle } from "../executor/function/function-executor.ts";
import { createExecutor } from "../executor/registry.ts";
import { readPreference } from "../objective/index.ts";
import { checkOptions, OPTION } from "../space/check-options.ts";
import type { Parameter } from "../space/index.ts";
import type { JsonValue, Params } from "../space/json.ts";
import { shownValue } from "../space/shown-value.ts";
import { userCalls } from "../space/user-call.ts";
import type { ClaimedTrial } from "../trial/command.ts";
import type { HeldOutRun } from "../trial/held-out-run.ts";
import type { ImportedTrial } from "../trial/imported-trial.ts";
import type { Measured } from "../trial/measured.ts";
import { ASK_OPTION_KINDS, type AskOptions, abortOf, ownerOfAsked, type Requested } from "./ask-options.ts";
import { AskedJudgement } from "./asked-judgement.ts";
import { AskedTrial } from "./asked-trial.ts";
import { checkImports } from "./check-imports.ts";
import type { EditAcceptance } from "./edit-acceptance.ts";
import { editObjectives, type ObjectivesEdit, type ObjectivesEditReport } from "./edit-objectives.ts";
import { editStudySpace, type SpaceEditReport, type StudySpaceEdit } from "./edit-study-space.ts";
import { endTold } from "./end-told.ts";
import { enqueuedParams, replicatedParams } from "./enqueued-params.ts";
import { Explainer, type SuggestionExplanation } from "./explainer.ts";
import { choiceCommands } from "./front-choices.ts";
import { detachedOwner } from "./new-owner.ts";
import { requestCommand, type StudyRequest, stopTrialCommand } from "./person-requests.ts";
import { Proposer } from "./proposer.ts";
import { changeNotices, type Provenance, provenance, type RunNote } from "./provenance.ts";
import type { RanParams } from "./ran-params.ts";
import { reclaimLostTrials } from "./reclaim.ts";
import { acceptCommand } from "./remote-commands.ts";
import { Replay, type ReplayReport } from "./replay.ts";
import { Run } from "./run.ts";
import { trialSeed } from "./run-job.ts";
import { RUN_OPTION_KINDS } from "./run-option-kinds.ts";
import type { RunOptions, RunSummary } from "./run-options.ts";
import { ScheduledAsk } from "./scheduled-ask.ts";
import { Scheduling } from "./scheduling.ts";
import type { ShownPage } from "./show-page.ts";
import type { StudyLog } from "./study-log.ts";
import { StudyReader } from "./study-reader.ts";
import { endOfTold, isStopped, type Told } from "./tell.ts";
import { holderOf, tokenOf, toldToken } from "./told-token.ts";

/** System attribute that holds the newest run's provenance as JSON. */
const PROVENANCE_KEY = "attune.provenance";
const PROPOSER_MS = 1_000;
const REPLAY_CHUNK = 20_000;

/** A function to tune: params in, the value of the one objective (or values by metric) out. */
export type Objective<P, M extends string = string, N extends number = number> = (
  trial: TrialHandle<P, M, N>,
) => Measured<M, N> | Promise<Measured<M, N>>;

export interface OptimizeOptions extends Partial<RunOptions> {
  /** Trials at a time; default 1. */
  readonly workers?: number;
  /** Ends the run like a first Ctrl-C. */
  readonly signal?: AbortSignal;
}

/** How a run ended, and what the study has found so far. */
export interface OptimizeResult<P = Params, M extends string = string> extends RunSummary {
  /** The best configuration by one objective; null while none has a finite value, and with several objectives. */
  readonly best: Winner<RanParams<P>> | null;
  /** Configurations that keep the limits and that no other one of these dominates; of one objective the best alone. */
  readonly front: readonly FrontPoint<RanParams<P>, M>[];
  /** The point at which the front bends most: past it more of one objective costs most of another. Null while there is none. */
  readonly knee: FrontPoint<RanParams<P>, M> | null;
}

/** A study: a space, objectives, and every trial ever made, kept in a storage. */
export class Study<P = Params, M extends string = string, N extends number = number> extends StudyReader<P> {
  /** False when the study was there before. */
  readonly created: boolean;
  /** What changed when an existing study was continued, in sentences. */
  readonly notices: readonly string[];
  readonly #log: StudyLog;
  readonly #proposer: Proposer;
  readonly #scheduling: Scheduling;
  /** Those that ask, by how many trials the study is to have in all. */
  readonly #asks = new Map<number | null, ScheduledAsk>();
  readonly #owned: boolean;
  /** Trials asked for here and not told about yet: their parameters must be in the log before their end. */
  readonly #open = new Map<number, AskedTrial<P, M, N>>();

  /** Use `createStudy` or `openStudy`. */
  constructor(
    log: StudyLog,
    made: { readonly created: boolean; readonly owned: boolean; readonly notices: readonly string[] },
  ) {
    super(log, log.id, log.storage.location);
    this.#log = log;
    this.#proposer = new Proposer(log);
    this.#scheduling = new Scheduling(log);
    this.created = made.created;
    this.notices = made.notices;
    this.#owned = made.owned;
  }

  /** The parameters that functions and programs have asked for so far, beside those of the space. */
  get askedParameters(): readonly Parameter[] {
    return this.#log.asked;
  }

  /** Reads what other processes did. */
  async refresh(): Promise<void> {
    await this.#log.refresh();
  }

  /**
   * Hands out the next trial to run: where the study's scheduler gives steps to run up to, up to the one in its `until`, or a paused trial to
   * go on with. Its owner is this process, or, detached, whoever shows the token: without end, or for `expires`
   * seconds, after which it is lost and waits to be tried again.
   *
   * @throws AttuneError `exhausted` when the sampler has nothing left (a grid that is done), `invalid-argument` for a time that is none.
   */
  async ask(options: AskOptions = {}): Promise<AskedTrial<P, M, N>> {
    checkOptions("study.ask", options, ASK_OPTION_KINDS);
    const owner = ownerOfAsked(options);
    this.#scheduling.requireByHand();
    for (;;) {
      const { revision } = this.#log;
      const next = await this.#asksUpTo(options.trials ?? null).next(owner, options.request);
      if (next.kind === "trial") return this.#asked(next, tokenOf(this.#log.state, next) ?? owner.token);
      if (next.kind === "exhausted") throw this.#exhausted();
      if (next.kind === "done") throw this.#allHandedOut();
      if (options.signal?.aborted) throw this.#nothingYet();
      // The scheduler waits for trials that run, of which some may be lost.
      if (this.#scheduling.promotes) await this.reclaim();
      // Else another process is proposing, or stands still with its right to.
      await this.#log.news(revision, PROPOSER_MS, abortOf(options.signal));
    }
  }

  /**
   * Gives back a trial that was asked for and not begun: it waits to be handed out again, and counts as no attempt that was lost.
   *
   * @throws StorageConflict when its token no longer owns it.
   */
  async giveBack({ number: trial, token }: Pick<AskedTrial<P, M, N>, "number" | "token">): Promise<void> {
    const message = "It was given back before it began.";
    const end = { outcome: "preempted", message, exitCode: null, signal: null, checkpoint: null } as const;
    await this.#log.execute({ type: "return", trial, token, evidence: "self", end });
    this.#open.delete(trial);
  }

  #asked({ trial: number, until }: ClaimedTrial, token: string): AskedTrial<P, M, N> | Promise<never> {
    try {
      return this.#handle(number, token, until, true);
    } catch (error) {
      return this.tell(number, { failed: true, message: String(error) }, { token }).then(() => Promise.reject(error));
    }
  }

  /**
   * A trial that was asked for elsewhere, or before, for whoever shows its token: to report about, and to ask for parameters and whether to
   * go on. Whether the token still holds it is told by the first of these.
   *
   * @throws AttuneError `unknown-trial`.
   * @experimental
   */
  asked(number: number, token: string): AskedTrial<P, M, N> {
    const open = this.#open.get(number);
    if (open?.token === token) return open;
    return this.#handle(number, token, this.#log.trial(number).segments.at(-1)?.until ?? null, false);
  }

  #handle(number: number, token: string, until: number | null, handedOut: boolean): AskedTrial<P, M, N> {
    const params = this.#log.programParams(this.#log.state.view(number) ?? this.#log.trial(number)) as P;
    const judgement = new AskedJudgement(this.#log, this.#scheduling, number, token);
    const made = { number, params, token, seed: trialSeed(this.seed, number), until };
    const asked = new AskedTrial<P, M, N>({ log: this.#log, judgement, handedOut }, made);
    // Whoever shows a token that does not hold the trial takes nobody's place.
    if (handedOut || this.#holder(number) === token) this.#open.set(number, asked);
    return asked;
  }

  #holder(number: number): string | undefined {
    return this.#log.state.view(number)?.segments.at(-1)?.attempts.at(-1)?.owner.token;
  }

  /**
   * Says how a trial that was asked for ended; of one with a step to run up to, that it has come there: the study's scheduler may pause it,
   * to be handed out again later.
   *
   * @param trial - what `ask` gave, or its number, with `options.token` where another user, machine or attempt may have it.
   * @throws StorageConflict when the token no longer owns the trial; AttuneError `invalid-argument` when one is needed.
   */
  async tell(
    trial: AskedTrial<P, M, N> | number,
    told: Told<M, N>,
    options: { readonly token?: string } = {},
  ): Promise<void> {
    checkOptions("study.tell", options, { token: OPTION.text });
    const number = typeof trial === "number" ? trial : trial.number;
    const token = options.token ?? (typeof trial === "number" ? this.#ownToken(trial) : trial.token);
    const asked = typeof trial === "number" ? this.#open.get(trial) : trial;
    if (isStopped(told)) await this.asked(number, token).endEarly();
    else {
      const ended = endOfTold(told, this.metrics, asked?.seconds ?? undefined);
      if (asked?.hasMore) await asked.flush();
      if (this.#scheduling.promotes)
        await endTold(this.#log, this.#scheduling, {
          trial: number,
          token,
          ended,
          hasFidelity: this.space.fidelity !== undefined,
        });
      else await this.#log.execute({ ...ended, type: "finish", trial: number, token });
    }
    this.#open.delete(number);
  }

  /**
   * Takes over a trial that was asked for by hand and whose token is gone: that token owns it no more, and the trial can be told
   * about without one by this user on this machine.
   *
   * @throws AttuneError `invalid-argument` for a trial that does not run or was not asked for by hand.
   */
  async takeOver(number: number): Promise<void> {
    const { owner } = holderOf(this.#log.trial(number));
    const mine = { ...detachedOwner(), handedOver: true } as const;
    await this.#log.execute({ type: "hand-over", trial: number, token: owner.token, owner: mine });
  }

  /**
   * Adds a configuration to be tried next, completed from defaults. Values of parameters that the function asks for may be among
   * them; it draws the others.
   */
  async enqueue(params: Partial<P> | (Partial<P> & Params), requested: Requested = {}): Promise<number> {
    const parts = enqueuedParams(this.#log, params as Params);
    const command = { type: "enqueue", ...parts, origin: "enqueued", replicate: null, ...requested } as const;
    return (await this.#log.execute(command)).number;
  }

  /** Adds another run of a trial's configuration with a seed of its own, in [0, 2^31); `index` counts its replicates. */
  async replicate(of: number, index: number, seed: number): Promise<number> {
    const replicate = { of: this.trial(of).configuration, index, seed, fold: null };
    const parts = replicatedParams(this.#log, this.#log.trial(of));
    return (await this.#log.execute({ type: "enqueue", ...parts, origin: "enqueued", replicate })).number;
  }

  /** What another run of a trial would be given now, and the configuration it would be of; null where nothing was run like that. */
  again(number: number): { readonly params: Params; readonly configuration: number | null } {
    const { params, offered } = replicatedParams(this.#log, this.#log.trial(number));
    return {
      params: { ...offered, ...params },
      configuration: this.#log.state.configurationOf(params, offered ?? null),
    };
  }

  /**
   * Adds trials made elsewhere: samplers learn from them, no budget counts them.
   *
   * @throws AttuneError `invalid-params` when one does not fit the space; then none is added.
   */
  async importTrials(trials: readonly ImportedTrial[], requested: Requested = {}): Promise<readonly number[]> {
    checkImports(trials, this.space, this.metrics);
    return (await this.#log.execute({ type: "import", trials, ...requested })).numbers;
  }

  /** Keeps a value of the user's with a trial, or with the study (null), under a key. */
  async setAttribute(trial: number | null, key: string, value: JsonValue): Promise<void> {
    await this.#log.execute({ type: "set-attribute", trial, system: false, key, text: JSON.stringify(value) });
  }

  /**
   * Changes the space of the study; the trials so far keep counting. What would be lost is told, and only done when `accept` is
   * true. The types of `params` stay those the study was opened with: open it again to have the new ones.
   *
   * @throws AttuneError `study-changed` when something would be lost or is left open; then nothing is changed.
   * @example
   * await study.editSpace({ set: { lr: float(1e-6, 1, { log: true }) }, add: { dropout: float(0, 0.5) }, was: { dropout: 0 } });
   */
  async editSpace(edit: StudySpaceEdit, options: EditAcceptance = {}): Promise<SpaceEditReport> {
    return await editStudySpace(this.#log, edit, options);
  }

  /** Gains and loses objectives whose values were kept. AttuneError `study-changed` where something would be lost, unless accepted. */
  async editObjectives(edit: ObjectivesEdit, options: EditAcceptance = {}): Promise<ObjectivesEditReport> {
    return await editObjectives(this.#log, edit, options);
  }

  /** Hides a trial from samplers, winners and the budget; `restore` lifts it again. */
  async invalidate(trial: number, reason: string | null = null): Promise<void> {
    await this.#log.execute({ type: "invalidate", trial, reason });
  }

  async restore(trial: number): Promise<void> {
    await this.#log.execute({ type: "restore", trial });
  }

  /**
   * Tunes a function, or the module at a path in worker threads (for CPU-bound ones).
   *
   * @example
   * await study.optimize(async ({ params }) => train(params), { trials: 100, workers: 4 });
   */
  async optimize(objective: Objective<P, M, N> | string, options: OptimizeOptions = {}): Promise<OptimizeResult<P, M>> {
    checkOptions("study.optimize", options, RUN_OPTION_KINDS);
    checkObjective(objective);
    const workers = options.workers ?? 1;
    const executor =
      typeof objective === "string"
        ? await createExecutor("module", { modulePath: objective, workers })
        : await createExecutor("function", { run: objective as unknown as Objective<Params> });
    const summary = await this.run(executor, options);
    const { winner, front, knee } = this.summary();
    return { ...summary, best: winner, front, knee };
  }

  /**
   * The point of the front that a preference chooses: by weights, `sharpe: 2, drawdown: 1`, or by what comes first,
   * `drawdown <= 0.1, then sharpe`; left out, what was told to `choose`. Null while there is no front, or nothing was told. AttuneError `invalid-argument` for a preference that cannot be read.
   */
  preferred(preference?: string): FrontPoint<RanParams<P>, M> | null {
    const { front } = this.summary();
    const read = preference === undefined ? this.narrowed(front).preference : readPreference(preference, this.metrics);
    const chosen = chooseFromFront(front, this.metrics, read)?.preferred;
    return front.find(({ number }) => number === chosen?.number) ?? null;
  }

  /** Takes a trial of the front; with `over`, says that it is preferred to these; null forgets all. AttuneError `invalid-argument` off the front. @experimental */
  async choose(trial: number | null, over: readonly number[] = []): Promise<void> {
    for (const command of choiceCommands(this.#log.state, this, trial, over)) await this.#log.execute(command);
  }

  /** Winner with its uncertainty and what it leads over, or the front, failures by cause, counts: as of the last command or refresh. */
  override summary(): StudyReport<RanParams<P>, M> {
    return super.summary() as StudyReport<RanParams<P>, M>;
  }

  /** Tunes with an executor, which is closed in the end. */
  async run(executor: Executor, options: OptimizeOptions): Promise<RunSummary> {
    checkOptions("study.run", options, RUN_OPTION_KINDS);
    const complete: RunOptions = {
      trials: options.trials ?? null,
      workers: options.workers ?? 1,
      timeout: options.timeout ?? null,
      budget: options.budget ?? null,
      target: options.target ?? null,
      patience: options.patience ?? null,
      mayStart: options.mayStart,
      grace: options.grace ?? 10,
      keepGoing: options.keepGoing ?? false,
      unscheduled: options.unscheduled ?? false,
      freeze: options.freeze ?? "auto",
      freezeMemory: options.freezeMemory ?? null,
      checkpointSpace: options.checkpointSpace ?? null,
      stop: options.stop ?? options.signal,
      kill: options.kill,
      onEvent: options.onEvent,
    };
    try {
      return await new Run(this.#log, this.#proposer, executor, complete).execute();
    } finally {
      await Promise.all([this.#proposer.rest(), executor.close()]);
    }
  }

  /** Notes commit, files and versions of the run that begins; answers what changed since the last one, in sentences. */
  async noteProvenance(run?: RunNote): Promise<readonly string[]> {
    const now = { ...(await provenance(this.settings.command)), ...(run !== undefined && { run }) };
    const before = this.provenance();
    const text = JSON.stringify(now);
    await this.#log.execute({ type: "set-attribute", trial: null, system: true, key: PROVENANCE_KEY, text });
    return before === null ? [] : changeNotices(before, now);
  }

  /** What was noted at the newest run, or null. */
  provenance(): Provenance | null {
    const text = this.#log.state.systemAttributes[PROVENANCE_KEY];
    return text === undefined ? null : (JSON.parse(text) as Provenance);
  }

  /**
   * Asks every run of the study, in whatever process: to `stop` as by a first Ctrl-C, to `pause`, so that no new trial begins, or to `continue`.
   *
   * @experimental
   */
  async request(request: StudyRequest): Promise<void> {
    await this.#log.execute(requestCommand(request));
  }

  /** Shows the study in the browser, by a process of its own; `open: false` only answers the address. AttuneError `invalid-argument` in memory. @experimental */
  async ui({ open = true }: { readonly open?: boolean } = {}): Promise<ShownPage> {
    return await (await import("./show-page.ts")).showPage({ location: this.location, study: this.name, open });
  }

  /**
   * Ends a trial early wherever it runs, as by a scheduler.
   *
   * @throws StorageConflict once it has ended.
   * @experimental
   */
  async stopTrial(trial: number, reason: string | null = null): Promise<void> {
    await this.#log.execute(stopTrialCommand(trial, reason));
  }

  /**
   * Accepts the programs of `unaccepted`, which are refused to be started before.
   *
   * @experimental
   */
  async acceptCommands(): Promise<void> {
    await this.#log.execute(acceptCommand(this.#log.state));
  }

  /** Keeps a run on held-out data with the study: no sampler, ranking or budget ever sees it. */
  async recordHeldOut(run: HeldOutRun): Promise<void> {
    await this.#log.execute({ type: "record-held-out", run });
  }

  /** Takes back trials whose process is gone, so that they wait for another attempt; what it left running on this machine is ended. */
  async reclaim(): Promise<readonly number[]> {
    return (await reclaimLostTrials(this.#log)).trials;
  }

  /** Recomputes every suggestion from what its sampler was allowed to see and compares bit for bit. */
  async replay(): Promise<ReplayReport> {
    return (await this.#replayed(new Replay())).report();
  }

  /**
   * How a trial came to be suggested and what its sampler expected of it, recomputed from the view it was made from. Several
   * trials cost less together than one by one.
   *
   * @throws AttuneError `unknown-trial` when there is no such trial.
   */
  async why(number: number): Promise<SuggestionExplanation>;
  async why(numbers: readonly number[]): Promise<readonly SuggestionExplanation[]>;
  async why(asked: number | readonly number[]): Promise<SuggestionExplanation | readonly SuggestionExplanation[]> {
    const trials = (typeof asked === "object" ? asked : [asked]).map((number) => this.#log.trial(number));
    const explanations = await new Explainer(this.#log).explainAll(trials);
    return typeof asked === "object" ? explanations : explanations[0]!;
  }

  async #replayed(replay: Replay): Promise<Replay> {
    const newest = await this.#log.storage.revision(this.#log.id);
    for (let read = 0; read < newest; read += REPLAY_CHUNK) {
      const upTo = Math.min(read + REPLAY_CHUNK, newest);
      for (const logged of await this.#log.storage.read(this.#log.id, read, upTo)) replay.add(logged);
    }
    return replay;
  }

  /** Removes the study; its log stays in the storage, marked as deleted. */
  async delete(): Promise<void> {
    await this.#log.execute({ type: "delete" });
  }

  /** Closes the storage if this study opened it. */
  async close(): Promise<void> {
    if (this.#log.isClosed) return;
    await Promise.allSettled([...this.#open.values()].map((trial) => trial.flush()));
    this.#log.close();
    await this.#proposer.close();
    if (this.#owned) await this.#log.storage.close();
  }

  #ownToken(number: number): string {
    return this.#open.get(number)?.token ?? toldToken(this.#log.trial(number), currentAsker());
  }

  #asksUpTo(limit: number | null): ScheduledAsk {
    const known = this.#asks.get(limit);
    if (known !== undefined) return known;
    const { log, proposer, scheduling } = { log: this.#log, proposer: this.#proposer, scheduling: this.#scheduling };
    const asks = new ScheduledAsk({ log, proposer, scheduling, frozen: null, limit, budget: null });
    this.#asks.set(limit, asks);
    return asks;
  }

  #allHandedOut(): AttuneError {
    return new AttuneError("exhausted", `Study "${this.name}" has had all the trials that are wanted.`);
  }

  #nothingYet(): AttuneError {
    const message = `No trial of study "${this.name}" can be handed out yet: its scheduler waits for those that run. Ask again.`;
    return new AttuneError("conflict", message);
  }

  #exhausted(): AttuneError {
    const { name } = this.settings.sampler;
    return new AttuneError("exhausted", `The ${name} sampler has nothing left to suggest for study "${this.name}".`);
  }
}

userCalls(Study);

function checkObjective(objective: unknown): void {
  if (typeof objective === "function" || typeof objective === "string") return;
  const message = `study.optimize was given ${shownValue(objective)} to tune; give a function, or the path of a module.`;
  throw new AttuneError("invalid-argument", message);
}
