import { isDominated } from "./is-dominated.ts";

interface Held {
  readonly id: number;
  readonly point: ArrayLike<number>;
}

/**
 * Points by fronts as they come, every coordinate to be made small and finite: the fronts are those of `dominanceRanks`. A point that comes pushes those that it dominates from its front to the next
 * one, these push others on (Li, Deb, Zhang, Suganthan and Chen, "Efficient nondomination level update method for steady-state evolutionary multiobjective
 * optimization", 2017).
 */
export class GrowingLevels {
  readonly #levels: Held[][] = [];

  /** How many points each front has, the first best. */
  get sizes(): readonly number[] {
    return this.#levels.map(({ length }) => length);
  }

  /** The points of a front, by id. */
  at(level: number): readonly Held[] {
    return (this.#levels[level] ?? []).toSorted((a, b) => a.id - b.id);
  }

  /** The front that a point is on or would be on: the first of which none dominates it. */
  levelOf(point: ArrayLike<number>): number {
    // What a front dominates all fronts before it do.
    let [low, high] = [0, this.#levels.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#levels[middle]!.some((held) => isDominated(held.point, point))) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Takes a point in whose id none has yet. */
  add(id: number, point: ArrayLike<number>): void {
    let level = this.levelOf(point);
    let coming: Held[] = [{ id, point }];
    while (coming.length > 0) {
      const staying: Held[] = [];
      const pushed: Held[] = [];
      for (const held of this.#levels[level] ?? [])
        (coming.some((one) => isDominated(one.point, held.point)) ? pushed : staying).push(held);
      this.#levels[level] = [...staying, ...coming];
      // What pushes a whole front on moves all that come behind it as they are.
      if (staying.length === 0 && pushed.length > 0) {
        this.#levels.splice(level + 1, 0, pushed);
        return;
      }
      coming = pushed;
      level += 1;
    }
  }
}
