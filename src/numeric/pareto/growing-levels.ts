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

  /** How many points there are. */
  get length(): number {
    return this.countBefore(this.#levels.length);
  }

  /** How many points the fronts before one have. */
  countBefore(level: number): number {
    let count = 0;
    for (let k = 0; k < level; k++) count += this.#levels[k]!.length;
    return count;
  }

  /** The first front with a point that is wanted; -1 where there is none. */
  levelWith(isWanted: (id: number) => boolean): number {
    return this.#levels.findIndex((level) => level.some(({ id }) => isWanted(id)));
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
  /** Takes out the point with this id. What it alone kept from its front comes to it, what that kept from the next comes there. */
  delete(id: number, point: ArrayLike<number>): void {
    let level = this.levelOf(point);
    let gone = (this.#levels[level] ?? []).filter((held) => held.id === id);
    while (gone.length > 0) {
      const left = this.#levels[level]!.filter((held) => !gone.includes(held));
      // Where a whole front went all that come behind it move up as they are.
      if (left.length === 0) {
        this.#levels.splice(level, 1);
        return;
      }
      const isFreed = ({ point: own }: Held): boolean =>
        gone.some((one) => isDominated(one.point, own)) && !left.some((one) => isDominated(one.point, own));
      const coming = (this.#levels[level + 1] ?? []).filter(isFreed);
      this.#levels[level] = [...left, ...coming];
      gone = coming;
      level += 1;
    }
  }
}
