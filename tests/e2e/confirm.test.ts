import { describe, expect, it } from "vitest";
import { attune, folder, trials } from "./attune.ts";

/** Noise from the seed alone, the same for every configuration, and a little for each value. */
const NOISY = `
const x = Number(process.argv[2]);
const seed = Number(process.env.ATTUNE_SEED);
console.log("loss=" + ((x - 3) ** 2 + (seed % 1000) / 5000 + (seed % 7) * (x + 1) / 1000));
`;
const run = ["run", "--minimize", "loss", "--sampler", "grid", "--seed", "4", "--quiet"];

describe("attune confirm", () => {
  it("runs winner, runner-up and defaults again on common seeds, and goes on where it was", async () => {
    const cwd = folder({ "noisy.mjs": NOISY });
    await attune(cwd, [...run, "--", process.execPath, "noisy.mjs", "{x: 1..5 default 1}"]);
    const first = await attune(cwd, ["confirm", "--replicates", "3", "--json", "--workers", "2"]);
    expect(first.code).toBe(0);
    const result = JSON.parse(first.out);
    const roles = result.configurations.map(({ role }: { role: string }) => role);
    expect(roles.slice(0, 2)).toEqual(["winner", "runner-up"]);
    expect(result.configurations.every(({ values }: { values: number[] }) => values.length === 3)).toBe(true);
    expect(result.leads[0]).toMatchObject({ method: "paired-t", runs: 3 });
    const all = await trials(cwd, "noisy");
    expect(all).toHaveLength(5 + 3 * roles.length);
    const best = JSON.parse((await attune(cwd, ["best", "--json"])).out);
    expect(best).toMatchObject({ replicates: 3, uncertainty: expect.any(Number) });
    expect((await attune(cwd, ["best"])).out).toMatch(/ ± .* mean of 3 runs/);
    expect((await attune(cwd, ["replay"])).code).toBe(0);
  });

  it("runs all of them where a study file has a target that is reached already", async () => {
    const file = `study: s
minimize: loss
target: 100
workers: 2
sampler: grid
space: {x: 1..2}
command: [${process.execPath}, noisy.mjs, "\${x}"]`;
    const cwd = folder({ "noisy.mjs": NOISY, "s.yaml": file });
    await attune(cwd, ["run", "s.yaml", "--target", "-100", "--quiet"]);
    const { out } = await attune(cwd, ["confirm", "s.yaml", "--replicates", "2", "--json"]);
    expect(JSON.parse(out).configurations.map(({ values }: { values: number[] }) => values.length)).toEqual([2, 2]);
  });

  it("says when the program does not use its seed, and ends with 1 when there is nothing to confirm", async () => {
    const cwd = folder({ "plain.mjs": 'console.log("loss=" + process.argv[2])' });
    await attune(cwd, [...run, "--trials", "0", "--", process.execPath, "plain.mjs", "{x: 1..2}"]);
    expect(await attune(cwd, ["confirm"])).toMatchObject({
      code: 1,
      err: expect.stringContaining("no complete trial"),
    });
    await attune(cwd, ["run", "plain", "--trials", "2", "--quiet"]);
    const { out, code } = await attune(cwd, ["confirm", "--replicates", "2", "--quiet"]);
    expect(code).toBe(0);
    expect(out).toContain("The winner is better than the runner-up by 1");
    expect(out).toContain("does not use its seed");
  });
});
