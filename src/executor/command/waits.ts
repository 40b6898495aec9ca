/** What a program may have to wait for: room in its log, room for its reports, or the reading of files that it wrote. */
export type WaitReason = "log" | "reports" | "files";

/** Lets a program wait as long as there is any reason to: it goes on when the last one is gone. */
export class Waits {
  readonly #reasons = new Set<WaitReason>();
  readonly #onChange: (waits: boolean) => void;

  constructor(onChange: (waits: boolean) => void) {
    this.#onChange = onChange;
  }

  /** True while there is a reason. */
  get any(): boolean {
    return this.#reasons.size > 0;
  }

  /** A reason to wait came or went. */
  set(reason: WaitReason, wait: boolean): void {
    const before = this.any;
    if (wait) this.#reasons.add(reason);
    else this.#reasons.delete(reason);
    if (this.any !== before) this.#onChange(this.any);
  }
}
