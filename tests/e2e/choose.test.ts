import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { createStudy, float, openStudy } from "../../src/index.ts";
import { attune, folder } from "./attune.ts";

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const HAS_SCRIPT = spawnSync("script", ["--version"]).status === 0;

/** A study whose front has 21 points, of trials 0 to 20, and one trial behind it. */
async function begun(cwd: string, name = "desk"): Promise<void> {
  const study = await createStudy({
    name,
    maximize: "sharpe",
    minimize: "drawdown",
    space: { x: float(0, 1) },
    storage: join(cwd, "attune.db"),
  });
  for (let k = 0; k <= 21; k++) await study.enqueue({ x: k === 21 ? 0.52 : k / 20 });
  await study.optimize(
    ({ number, params: { x } }) => ({ sharpe: number === 21 ? -1 : x, drawdown: number === 21 ? 2 : x * x }),
    { trials: 22 },
  );
  await study.close();
}

const ON_TERMINAL = ["-qefc", `${process.execPath} ${MAIN} choose desk`, "/dev/null"];

const asked = async (cwd: string) => {
  const { code, out } = await attune(cwd, ["choose", "desk", "--json"]);
  return { code, ...(JSON.parse(out) as { left: number[]; ask: number[]; preferred: number | null }) };
};

describe("attune choose", () => {
  const cwd = folder({});
  beforeAll(async () => await begun(cwd), 60_000);
  const answer = (input: string) => spawnSync("script", ON_TERMINAL, { cwd, input });

  it("refuses without a terminal, and says what to write", async () => {
    const { code, err } = await attune(cwd, ["choose", "desk"]);
    expect(code).toBe(2);
    expect(err).toContain("there is no terminal to ask on");
    expect(err).toContain("attune choose desk --take NUMBER");
    expect(err).toContain("attune best desk --prefer 'sharpe: 2, drawdown: 1'");
  });

  it("says as JSON what it would ask, and keeps what is taken, by which best goes until it is forgotten", async () => {
    const before = await asked(cwd);
    expect(before).toMatchObject({ code: 0, preferred: null });
    expect(before.left).toHaveLength(21);
    expect(before.ask.length).toBeGreaterThan(1);
    expect((await attune(cwd, ["best", "desk", "--quiet"])).code).toBe(1);
    const taken = await attune(cwd, ["choose", "desk", "--take", "7"]);
    expect(taken.out).toMatch(/^choice +trial 7 as it was chosen: sharpe 0\.35 {2}drawdown 0\.1225$/m);
    expect((await attune(cwd, ["best", "desk"])).out).toContain("trial 7 as it was chosen");
    expect(JSON.parse((await attune(cwd, ["best", "desk", "--json"])).out).preferred).toMatchObject({ number: 7 });
    expect(await attune(cwd, ["best", "desk", "--quiet"])).toMatchObject({ code: 0, out: '{"x":0.35}\n' });
    expect((await attune(cwd, ["choose", "desk", "--forget"])).out).toContain("Nothing is chosen");
    expect((await asked(cwd)).preferred).toBe(null);
  });

  it.each([
    [["--take", "21"], "Trial 21 is not on the front of study desk, which has"],
    [["--take", "7", "--forget"], "Both --take and --forget are given; give one."],
    [["--take", "-1"], "--take"],
  ])("refuses %j", async (words, message) => {
    const { code, err } = await attune(cwd, ["choose", "desk", ...words]);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });

  it("refuses a study of one objective, and ends with code 1 where the front is empty", async () => {
    const other = folder({});
    const storage = join(other, "attune.db");
    await (await createStudy({ name: "one", minimize: "loss", space: { x: float(0, 1) }, storage })).close();
    await (await createStudy({ name: "none", minimize: ["a", "b"], space: { x: float(0, 1) }, storage })).close();
    const [one, none] = [await attune(other, ["choose", "one"]), await attune(other, ["choose", "none"])];
    expect([one.code, one.err]).toEqual([2, expect.stringContaining("has one objective")]);
    expect([none.code, none.err]).toEqual([1, expect.stringContaining("is empty so far")]);
  }, 60_000);

  it.skipIf(!HAS_SCRIPT && process.env.CI === undefined)("is left by Ctrl-D, though a word came with it", async () => {
    const child = spawn("script", ON_TERMINAL, { cwd });
    let said = "";
    child.stdout.on("data", (chunk) => {
      const asked = said.includes("leave it there: ");
      said += chunk;
      if (!asked && said.includes("leave it there: ")) child.stdin.write("x\r\u0004");
    });
    const [code] = await once(child, "close");
    expect([said, code]).toEqual([expect.stringContaining("Nothing is chosen: 21 points are on the front"), 0]);
  });

  it.skipIf(!HAS_SCRIPT && process.env.CI === undefined)(
    "asks on a terminal, until one is left, and goes on where it was left",
    async () => {
      // A person who always takes the last of the points shown; "9999" and "x" are asked again.
      const { ask } = await asked(cwd);
      const first = answer(`x\n9999\n${ask.at(-1)}\n\n`);
      const said = first.stdout.toString();
      expect([said, first.status]).toEqual([expect.stringContaining("21 of 21 points are in question"), 0]);
      expect(said.match(/Give one of/g)).toHaveLength(2);
      const after = await asked(cwd);
      expect(after.left.length).toBeLessThan(21);
      expect(after.preferred).not.toBe(null);
      let left = after;
      for (let turn = 0; turn < 12 && left.ask.length > 0; turn++) {
        answer(`${left.ask.at(-1)}\n\n`);
        left = await asked(cwd);
      }
      expect(left.ask).toEqual([]);
      expect(left.preferred).toBe(left.left[0]);
      const study = await openStudy({ name: "desk", storage: join(cwd, "attune.db") });
      expect(study.preferred()?.number).toBe(left.preferred);
      expect(study.preferred("drawdown <= 0.02, then sharpe")?.number).toBe(2);
      await study.close();
      expect((await attune(cwd, ["replay", "desk"])).code).toBe(0);
    },
    120_000,
  );
});
