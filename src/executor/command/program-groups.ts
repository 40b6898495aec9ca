import path from "node:path";
import {
  endControlGroup,
  freezeControlGroup,
  isControlGroupFrozen,
  processesIn,
  removeControlGroup,
} from "./control-group.ts";

/** How long the processes of a group may take to go once they are killed. */
const END_LOOKS = 50;
const END_LOOK_MS = 20;

interface Group {
  readonly folder: string;
  members: number;
  /** The launcher will start no program in it any more. */
  isLeft: boolean;
}

/** The control group that a program was started in. */
export interface ProgramGroup {
  /** True when nothing runs in it, or it cannot be told which of its programs' it is. */
  isEmpty(): boolean;
  /** Stops all that runs in it and whatever starts there, or lets it go on; false where it is not this program's alone, or cannot be. */
  freeze(frozen: boolean): boolean;
  /** Whether all in it stand still by then. */
  isFrozen(): boolean;
  /** Ids of the processes in it. */
  processes(): readonly number[];
  /** Kills all that runs in it, where it is this program's alone; answers how many processes there were. */
  kill(): number;
  /** The program is over: to be called once. The last of a group's programs kills what is left in it. */
  leave(): number;
}

/** The control groups of a launcher's programs, as their tuner sees them: ended with their last program, lest one ends what another has begun. */
export class ProgramGroups {
  readonly folder: string;
  readonly #groups = new Map<number, Group>();
  #kept: string[] = [];

  /** `folder`: the group that the launcher makes them in. */
  constructor(folder: string) {
    this.folder = folder;
  }

  /** A program was started in that group. */
  join(number: number): ProgramGroup {
    const group = this.#groups.get(number) ?? { folder: this.#folderOf(number), members: 0, isLeft: false };
    this.#groups.set(number, group);
    group.members += 1;
    return {
      isEmpty: () => !isOfOne(group) || processesIn(group.folder).length === 0,
      freeze: (frozen) => isOfOne(group) && freezeControlGroup(group.folder, frozen),
      isFrozen: () => isControlGroupFrozen(group.folder),
      processes: () => processesIn(group.folder),
      kill: () => (isOfOne(group) ? endControlGroup(group.folder).length : 0),
      leave: () => {
        group.members -= 1;
        return this.#endIfOver(number, group);
      },
    };
  }

  /** No program will be started in that group any more. */
  left(number: number): void {
    const group = this.#groups.get(number);
    if (group === undefined) {
      removeControlGroup(this.#folderOf(number));
      return;
    }
    group.isLeft = true;
    this.#endIfOver(number, group);
  }

  /** The launcher is gone: ends all of them. */
  end(looks = END_LOOKS): void {
    endControlGroup(this.folder);
    if (looks > 0 && !removeControlGroup(this.folder)) setTimeout(() => this.end(looks - 1), END_LOOK_MS).unref();
  }

  #endIfOver(number: number, { folder, members, isLeft }: Group): number {
    if (!isLeft || members > 0) return 0;
    this.#groups.delete(number);
    const killed = endControlGroup(folder);
    // What was just killed may hold it a moment longer.
    this.#kept = [...this.#kept, folder].filter((one) => !removeControlGroup(one));
    return killed.length;
  }

  #folderOf(number: number): string {
    return path.join(this.folder, String(number));
  }
}

function isOfOne({ members, isLeft }: Group): boolean {
  return isLeft && members === 1;
}
