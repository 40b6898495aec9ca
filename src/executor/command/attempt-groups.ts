import path from "node:path";
import { endControlGroup, enterControlGroup, makeControlGroup, removeControlGroup } from "./control-group.ts";

/** To go into a group takes from 0.05 to 30 ms, in which this process stands still: it may be this part of all time, ... */
const SHARE = 0.05;
/** ... and more than that for a while, so that programs which begin together and run long have a group each. */
const MOST_CREDIT_MS = 2_000;
/** How long the processes of a group may take to go once they are killed. */
const END_LOOKS = 200;
const END_LOOK_MS = 5;

/**
 * The control groups of a launcher's programs. The launcher stands in a group when it starts a program, so that all that the program ever starts
 * is born there, and goes to the next one then. Where programs are started faster than that can be paid for, some share a group.
 */
export class AttemptGroups {
  readonly #folder: string;
  readonly #onLeave: (group: number) => void;
  #last = 0;
  #current: number | null = null;
  #isUsed = false;
  #credit = 0;
  #creditAt = performance.now();
  #timer: NodeJS.Timeout | null = null;

  /** `folder`: a group made for this launcher. `onLeave` is told a group's number when no program will be started in it any more. */
  constructor(folder: string, onLeave: (group: number) => void) {
    this.#folder = folder;
    this.#onLeave = onLeave;
    this.#move();
    // No program waited for that.
    this.#credit = MOST_CREDIT_MS;
  }

  /** Number of the group, named so below the folder, that a program started now is born in; null where there is none. */
  get current(): number | null {
    return this.#current;
  }

  /** A program was started in the current group, and its tuner was told. */
  goOn(): void {
    if (this.#current === null) return;
    this.#isUsed = true;
    this.#moveSoon();
  }

  /** Ends all that is in the groups and removes them; to be called when this process is about to end. */
  end(): void {
    this.#goHome();
    for (let look = 0; look < END_LOOKS; look++) {
      endControlGroup(this.#folder);
      if (removeControlGroup(this.#folder)) return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, END_LOOK_MS);
    }
  }

  #moveSoon(): void {
    if (this.#timer !== null || !this.#isUsed) return;
    const now = performance.now();
    this.#credit = Math.min(MOST_CREDIT_MS, this.#credit + (now - this.#creditAt));
    this.#creditAt = now;
    if (this.#credit > 0) {
      this.#move();
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#moveSoon();
    }, 1 - this.#credit);
  }

  #move(): void {
    const before = this.#current;
    const number = ++this.#last;
    const group = path.join(this.#folder, String(number));
    const begun = performance.now();
    if (makeControlGroup(group) && enterControlGroup(group)) {
      this.#current = number;
      this.#isUsed = false;
      if (before !== null) this.#onLeave(before);
    } else {
      removeControlGroup(group);
      this.#goHome();
    }
    this.#credit -= (performance.now() - begun) / SHARE;
  }

  /** From where no group can be had any more, programs are started outside of them. */
  #goHome(): void {
    const before = this.#current;
    if (before === null) return;
    if (!enterControlGroup(path.dirname(this.#folder))) throw new Error(`${this.#folder} cannot be left.`);
    this.#current = null;
    this.#onLeave(before);
  }
}
