import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { attune, folder, TRAIN, TRAIN_COMMAND, trials } from "./attune.ts";

const SPACE = "{lr: 1e-4..1.0 log, layers: {type: int, low: 1, high: 6, default: 3}}";

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const HAS_SCRIPT = spawnSync("script", ["--version"]).status === 0;

/** As if somebody else had begun the trial. */
function rewriteStart(cwd: string, body: string): void {
  const database = new DatabaseSync(join(cwd, "attune.db"));
  database.exec(`UPDATE event SET body = ${body} WHERE json_extract(body, '$.type') = 'started'`);
  database.exec("DELETE FROM snapshot");
  database.close();
}

/** A study to be driven by hand, with its first trial asked for. */
async function asked(): Promise<{ cwd: string; token: string }> {
  const cwd = folder();
  const run = await attune(cwd, ["ask", "--study", "hand", "--minimize", "loss", "--space", SPACE, "--json"]);
  expect(run.code).toBe(0);
  const trial = JSON.parse(run.out);
  expect(Object.keys(trial)).toEqual(["number", "params", "token"]);
  expect(trial).toMatchObject({ number: 0, params: { lr: expect.any(Number), layers: expect.any(Number) } });
  return { cwd, token: trial.token };
}

describe("ask and tell", () => {
  it("hand a trial out and its values in", async () => {
    const { cwd, token } = await asked();
    const told = await attune(cwd, ["tell", "0", "loss=-0.5", "acc=0.9", "--token", token, "hand"]);
    expect(told).toMatchObject({ code: 0, out: "", err: "trial 0 of hand: loss -0.5, acc 0.9\n" });
    expect(await trials(cwd, "hand")).toMatchObject([{ state: "complete", values: { loss: -0.5, acc: 0.9 } }]);
    const best = await attune(cwd, ["best", "--json"]);
    expect(JSON.parse(best.out)).toMatchObject({ number: 0, command: null });
  });

  it("take a negative value, a failure and an infinity", async () => {
    const { cwd, token } = await asked();
    expect((await attune(cwd, ["tell", "0", "-1.5", "--token", token])).code).toBe(0);
    const second = JSON.parse((await attune(cwd, ["ask", "hand", "--json"])).out);
    const failed = ["tell", "1", "--failed", "--message", "no memory", "--token", second.token];
    expect((await attune(cwd, failed)).code).toBe(0);
    const third = JSON.parse((await attune(cwd, ["ask", "--json"])).out);
    expect((await attune(cwd, ["tell", "2", "inf", "--token", third.token])).code).toBe(0);
    expect(await trials(cwd, "hand")).toMatchObject([
      { values: { loss: -1.5 } },
      { state: "failed", outcome: "reported-failed", message: "no memory" },
      { values: { loss: "Infinity" } },
    ]);
  });

  it("refuse a token that does not own the trial, with a code of its own", async () => {
    const { cwd, token } = await asked();
    const wrong = await attune(cwd, ["tell", "0", "1", "--token", "wrong"]);
    expect(wrong.code).toBe(4);
    expect((await attune(cwd, ["tell", "0", "1", "--token", token])).code).toBe(0);
    expect((await attune(cwd, ["tell", "0", "2", "--token", token])).code).toBe(4);
    expect(await trials(cwd, "hand")).toMatchObject([{ values: { loss: 1 } }]);
  });

  it("say what is missing", async () => {
    const { cwd, token } = await asked();
    const [both, noValue, noTrial, noStudy] = await Promise.all([
      attune(cwd, ["tell", "0", "1", "--token", token, "--lost"]),
      attune(cwd, ["tell", "0", "--token", token]),
      attune(cwd, ["tell", "9", "1", "--token", token]),
      attune(folder(), ["ask", "nothing"]),
    ]);
    expect(both.err).toContain("Both --token and --lost are given");
    expect(noValue.err).toContain("No value is given");
    expect(noTrial.err).toContain("9");
    expect(noStudy.err).toContain("There is no storage");
    expect([both, noValue, noTrial, noStudy].map(({ code }) => code)).toEqual([2, 2, 2, 2]);
  });

  it("refuse what only a new study takes", async () => {
    const { cwd } = await asked();
    const words = ["--seed 3", "--where x<1", "--was x=0", "--sampler grid"];
    const refused = await Promise.all(
      words.map(async (text) => await attune(cwd, ["ask", "hand", ...text.split(" ")])),
    );
    for (const [index, { code, err }] of refused.entries()) {
      expect(code).toBe(2);
      expect(err).toContain(`${words[index]!.split(" ")[0]} is for a new study`);
    }
  });

  it("begin a study from a file", async () => {
    const cwd = folder({ "hand.yaml": `minimize: loss\nspace: ${SPACE}\n` });
    expect((await attune(cwd, ["ask", "hand.yaml"])).out).toContain("trial 0 of hand");
    expect((await attune(cwd, ["ask", "hand.yaml"])).out).toContain("trial 1 of hand");
  });
});

