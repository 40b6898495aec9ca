import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { choice, createStudy, float, int, openStorage, openStudy, type Study } from "../../index.ts";
import { StudyLog } from "../study-log.ts";
import { createOutsideSampler } from "./outside-sampler.ts";

const MAIN = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));
const SPACE = {
  lr: float(1e-5, 1e-1, { log: true, default: 1e-3 }),
  layers: int(1, 6, { default: 2 }),
  kind: choice(["a", "b", "c"], { default: "b" }),
};

/** What a careless program says of itself. */
const QUOTED = "`using ${process.argv.at(-1)} and ${process.env.SAMPLER_TEST_TOKEN} at https://me:pa55word@host`";

const spoken = (sampler: string) => ({
  name: "program",
  command: [process.execPath, "--disable-warning=ExperimentalWarning", MAIN, "sampler", sampler, "--stdio"],
});

/** A sampler in JavaScript: `body` answers one request, `note` writes a line beside the program. */
function program(body: string): { readonly name: string; readonly command: readonly string[]; readonly log: string } {
  const folder = mkdtempSync(path.join(tmpdir(), "attune-sampler-"));
  const [file, log] = [path.join(folder, "sampler.mjs"), path.join(folder, "log.txt")];
  const code = `
import { appendFileSync } from "node:fs";
import { createInterface } from "node:readline";
const note = (text) => appendFileSync(${JSON.stringify(log)}, text + "\\n");
const answer = ({ method, params }) => { ${body} };
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  const result = request.method === "initialize" ? (note("initialize"), { protocol: 1 }) : answer(request);
  console.log(JSON.stringify({ jsonrpc: "2.0", id: request.id, result: result ?? {} }));
}
note("ended");
`;
  writeFileSync(file, code);
  return { name: "program", command: [process.execPath, file], log };
}

const study = (sampler: object | string, more: object = {}): Promise<Study> =>
  createStudy({ name: "asked", minimize: "loss", seed: 3, space: SPACE, sampler: sampler as string, ...more });

/** Four trials always pending, some failed, some hidden again, so that a sampler sees all of it. */
async function suggestions(of: Study, trials: number): Promise<readonly object[]> {
  const pending = [];
  for (let n = 0; n < trials; n++) {
    pending.push(await of.ask());
    if (pending.length < 4) continue;
    const [oldest] = pending.splice(n % 3, 1);
    const { lr, layers } = oldest!.params as { readonly lr: number; readonly layers: number };
    if (n % 7 === 3) await of.tell(oldest!, { failed: true });
    else await of.tell(oldest!, { loss: (Math.log10(lr) + 3) ** 2 + layers });
    if (n === 12) await of.invalidate(2);
    if (n === 20) await of.restore(2);
  }
  return of.trials().map(({ params }) => params);
}

describe("a sampler of Attune's own that is asked as a program", () => {
  it.each(["tpe", "auto"])(
    "suggests bit for bit what %s suggests in the study",
    async (name) => {
      const [within, outside] = [await study(name), await study(spoken(name))];
      const expected = await suggestions(within, 28);
      expect(await suggestions(outside, 28)).toEqual(expected);
      // The first trial runs the defaults.
      const { opaque, checked, differences } = await outside.replay();
      expect({ opaque, checked, differences }).toEqual({ opaque: 27, checked: 0, differences: [] });
      expect(await outside.why(5)).toMatchObject({ sampler: "program", opaque: true });
      await Promise.all([within.close(), outside.close()]);
    },
    120_000,
  );
});

