import type { JobEvents } from "../executor.ts";

export interface ReportFlowOptions {
  readonly room: JobEvents["room"];
  /** Lets the program wait, or go on. */
  readonly onWait: (wait: boolean) => void;
  /** Reads on, as long as there is room. */
  readonly goOn: () => void;
}

/** Lets one attempt's program wait while too many of its reports are not written. Asked before anything is read that may hold one. */
export class ReportFlow {
  readonly #options: ReportFlowOptions;
  #waiting = false;

  constructor(options: ReportFlowOptions) {
    this.#options = options;
  }

  /** Null when more reports may come; else the program waits from now on, and the promise resolves when it is worth asking again. */
  room(): Promise<void> | null {
    const room = this.#options.room();
    if (room !== null && !this.#waiting) {
      this.#waiting = true;
      this.#options.onWait(true);
      void this.#wait(room);
    }
    return room;
  }

  /** What has been read already comes first: it may take all the room there is. */
  async #wait(first: Promise<void>): Promise<void> {
    for (let room: Promise<void> | null = first; room !== null; room = this.#options.room()) {
      await room;
      this.#options.goOn();
    }
    this.#waiting = false;
    this.#options.onWait(false);
  }
}
