import { lacksRoom } from "../../storage/lacks-room.ts";
import { killMarked } from "./process-tree.ts";

/** A look at all processes costs some ms, so ended attempts share one a second. */
const INTERVAL_MS = 1_000;

/** Ends what programs left behind outside their process group (daemons), soon after their attempts ended. */
export class LeftoverSweep {
  #markers: string[] = [];
  #timer: NodeJS.Timeout | null = null;
  #sweeping: Promise<unknown> = Promise.resolve();
  #found = false;

  /** True once a program has left something behind. */
  get found(): boolean {
    return this.#found;
  }

  /** The attempt with this marker is over. */
  add(marker: string): void {
    this.#markers.push(marker);
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      const markers = this.#markers;
      this.#markers = [];
      this.#sweeping = killMarked(markers).then(
        (killed) => {
          this.#found ||= killed.length > 0;
        },
        (error: unknown) => {
          if (lacksRoom(error) === null) throw error;
          for (const again of markers) this.add(again);
        },
      );
    }, INTERVAL_MS);
    this.#timer.unref();
  }

  /** Everything of this tuner is over: ends whatever carries the common part of its markers. */
  async end(common: string): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#sweeping;
    await killMarked([common]);
  }
}
