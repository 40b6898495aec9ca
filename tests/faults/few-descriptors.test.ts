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

async function tune(limit: number, workers: number): Promise<Ended> {
  const words = [
    path.join(root, "src", "cli", "main.ts"),
    ...["run", "--study", scene.study, "--storage", scene.storage, "--minimize", "loss", "--sampler", "random"],
    ...["--trials", "24", "--workers", String(workers), "--", "sh", "-c", "sleep 0.2; echo loss=$0", "{x: 0.0..1.0}"],
  ];
  return await scene.start(words, { before: ["sh", "-c", `ulimit -n ${limit}; exec "$@"`, "sh"] }).ended;
}

describe.skipIf(process.platform !== "linux")("with few open files allowed", () => {
  it("fewer programs run than were asked for, and no trial fails of it", async () => {
    const { code, output } = await tune(48, 16);
    const study = await openStudy({ name: scene.study, storage: scene.storage });
    expect(
      study.trials().map(({ state }) => state),
      output,
    ).toEqual(Array.from({ length: 24 }, () => "complete"));
    await study.close();
    expect(code, output).toBe(0);
  });

  it.each([24, 28, 32])("a run that cannot go on ends with a sentence (%i)", async (limit) => {
    const { code, output } = await tune(limit, 4);
    // How many Node itself takes differs between its versions.
    if (code !== 0) {
      expect(output).toMatch(/attune: The system has no room for more open files, processes or threads \(E\w+\)/);
      expect(code).toBe(3);
    }
    expect(output).not.toMatch(/internal error|\n {4}at |failed/);
    expect(await scene.orphans(2)).toEqual([]);
  });
});
