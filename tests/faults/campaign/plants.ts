import type { Patch } from "./build.ts";
import type { ProblemKind } from "./problem.ts";

/** A fault put into a build on purpose. */
export interface Plant {
  /** What it does, in words. */
  readonly name: string;
  /** As what the checks must find it. */
  readonly kind: ProblemKind;
  readonly patches: readonly Patch[];
  /** Faults under which it shows; one seed with them. */
  readonly kinds: readonly string[];
  readonly faults: number;
}

/** What a checker that is worth anything finds: each is a fault that a storage or a tuner might truly have. */
export const PLANTS: readonly Plant[] = [
  {
    name: "transactions are answered and never written",
    kind: "lost",
    patches: [
      {
        file: "storage/sqlite/write-queue.ts",
        from: 'this.#database.exec("COMMIT");',
        to: `const turn = (Reflect.get(globalThis, "planted") ?? 0) + 1;
      Reflect.set(globalThis, "planted", turn);
      const lost = turn > 8 && turn % 3 === 0;
      this.#database.exec(lost ? "ROLLBACK" : "COMMIT");
      if (lost) this.#options.forget();`,
      },
    ],
    kinds: ["stop launcher"],
    faults: 1,
  },
  {
    name: "the work of a living process is taken over",
    kind: "doubled",
    patches: [
      {
        file: "study/liveness.ts",
        from: 'if (state === "alive" && what === "work") return null;',
        to: 'if (state === "alive" && what === "work") return "dead-process";',
      },
      {
        file: "study/reclaim.ts",
        from: "const ended = await endLeftovers([...lost, ...forgotten].flatMap(processOf));",
        to: "const ended = 0;",
      },
    ],
    kinds: ["stop program"],
    faults: 6,
  },
  {
    name: "what a program leaves behind stays",
    kind: "left",
    patches: [
      {
        file: "executor/command/process-tree.ts",
        from: "export async function killMarked(markers: readonly string[]): Promise<readonly number[]> {",
        to: "export async function killMarked(markers: readonly string[]): Promise<readonly number[]> {\n  if (markers.length < 99) return [];",
      },
      {
        // Without control groups only the marks are left.
        file: "executor/command/control-group.ts",
        from: "export function ownControlGroup(): string | null {",
        to: "export function ownControlGroup(): string | null {\n  if (process.platform.length > 0) return null;",
      },
    ],
    kinds: ["program daemon"],
    faults: 1,
  },
  {
    name: "whoever found the file locked sleeps too long, and says nothing",
    kind: "standstill",
    patches: [{ file: "storage/sqlite/retry.ts", from: "await sleep(jitter());", to: "await sleep(30_000);" }],
    kinds: ["hold the lock"],
    faults: 1,
  },
  {
    name: "a file that cannot be read is not reckoned with",
    kind: "code",
    patches: [
      {
        file: "executor/command/describe-end.ts",
        from: "const all = [...log,",
        to: 'if (sources.unreadable.length > 0) throw new TypeError("unreadable");\n  const all = [...log,',
      },
    ],
    kinds: ["swap reports folder"],
    faults: 1,
  },
];
