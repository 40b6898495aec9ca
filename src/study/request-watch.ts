import { requestOf } from "./person-requests.ts";
import type { StudyLog } from "./study-log.ts";

/** How often a run looks for what persons ask of it, which nobody tells while its trials are silent. */
const LOOK_MS = 1_000;

/** What a run is told when a person asks something of it. */
export interface RequestWatchEvents {
  /** The run is to end as by a first Ctrl-C. */
  readonly stop: () => void;
  /** New trials may begin, or may not. */
  readonly paused: (paused: boolean) => void;
  /** Something else changed. */
  readonly look: () => void;
  readonly fail: (error: unknown) => void;
}

/** Looks for what persons ask of a run through the study's log: a stop that was asked for before the run began is of no concern to it. */
export class RequestWatch {
  readonly #log: StudyLog;
  readonly #events: RequestWatchEvents;
  #known: string | null = null;
  #paused = false;
  #timer: NodeJS.Timeout | null = null;
  #unfollow: (() => void) | null = null;

  constructor(log: StudyLog, events: RequestWatchEvents) {
    this.#log = log;
    this.#events = events;
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** The log has been read to its end before. */
  start(): void {
    const request = requestOf(this.#log.state);
    this.#known = request?.id ?? null;
    if (request?.request === "pause") this.#pause(true);
    this.#unfollow = this.#log.follow((news) => {
      if (news.some(({ event }) => event.type === "attribute-set")) this.#check();
    });
    this.#timer = setInterval(() => void this.#look(), LOOK_MS);
  }

  close(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#unfollow?.();
  }

  async #look(): Promise<void> {
    try {
      if ((await this.#log.storage.revision(this.#log.id)) > this.#log.revision) await this.#log.refresh();
    } catch (error) {
      this.#events.fail(error);
    }
  }

  #check(): void {
    const request = requestOf(this.#log.state);
    if (request !== null && request.id !== this.#known) {
      this.#known = request.id;
      this.#pause(request.request === "pause");
      if (request.request === "stop") this.#events.stop();
    }
    this.#events.look();
  }

  #pause(paused: boolean): void {
    if (paused === this.#paused) return;
    this.#paused = paused;
    this.#events.paused(paused);
  }
}
