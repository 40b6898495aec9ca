import { setTimeout as delay } from "node:timers/promises";
import { lacksRoom } from "../../storage/lacks-room.ts";
import { heldBytes } from "./held-bytes.ts";
import { readStat } from "./process-stat.ts";
import type { ProgramGroup } from "./program-groups.ts";
import { signalProcess } from "./signal-process.ts";
import { type MarkedTree, type TreeMember, treeMembers } from "./tree-members.ts";
import { whyNotFrozen } from "./why-not-frozen.ts";

/** Looks that find nobody new before a tree counts as frozen, and how many may be needed until then. */
const QUIET_LOOKS = 2;
const MOST_LOOKS = 500;
const LOOK_MS = 5;

export interface TreeToFreeze extends MarkedTree {
  /** Of the program alone, or null. */
  readonly controlGroup: ProgramGroup | null;
}

/**
 * A program's processes, stopped in memory: by the freezer of its control group where it has one of its own (no process can tell), and by
 * SIGSTOP, sent to all with its mark and to what these started until two looks in a row find nobody who runs.
 */
export class FrozenTree {
  /** Bytes that it holds: resident, and swapped out. */
  bytes = 0;
  readonly #tree: TreeToFreeze;
  /** Start time by id of those who were sent SIGSTOP: an id may be another's by the time they are woken. */
  readonly #stopped = new Map<number, string>();
  /** Start time by id of those whose mark was not seen at the look before: at the moment of its exec(3) a process shows no environment. */
  #unmarked: ReadonlyMap<number, string> = new Map();
  #boxed = false;
  #over = false;

  private constructor(tree: TreeToFreeze) {
    this.#tree = tree;
  }

  /** Freezes the tree; or leaves it as it was, and answers why, see {@link whyNotFrozen}. */
  static async freeze(tree: TreeToFreeze): Promise<FrozenTree | string> {
    const frozen = new FrozenTree(tree);
    const refused = await frozen.#unlessFull();
    if (refused === null) return frozen;
    frozen.thaw();
    return refused;
  }

  /** Somebody else let it go on: stops it anew. Answers why it could not be, or null. */
  async again(): Promise<string | null> {
    return await this.#unlessFull();
  }

  /** Asks all of it to end, as the first thing that they see when they are woken: none is to train on unasked. */
  terminate(): void {
    const boxed = this.#boxed ? (this.#tree.controlGroup?.processes() ?? []) : [];
    for (const pid of boxed) signalProcess(pid, "SIGTERM");
    for (const [pid, started] of this.#stopped) if (isStill(pid, started)) signalProcess(pid, "SIGTERM");
    this.thaw();
  }

  /** Lets all go on that was stopped here: what had stopped by itself stays so. */
  thaw(): void {
    this.#over = true;
    // Children first: parents that look then find none stopped.
    for (const [pid, started] of [...this.#stopped].toReversed()) {
      if (isStill(pid, started)) signalProcess(pid, "SIGCONT");
    }
    this.#stopped.clear();
    if (this.#boxed) this.#tree.controlGroup?.freeze(false);
    this.#boxed = false;
  }

  async #unlessFull(): Promise<string | null> {
    try {
      return await this.#freeze();
    } catch (error) {
      if (lacksRoom(error) === null) throw error;
      return "could not be looked at, for the system has no open file left";
    }
  }

  async #freeze(): Promise<string | null> {
    this.#boxed = this.#tree.controlGroup?.freeze(true) ?? false;
    for (let looks = 0, quiet = 0; looks < MOST_LOOKS; looks++) {
      const members = this.#doubted(await treeMembers(this.#tree));
      if (this.#over) return null;
      const boxed = new Set(this.#boxed ? this.#tree.controlGroup?.processes() : []);
      const refused = whyNotFrozen(members, boxed);
      if (refused !== null || members.length === 0) return refused ?? "has just ended";
      quiet = this.#stop(members, boxed) ? quiet + 1 : 0;
      if (quiet === QUIET_LOOKS) {
        this.bytes = heldBytes(members.map(({ pid }) => pid));
        return null;
      }
      await delay(quiet > 0 ? 0 : LOOK_MS);
    }
    return "could not be stopped";
  }

  /** Members of a look, but that none counts as strayed that was not so at the look before, or does not stand still yet: it may be in its exec. */
  #doubted(members: readonly TreeMember[]): readonly TreeMember[] {
    const before = this.#unmarked;
    const unmarked = members.filter(({ strayed }) => strayed);
    this.#unmarked = new Map(unmarked.map(({ pid, started }) => [pid, started]));
    return members.map((one) => ({
      ...one,
      strayed: one.strayed && /^[Tt]/.test(one.state) && before.get(one.pid) === one.started,
    }));
  }

  /**
   * True when all of them stand still. So does who waits in the system and was told to stop: it does as soon as it comes back, before any step of its
   * own. A shell that starts a program by vfork(2) comes back only when that runs, and it may have been stopped before.
   */
  #stop(members: readonly TreeMember[], boxed: ReadonlySet<number>): boolean {
    let still = !this.#boxed || this.#tree.controlGroup?.isFrozen() === true;
    for (const { pid, started, state } of members) {
      const isTold = this.#stopped.get(pid) === started;
      if (/^[TtZX]/.test(state) || boxed.has(pid) || (isTold && /^D/.test(state))) continue;
      still = false;
      if (!isStill(pid, started)) continue;
      if (signalProcess(pid, "SIGSTOP")) this.#stopped.set(pid, started);
    }
    return still;
  }
}

/** Whether that id still names that process. Without room to look it does: the signals that are sent harm nobody. */
function isStill(pid: number, started: string): boolean {
  if (process.platform !== "linux") return true;
  try {
    return readStat(pid)?.started === started;
  } catch (error) {
    if (lacksRoom(error) === null) throw error;
    return true;
  }
}
