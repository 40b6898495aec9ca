import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStudy } from "../../src/index.ts";
import { type Ended, Scene } from "./support/scene.ts";

const root = path.join(import.meta.dirname, "..", "..");
let scene: Scene;
beforeEach(() => {
  scene = new Scene();
});
afterEach(async () => await scene.close());

const PRINTS = "sleep 0.2; echo loss=$0";

/** Runs 24 trials; `script` is one of the shell's, with the value of `x` as `$0`. */
async function tune(limit: number, workers: number, script: string, more: readonly string[] = []): Promise<Ended> {
  const words = [
    path.join(root, "src", "cli", "main.ts"),
    ...["run", "--study", scene.study, "--storage", scene.storage, "--minimize", "loss", "--sampler", "random"],
    ...["--trials", "24", "--workers", String(workers), ...more, "--", "sh", "-c", script, "{x: 0.0..1.0}"],
  ];
  return await scene.start(words, { before: ["sh", "-c", `ulimit -n ${limit}; exec "$@"`, "sh"] }).ended;
}

describe.skipIf(process.platform !== "linux")("with few open files allowed", () => {
  it("fewer programs run than were asked for, and no trial fails of it", async () => {
    const { code, output } = await tune(52, 16, PRINTS);
    const study = await openStudy({ name: scene.study, storage: scene.storage });
    expect(
      study.trials().map(({ state }) => state),
      output,
    ).toEqual(Array.from({ length: 24 }, () => "complete"));
    await study.close();
    expect(code, output).toBe(0);
  });

  it.each([24, 28, 32, 36])("a run that cannot go on ends with a sentence (%i)", async (limit) => {
    const { code, output } = await tune(limit, 4, PRINTS);
    // How many Node itself takes differs between its versions.
    if (code !== 0) {
      expect(output).toMatch(/attune: The system has no room for more open files, processes or threads \(E\w+\)/);
      // It began, and hoped for some seconds.
      if (/^new study /m.test(output)) expect(output).toMatch(/so that no program can be started: this run waits/);
      expect(code).toBe(3);
    }
    expect(output).not.toMatch(/internal error|\n {4}at |failed/);
    expect(await scene.orphans(2)).toEqual([]);
  });

  it("no program whose files are read is run again, nor fails, nor ends the run, however few there are", async () => {
    const files = ["--metric-file", "results/${trial}.json", "--tensorboard", "results/${trial}"];
    const script = `echo $ATTUNE_TRIAL >> ${scene.witness}; echo '{"loss": 3}' >> "$ATTUNE_REPORT_FILE"; ${PRINTS}; echo more >&2`;
    for (const limit of [29, 31, 32, 33, 34, 35, 37, 40]) {
      scene.storage = path.join(scene.folder, `attune-${limit}.db`);
      rmSync(scene.witness, { force: true });
      const { code, output } = await tune(limit, 3, script, files);
      expect(output, `${limit} open files`).not.toMatch(/internal error|\n {4}at |failed/);
      expect([0, 3], output).toContain(code);
      const ran = existsSync(scene.witness) ? readFileSync(scene.witness, "utf8").trim().split("\n") : [];
      expect(ran, `${limit} open files: ${output}`).toEqual([...new Set(ran)]);
      if (code !== 0) continue;
      const study = await openStudy({ name: scene.study, storage: scene.storage });
      const complete = study.trials().filter(({ state }) => state === "complete");
      await study.close();
      expect(complete).toHaveLength(24);
    }
  }, 600_000);

  it("programs that stand still in memory make room for those that are to begin", async () => {
    const epochs = "for epoch in 1 2 3 4 5 6 7 8 9; do echo epoch $epoch loss=$0; sleep 0.05; done";
    const { code, output } = await tune(52, 2, epochs, ["--scheduler", "{name: asha, largest: 9}"]);
    expect(code, output).toBe(0);
    expect(output).not.toMatch(/internal error|\n {4}at |failed/);
    const study = await openStudy({ name: scene.study, storage: scene.storage });
    const trials = study.trials();
    await study.close();
    expect(new Set(trials.map(({ state }) => state))).toEqual(new Set(["complete", "paused"]));
    const attempts = trials.flatMap(({ segments }) => segments.flatMap((segment) => segment.attempts));
    expect(attempts.filter(({ frozen }) => frozen !== undefined).length).toBeGreaterThan(8);
    expect(await scene.orphans(2)).toEqual([]);
  }, 120_000);
});
