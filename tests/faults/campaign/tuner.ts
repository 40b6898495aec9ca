import { childrenOf, commandOf, isAlive } from "../support/processes.ts";
import type { Ended, Started } from "../support/scene.ts";

/** A running `attune run` of the campaign, with what it said and what was done to it. */
export class Tuner {
  readonly place: number;
  readonly started: Started;
  /** Id of the tuner itself, also where another program stands before it. */
  pid: number;
  /** Ms of `performance.now()` when it printed last; it began to be silent then. */
  printedAt = performance.now();
  /** True while another program still stands in its place, which is not to be asked anything. */
  opening = false;
  /** True while the campaign lets it stand still. */
  stopped = false;
  /** The campaign killed it, or its launcher, at these moments (seconds since the machine started). */
  readonly killedAt: number[] = [];
  readonly launcherKilledAt: number[] = [];
  /** When it was asked to end, or had to (no room, no working folder). */
  readonly askedAt: number[] = [];
  /** Codes that it may end with besides 0, for what was done; each with the words that it must have said then. */
  readonly mayEndWith = new Map<number, RegExp>();
  /** Signals that it was sent: one that comes when it has done its work ends it as it stands. */
  readonly sent = new Set<NodeJS.Signals>();
  /** Signals sent: the third ends it as it stands, whatever it has not removed yet. */
  signals = 0;
  /** Nobody reads what it prints at present. */
  deaf = false;
  /** Nobody ever sees what it prints. */
  unread = false;
  ended: Ended | null = null;

  constructor(place: number, started: Started) {
    this.place = place;
    this.started = started;
    this.pid = started.pid;
    for (const stream of [started.child.stdout, started.child.stderr])
      stream?.on("data", () => {
        this.printedAt = performance.now();
      });
    void started.ended.then((ended) => {
      this.ended = ended;
    });
  }

  /** Everything that it printed so far. */
  get output(): string {
    return this.started.output;
  }

  /** Ids of its launcher and its guardian, as far as they run. */
  helpers(): { readonly launcher: number | null; readonly guardian: number | null } {
    if (this.ended !== null) return { launcher: null, guardian: null };
    const named = childrenOf(this.pid).map((pid) => [pid, commandOf(pid)] as const);
    const find = (text: string): number | null => named.find(([, command]) => command.includes(text))?.[0] ?? null;
    return { launcher: find("launcher-main"), guardian: find("attune-guardian") };
  }

  get alive(): boolean {
    return this.ended === null && isAlive(this.pid);
  }
}
