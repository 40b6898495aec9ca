import { existsSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openStudy, type Trial } from "../../src/index.ts";
import { Scene, type Started } from "./support/scene.ts";

const root = path.join(import.meta.dirname, "..", "..");
const PLACES = ["reports", "stop", "log", "checkpoint", "metrics", "events"] as const;
const KINDS = ["pipe", "folder", "device", "circle", "endless"] as const;
type Swap = `${(typeof PLACES)[number]} ${(typeof KINDS)[number]}`;

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
});
afterEach(async () => await scene.close());

function tune(places: readonly string[], kinds: readonly string[], ...more: readonly string[]): Started {
  const program = path.join(import.meta.dirname, "support", "swap.sh");
  return scene.start([
    path.join(root, "src", "cli", "main.ts"),
    ...["run", "--study", scene.study, "--storage", scene.storage, "--minimize", "loss", "--sampler", "grid"],
    ...["--workers", "3", "--trial-timeout", more.length > 0 ? "600" : "3", "--grace", "0.2", "--keep-going"],
    ...["--metric-file", "results/${place}-${kind}.json", "--tensorboard", "results/${place}-${kind}"],
    ...["--", "sh", program, `{place: ${places.join(" | ")}}`, `{kind: ${kinds.join(" | ")}}`, ...more],
  ]);
}

async function trials(): Promise<readonly Trial[]> {
  const study = await openStudy({ name: scene.study, storage: scene.storage });
  try {
    return study.trials();
  } finally {
    await study.close();
  }
}

/** What is told of a trial that had something else in the place of a file. */
function expected(swap: Swap): readonly [outcome: string, message: RegExp | null] {
  const [place, kind] = swap.split(" ") as [(typeof PLACES)[number], (typeof KINDS)[number]];
  if (place === "stop") return ["timeout", /longer than its limit of 3 s/];
  if (place === "checkpoint" && kind === "folder") return ["ok", null];
  if (place === "checkpoint") {
    const kinds = {
      pipe: "a named pipe",
      device: "a device",
      circle: "a link that leads nowhere",
      endless: "a (?:file|device)",
    };
    return [
      "ok",
      new RegExp(`In the place of its checkpoint folder stands ${kinds[kind as keyof typeof kinds]}, which`),
    ];
  }
  // Written behind its end.
  if (place === "log" && kind === "endless") return ["ok", null];
  // Damaged from its beginning: it is read no further.
  if (kind === "endless" && place === "events") return ["ok", null];
  if (kind === "endless")
    return place === "metrics" ? ["ok", /larger than 16 MiB/] : ["bad-output", /more than 256 MiB of its files was/];
  const words = { pipe: "a named pipe", folder: "a folder", device: "a device", circle: "ELOOP" }[kind];
  return ["ok", new RegExp(words)];
}

it("goes on with every trial and its limits, whatever a program puts in the place of its files", async () => {
  const { code, output } = await tune(PLACES, KINDS).ended;
  const found = new Map((await trials()).map((trial) => [`${trial.params.place} ${trial.params.kind}`, trial]));
  expect(found.size, output).toBe(PLACES.length * KINDS.length);
  for (const swap of PLACES.flatMap((place) => KINDS.map((kind): Swap => `${place} ${kind}`))) {
    const { outcome, message, values } = found.get(swap)!;
    const [wanted, words] = expected(swap);
    expect([swap, outcome, message], output).toEqual([
      swap,
      wanted,
      words === null ? null : expect.stringMatching(words),
    ]);
    if (wanted === "ok") expect(values.loss, swap).toBe(0.5);
  }
  expect(code, output).toBe(0);
  expect(await scene.orphans(2)).toEqual([]);
});

it.each(["SIGTERM", "SIGINT"] as const)(
  "ends at %s with pipes, devices and endless files in place of reports",
  async (signal) => {
    const run = tune(["reports"], ["pipe", "device", "endless"], "stay");
    const stays = (kind: string): boolean => existsSync(`${scene.witness}.${kind}`);
    await expect.poll(() => KINDS.filter(stays), { timeout: 30_000 }).toEqual(["pipe", "device", "endless"]);
    run.child.kill(signal);
    const { code, output } = await run.ended;
    expect(code, output).toBe(signal === "SIGTERM" ? 143 : 130);
    expect(await scene.orphans(2)).toEqual([]);
  },
);