describe("tell without a token", () => {
  it("is for who asked, here, and once", async () => {
    const { cwd, token } = await asked();
    expect(await attune(cwd, ["tell", "0", "0.5"])).toMatchObject({ code: 0, err: "trial 0 of hand: loss 0.5\n" });
    const twice = await attune(cwd, ["tell", "0", "0.7", "hand"]);
    expect(twice).toMatchObject({ code: 2, err: expect.stringContaining("Trial 0 is complete.") });
    expect((await attune(cwd, ["tell", "0", "0.7", "--token", token])).code).toBe(4);
    await attune(cwd, ["ask", "hand"]);
    expect((await attune(cwd, ["tell", "1", "--failed"])).code).toBe(0);
    expect(await trials(cwd, "hand")).toMatchObject([{ values: { loss: 0.5 } }, { state: "failed" }]);
  });

  it("is refused where another user asked, on another host, or nobody knows who", async () => {
    const set = (field: string): string => `json_set(body, '$.owner.asker.${field}', 'other')`;
    for (const change of [set("user"), set("host"), set("machine"), "json_remove(body, '$.owner.asker')"]) {
      const { cwd, token } = await asked();
      rewriteStart(cwd, change);
      const told = await attune(cwd, ["tell", "0", "0.5"]);
      expect(told).toMatchObject({ code: 2, err: expect.stringContaining("--token is missing: ") });
      expect(told.err).toContain("where that is gone, add --lost");
      expect(await trials(cwd, "hand")).toMatchObject([{ state: "running" }]);
      expect((await attune(cwd, ["tell", "0", "0.5", "--token", token])).code).toBe(0);
    }
  });

  it("is refused for a trial that a program runs", async () => {
    const cwd = folder({ "wait.mjs": "console.log('begun'); process.stdin.resume(); setTimeout(() => {}, 60_000);" });
    const command = [process.execPath, "wait.mjs", "{x: 1..9}"];
    const run = spawn(process.execPath, [MAIN, "run", "--minimize", "loss", "--grace", "0", "--", ...command], { cwd });
    const ended = new Promise((resolve) => run.on("close", resolve));
    for (;;) {
      const [trial] = await trials(cwd, "wait").catch(() => []);
      if (trial?.state === "running") break;
    }
    for (const words of [["0.5"], ["0.5", "--lost", "--yes"], ["--lost", "--yes"]]) {
      const told = await attune(cwd, ["tell", "0", ...words, "wait"]);
      expect(told).toMatchObject({ code: 2, err: expect.stringContaining("Trial 0 was not asked for by hand") });
    }
    run.kill("SIGINT");
    await ended;
  });
});

describe("tell --lost", () => {
  it("takes a trial over, whose old token owns it no more", async () => {
    const { cwd, token } = await asked();
    rewriteStart(cwd, "json_set(body, '$.owner.asker.user', 'ann')");
    const unasked = await attune(cwd, ["tell", "0", "--lost"]);
    expect(unasked).toMatchObject({ code: 2, err: expect.stringContaining("add --yes to take the trial over") });
    const taken = await attune(cwd, ["tell", "0", "--lost", "--yes"]);
    expect(taken).toMatchObject({ code: 0, err: "trial 0 of hand is yours: attune tell 0 LOSS hand\n" });
    expect((await attune(cwd, ["tell", "0", "9", "--token", token])).code).toBe(4);
    expect((await attune(cwd, ["tell", "0", "0.5"])).code).toBe(0);
    expect(await trials(cwd, "hand")).toMatchObject([{ state: "complete", values: { loss: 0.5 }, attempts: 2 }]);
    expect((await attune(cwd, ["tell", "0", "--lost", "--yes"])).code).toBe(2);
  });

  it("tells at once where a value is given", async () => {
    const { cwd } = await asked();
    const told = await attune(cwd, ["tell", "0", "0.5", "--lost", "--yes", "hand"]);
    expect(told).toMatchObject({ code: 0, err: "trial 0 of hand: loss 0.5\n" });
  });

  it.skipIf(!HAS_SCRIPT && process.env.CI === undefined)("asks on a terminal", async () => {
    const { cwd, token } = await asked();
    const answer = (word: string): string => {
      const command = `${process.execPath} ${MAIN} tell 0 0.5 --lost`;
      const { stdout, status } = spawnSync("script", ["-qefc", command, "/dev/null"], { cwd, input: `${word}\n` });
      return `${status} ${stdout}`;
    };
    const no = answer("n");
    expect(no).toMatch(/^1 [^T]*Trial 0 of hand was asked for by .* on .* ago\. .* Take it over\? \[y\/N\]/);
    expect(no).toContain("Nothing was changed.");
    expect(answer("y")).toMatch(/^0 .*/);
    expect((await attune(cwd, ["tell", "0", "9", "--token", token])).code).toBe(4);
    expect(await trials(cwd, "hand")).toMatchObject([{ values: { loss: 0.5 } }]);
  });
});