describe("a program that is the sampler", () => {
  const FIRST = `return { trials: Array.from({ length: params.count }, () => ({ params: { lr: 0.01, layers: 3, kind: "a" } })) };`;

  it("is told each trial once, and anew after one was taken out", async () => {
    const told = `if (method === "tell") for (const { number, state, values } of params.trials) note([number, state, values.loss ?? "-"].join(" "));
      if (method === "ask") { note("ask " + params.number + " pending " + params.pending.map((p) => p.number)); ${FIRST} }`;
    const sampler = program(told);
    const { log, ...named } = sampler;
    const own = await study(named);
    const [first, second] = [await own.ask(), await own.ask()];
    await own.tell(second, { loss: 2 });
    await own.tell(first, { failed: true });
    await own.ask();
    await own.invalidate(1);
    await own.ask();
    await own.close();
    const lines = readFileSync(log, "utf8").trim().split("\n");
    // The first trial runs the defaults.
    expect(lines).toEqual([
      "initialize",
      "ask 1 pending 0",
      "1 complete 2",
      "0 failed -",
      "ask 2 pending ",
      "ended",
      "initialize",
      "0 failed -",
      "ask 3 pending 2",
      "ended",
    ]);
  });

  it("goes on in another process from what the study knows", async () => {
    const { log, ...named } = program(`if (method === "tell") note("told " + params.trials.length);
      if (method === "ask") { ${FIRST} }`);
    const file = path.join(mkdtempSync(path.join(tmpdir(), "attune-sampler-")), "study.db");
    const storage = await openStorage(file);
    const before = await study(named, { storage });
    await before.optimize(() => 1, { trials: 5 });
    await before.close();
    await storage.close();
    const after = await openStudy({ name: "asked", storage: file });
    await after.ask();
    await after.close();
    expect(readFileSync(log, "utf8").trim().split("\n").slice(-3)).toEqual(["initialize", "told 5", "ended"]);
  });

  it("ends the study when it has no more", async () => {
    const { log: _, ...named } = program(`if (method === "ask") return { trials: [] };`);
    const own = await study(named);
    const result = await own.optimize(() => 1, { trials: 5 });
    expect(result).toMatchObject({ reason: "exhausted" });
    await own.close();
  });

  it.each([
    ["a value outside", `return { trials: [{ params: { lr: 3, layers: 3, kind: "a" } }] };`, /lr is 3; allowed/],
    ["a value too few", `return { trials: [{ params: { lr: 0.01, kind: "a" } }] };`, /layers is missing/],
    ["no list", `return { params: 1 };`, /answers ask with/],
    ["more than asked", `return { trials: [1, 2, 3] };`, /answers ask with/],
    ["no object", `return { trials: [7] };`, /suggests 7/],
    ["no message", `console.log("loading…"); return {};`, /wrote "loading…", which is no JSON/],
    ["an end", `console.error("out of ideas"); process.exit(3);`, /ended with code 3[\s\S]*out of ideas/],
  ])("is refused with a sentence when it answers with %s, and nothing is left reserved", async (_, body, message) => {
    const { log, ...named } = program(`if (method === "ask") { ${body} }`);
    const own = await study(named);
    await own.ask();
    await expect(own.ask()).rejects.toThrow(message);
    expect(own.trials()).toHaveLength(1);
    await own.enqueue({ lr: 0.01, layers: 1, kind: "c" });
    expect((await own.ask()).number).toBe(1);
    await own.close();
    expect(existsSync(log)).toBe(true);
  });

  const [OF_OPTION, OF_VARIABLE] = ["k3y-of-the-option", "s3cret-of-the-variable"];

  it.each([
    ["its last words", `console.error("using", ${QUOTED}); process.exit(3);`, /ended with code 3/],
    [
      "last words without an end of line",
      `process.stderr.write(${QUOTED}); process.exitCode = 3; process.exit();`,
      /code 3/,
    ],
    ["a line that is no message", `console.log("using", ${QUOTED}); return {};`, /wrote "using/],
    ["an answer that is none", `return { trials: ${QUOTED} };`, /answers ask with/],
    ["a suggestion that is none", `return { trials: [${QUOTED}] };`, /The sampler suggests/],
    [
      "an error",
      `console.log(JSON.stringify({ jsonrpc: "2.0", id: 2, error: { code: 1, message: ${QUOTED} } })); return {};`,
      /using/,
    ],
  ])("has its secrets taken out of what is said of %s", async (_, body, message) => {
    process.env.SAMPLER_TEST_TOKEN = OF_VARIABLE;
    try {
      const { log: __, ...named } = program(`if (method === "ask") { ${body} }`);
      const own = await study({ ...named, command: [...named.command, "--api-key", OF_OPTION] });
      await own.ask();
      const error: Error = await own.ask().then(
        () => new Error("nothing"),
        (thrown) => thrown,
      );
      expect(error.message).toMatch(message);
      expect(error.message).toContain("[redacted]");
      for (const secret of [OF_OPTION, OF_VARIABLE, "pa55word"]) expect(error.message).not.toContain(secret);
      await own.close();
    } finally {
      delete process.env.SAMPLER_TEST_TOKEN;
    }
  });

  it("is ended when it does not answer in time, and told so", async () => {
    const { log: _, ...named } = program(`if (method === "ask") for (;;);`);
    const own = await study({ ...named, timeout: 0.2 });
    await own.ask();
    await expect(own.ask()).rejects.toThrow(/did not answer (ask|initialize) within 0.2 s/);
    await own.close();
  });

  it("is told about when it cannot be started, or speaks another version", async () => {
    const absent = await study({ name: "program", command: ["/no/such/sampler"] });
    await absent.ask();
    await expect(absent.ask()).rejects.toThrow(/"\/no\/such\/sampler" could not be started/);
    await absent.close();
    const other = await study({ name: "program", command: [process.execPath, "-e", OTHER] });
    await other.ask();
    await expect(other.ask()).rejects.toThrow(/initialize without \{"protocol": 1\}/);
    await other.close();
  });

  it.each([
    [{}, "needs the option command"],
    [{ command: [] }, "needs the option command"],
    [{ command: "python sampler.py" }, "it takes the program and its arguments"],
    [{ command: ["a"], timeout: -1 }, "timeout"],
    [{ command: ["a"], tiemout: 1 }, "timeout"],
  ])("is refused at once with the options %o", async (options, message) => {
    await expect(study({ name: "program", ...options })).rejects.toThrow(message);
  });
});

const OTHER = `process.stdin.once("data", (line) => console.log(JSON.stringify({ jsonrpc: "2.0", id: JSON.parse(line).id, result: { protocol: 9 } })));`;

/** A sampler's program that is asked here, beside a study in memory. */
async function asked(body: string, trials: readonly object[] = []) {
  const storage = await openStorage(":memory:");
  const { log: notes, ...sampler } = program(body);
  const made = await createStudy({ name: "s", minimize: "loss", space: { x: float(0, 1) }, seed: 3, sampler, storage });
  const rest = { reports: [], startedAt: null, finishedAt: null, attributes: {} };
  if (trials.length > 0) await made.importTrials(trials.map((trial) => ({ ...rest, ...trial })) as never);
  const log = await StudyLog.open(storage, made.id);
  const own = createOutsideSampler(log);
  const suggest = (count = 1, inputs = {}) => {
    const { nextNumber: number, proposalIndex: index } = log.state;
    return own.suggest({ number, index, view: log.revision }, count, inputs);
  };
  const noted = () => readFileSync(notes, "utf8").trim().split("\n");
  return { study: made, log, own, suggest, noted };
}

const GIVES = 'if (method === "ask") return { trials: [{ params: { x: 0.5 } }] };';

describe("a program that is asked", () => {
  it("is told what there was in lines of a thousand trials, with values, steps and states as they were", async () => {
    const trials = Array.from({ length: 1001 }, (_, k) => ({
      params: { x: k / 1001 },
      ...(k === 1
        ? { state: "failed", values: {} }
        : { state: "complete", values: { loss: k === 2 ? "Infinity" : k } }),
    }));
    const body = `if (method === "tell") note(JSON.stringify([params.trials.length, ...params.trials.slice(0, 3)])); ${GIVES}`;
    const { own, suggest, noted } = await asked(body, trials);
    await suggest();
    await own.close();
    const told = noted()
      .filter((line) => line.startsWith("["))
      .map((line) => JSON.parse(line) as readonly unknown[]);
    expect(told).toEqual([
      [
        1000,
        { number: 0, params: { x: 0 }, state: "complete", values: { loss: 0 } },
        { number: 1, params: { x: 1 / 1001 }, state: "failed", values: {} },
        { number: 2, params: { x: 2 / 1001 }, state: "complete", values: { loss: "Infinity" } },
      ],
      [1, { number: 1000, params: { x: 1000 / 1001 }, state: "complete", values: { loss: 1000 } }],
    ]);
  });

  it("is asked with what is under way and what is left, and its answer stands where it was asked for", async () => {
    const body = `if (method === "ask") { note(JSON.stringify(params)); return { trials: [{ params: { x: 0.5 } }, { params: { x: 0.25 } }] }; }`;
    const { study: made, log, own, suggest, noted } = await asked(body);
    await made.enqueue({ x: 0.75 });
    await log.refresh();
    const found = await suggest(3, { remaining: 7 });
    expect(found.map(({ number, params }) => [number, params.x])).toEqual([
      [1, 0.5],
      [2, 0.25],
    ]);
    const { revision: view } = log;
    expect(found.map(({ suggestion }) => suggestion)).toMatchObject([
      { view, spaceVersion: 1, settingsVersion: 1, index: 0, batchFirst: 1, inputs: { remaining: 7 } },
      { index: 1, batchFirst: 1 },
    ]);
    await suggest(2);
    await own.close();
    const calls = noted()
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as unknown);
    const pending = [{ number: 0, params: { x: 0.75 } }];
    expect(calls).toEqual([
      { number: 1, count: 3, index: 0, remaining: 7, pending },
      { number: 1, count: 2, index: 0, remaining: null, pending },
    ]);
  });

  it("rests only once it has answered, and is started anew when it is asked again", async () => {
    const { own, suggest, noted } = await asked(
      `if (method === "ask") { const t = Date.now(); while (Date.now() - t < 100); } ${GIVES}`,
    );
    const answer = suggest();
    await own.rest();
    expect(await answer).toHaveLength(1);
    await suggest();
    expect(noted()).toEqual(["initialize"]);
    await own.rest();
    expect(noted()).toEqual(["initialize", "ended"]);
    await suggest();
    await own.close();
    expect(noted()).toEqual(["initialize", "ended", "initialize", "ended"]);
  });
});
