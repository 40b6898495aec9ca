import { oomKills } from "./oom-kills.ts";

/** A count this old is still taken as that of a program's start: /proc/vmstat costs a quarter of a millisecond to read. */
const FRESH_MS = 1000;

/** Tells whether the kernel killed processes of this machine for want of memory while a program ran. */
export class OomWatch {
  #kills: number | null = null;
  #readAt = Number.NEGATIVE_INFINITY;

  /** A program starts: what `killedSince` is to be asked with. A kill within the second before may be taken for a later one. */
  begin(): number | null {
    const now = performance.now();
    if (now - this.#readAt >= FRESH_MS) {
      this.#kills = oomKills();
      this.#readAt = now;
    }
    return this.#kills;
  }

  /** False where it cannot be told. */
  killedSince(begun: number | null): boolean {
    return begun !== null && (oomKills() ?? 0) > begun;
  }
}