describe("enqueue", () => {
  it("has a configuration tried next, completed from defaults", async () => {
    const { cwd } = await asked();
    const run = await attune(cwd, ["enqueue", "lr=0.5", "--json"]);
    expect(JSON.parse(run.out)).toEqual({ number: 1, params: { lr: 0.5, layers: 3 } });
    expect(JSON.parse((await attune(cwd, ["ask", "--json"])).out)).toMatchObject({ number: 1, params: { lr: 0.5 } });
  });

  it("names everything that is missing or wrong", async () => {
    const { cwd } = await asked();
    const missing = await attune(cwd, ["enqueue", "depth=1"]);
    expect(missing.code).toBe(2);
    expect(missing.err).toContain("lr is missing");
    expect(missing.err).toContain("depth is no parameter");
    const wrong = await attune(cwd, ["enqueue", "lr=0.5", "layers=9"]);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('layers is "9"; allowed: whole numbers from 1 to 6');
    expect(await trials(cwd, "hand")).toHaveLength(1);
  });
});

describe("replay", () => {
  it("finds every suggestion equal, and names a parameter that was tampered with", async () => {
    const cwd = folder({ "train.mjs": TRAIN });
    // Each trial by itself: others would be suggested differently after one that was tampered with, by some seeds.
    const options = ["--quiet", "--minimize", "loss", "--sampler", "random", "--trials", "4", "--workers", "2"];
    await attune(cwd, ["run", ...options, ...TRAIN_COMMAND]);
    const good = await attune(cwd, ["replay"]);
    expect(good).toMatchObject({ code: 0, out: "4 suggestions recomputed, equal bit for bit\n" });

    const database = new DatabaseSync(join(cwd, "attune.db"));
    database.exec(
      `UPDATE event SET body = json_set(body, '$.params.layers', 7)
       WHERE json_extract(body, '$.type') = 'proposed' AND json_extract(body, '$.trial') = 2`,
    );
    database.exec("DELETE FROM snapshot");
    database.close();
    const bad = await attune(cwd, ["replay", "train"]);
    expect(bad.code).toBe(1);
    expect(bad.out).toContain("trial 2: layers is 7, recomputed ");
    expect(JSON.parse((await attune(cwd, ["replay", "--json"])).out)).toMatchObject({
      checked: 3,
      differences: [{ trial: 2, parameter: "layers", stored: 7 }],
    });
  });
});

describe("studies and delete", () => {
  it("list what there is, and remove one when told to", async () => {
    const { cwd } = await asked();
    await attune(cwd, ["ask", "--study", "other", "--maximize", "acc", "--space", "{x: 1..3}"]);
    const list = (await attune(cwd, ["studies", "--json"])).out.trim().split("\n");
    expect(list.map((line) => JSON.parse(line))).toMatchObject([
      { name: "hand", metrics: [{ name: "loss", direction: "minimize" }], trials: 1, trialsSpent: 0 },
      { name: "other" },
    ]);
    const which = await attune(cwd, ["show"]);
    expect(which.code).toBe(2);
    expect(which.err).toContain("hand, other");

    const unasked = await attune(cwd, ["delete", "other"]);
    expect(unasked.code).toBe(2);
    expect(unasked.err).toContain("--yes");
    expect((await attune(cwd, ["delete", "other", "--yes"])).code).toBe(0);
    expect((await attune(cwd, ["studies"])).out).not.toContain("other");
    expect((await attune(cwd, ["show"])).code).toBe(0);
  });
});
