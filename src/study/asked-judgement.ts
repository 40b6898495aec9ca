import type { Trial } from "../trial/trial.ts";
import { lastValues } from "./last-values.ts";
import { stopAskedFor } from "./person-requests.ts";
import type { ReportDecided, Scheduling } from "./scheduling.ts";
import type { StudyLog } from "./study-log.ts";

/** Why a trial that was asked for should end early; `pause`: it may be handed out again later, to go on. */
export interface EarlyEnd {
  readonly action: "stop" | "pause";
  /** In words. */
  readonly reason: string;
}

/** Whether a trial that was asked for goes on: the study's scheduler is asked about its reports, each once and in their order. */
export class AskedJudgement {
  readonly #log: StudyLog;
  readonly #scheduling: Scheduling;
  readonly #trial: number;
  readonly #token: string;
  /** Reports that were judged. */
  #judged: number | null = null;
  #decided: ReportDecided | null = null;

  constructor(log: StudyLog, scheduling: Scheduling, trial: number, token: string) {
    this.#log = log;
    this.#scheduling = scheduling;
    this.#trial = trial;
    this.#token = token;
  }

  /** Null: it goes on. Rungs that it passes are written down. A person who stopped it comes first. */
  async earlyEnd(): Promise<EarlyEnd | null> {
    return (await this.#early())?.end ?? null;
  }

  /** Ends the trial early, as was decided; where nothing was, whoever runs it ended it by itself, after `seconds` where they are known. */
  async end(seconds: number | null): Promise<void> {
    const { trial, token } = { trial: this.#trial, token: this.#token };
    const early = await this.#early();
    const message = early?.end.reason ?? "It was ended early by whoever ran it.";
    const end = { message, exitCode: null, signal: null, checkpoint: null, ...(seconds !== null && { seconds }) };
    const decision = early?.decided == null ? {} : { decision: early.decided.record };
    if (early?.end.action === "pause") {
      await this.#log.execute({ type: "pause", trial, token, end: { ...end, outcome: "paused" }, ...decision });
      return;
    }
    const stopped = { ...end, outcome: "stopped" } as const;
    const values = lastValues(this.#log, trial);
    await this.#log.execute({ type: "finish", trial, token, state: "pruned", values, end: stopped, ...decision });
  }

  /** `decided` is null where a person stopped it. */
  async #early(): Promise<{ readonly end: EarlyEnd; readonly decided: ReportDecided | null } | null> {
    const reason = stopAskedFor(this.#log.state, this.#trial);
    if (reason !== null) return { end: { action: "stop", reason }, decided: null };
    const decided = await this.#decide();
    if (decided === null) return null;
    return { end: { action: decided.action === "pause" ? "pause" : "stop", reason: decided.record.reason }, decided };
  }

  /** The scheduler's decision to end it early; null while there is none. */
  async #decide(): Promise<ReportDecided | null> {
    if (this.#decided !== null || !this.#scheduling.watches) return this.#decided;
    this.#judged ??= judgedBefore(this.#log.trial(this.#trial));
    while (this.#judged < this.#log.state.reportCount(this.#trial)) {
      const decided = this.#scheduling.onReport(this.#trial, this.#judged++);
      if (decided === null) continue;
      if (decided.action !== "pass") {
        this.#decided = decided;
        break;
      }
      const command = { type: "pass", trial: this.#trial, token: this.#token, decision: decided.record } as const;
      await this.#log.execute(command);
    }
    return this.#decided;
  }
}

/** Reports up to the newest on which something was decided, by whatever process. */
function judgedBefore({ decisions = [] }: Trial): number {
  return Math.max(0, ...decisions.map(({ report }) => (report === undefined ? 0 : report + 1)));
}
