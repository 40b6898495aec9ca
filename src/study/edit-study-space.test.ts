import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { samplerNames } from "../sampler/registry.ts";
import { boolean, choice, defineSpace, float, int } from "../space/index.ts";
import { createStudy, openStudy } from "./create-study.ts";

const space = { lr: float(1e-4, 1, { log: true }), momentum: float(0, 0.9), layers: int(1, 6) };

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-edit-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const options = (storage: string) => ({ name: "s", minimize: "loss", seed: 5, storage, space }) as const;

describe.each(["memory", "sqlite"])("editing the space of a living study in %s", (kind) => {
  const storage = (): string => (kind === "memory" ? ":memory:" : join(folder, "attune.db"));

  it("keeps the trials counting, and replays", async () => {
    const study = await createStudy(options(storage()));
    await study.optimize(({ params }) => params.lr, { trials: 12 });
    const report = await study.editSpace(
      {
        set: { lr: float(1e-6, 0.1, { log: true }) },
        add: { dropout: float(0, 0.5), nesterov: boolean({ default: false }) },
        drop: ["momentum"],
        rename: { layers: "depth" },
        was: { dropout: "0" },
      },
      { accept: true },
    );
    const outside = study.trials().filter(({ params }) => Number(params.lr) > 0.1);
    expect(outside.length).toBeGreaterThan(0);
    expect(report).toMatchObject({ applied: true, leftOut: outside.map(({ number }) => number) });
    expect(report.changes).toEqual([
      "lr becomes 0.000001..0.1 log (was 0.0001..1 log).",
      "layers is called depth now.",
      "dropout is new (0.0..0.5).",
      "nesterov is new (true | false default false).",
      "momentum is dropped.",
      "12 trials without dropout will count as 0.",
      "12 trials without nesterov will count as false.",
    ]);
    expect(study.programParams(0)).toEqual({
      lr: study.trial(0).params.lr,
      depth: study.trial(0).params.layers,
      dropout: 0,
      nesterov: false,
    });
    await study.optimize(() => 1, { trials: 20, workers: 3 });
    expect(study.trials()).toHaveLength(20);
    expect(Object.keys(study.trial(15).params)).toEqual(["lr", "depth", "dropout", "nesterov"]);
    expect(await study.replay()).toMatchObject({ checked: 20, differences: [], otherEngine: [] });
    const again = await study.replicate(3, 1, 7);
    expect(study.trial(again).params).toEqual(study.programParams(3));
    await study.close();
  });

  it("says what cannot be kept and changes nothing until that is accepted", async () => {
    const study = await createStudy({ ...options(storage()), sampler: "random" });
    await study.optimize(({ params }) => params.lr, { trials: 8 });
    const best = study.summary().winner!.number;
    const edit = {
      set: { lr: float((study.trial(best).params.lr as number) * 1.001, 1, { log: true }) },
      drop: ["momentum"],
    };
    const planned = await study.editSpace(edit, { dryRun: true });
    expect(planned.losses.join("\n")).toBe(
      `trial ${best} (1 of 8), among them ${best}, the best so far, lies outside the new space: samplers will not learn from it any ` +
        "more; it stays in the record and in the budget.\n" +
        "momentum no longer counts in 8 trials, which had different values of it: samplers will see them as if it did not matter.",
    );
    await expect(study.editSpace(edit)).rejects.toMatchObject({
      code: "study-changed",
      message: /Nothing was changed.*\(accept: true\)/s,
    });
    expect(study.space.parameters.map(({ name }) => name)).toEqual(["lr", "momentum", "layers"]);
    expect(await study.editSpace(edit, { accept: true })).toMatchObject({ applied: true, leftOut: [best] });
    expect(study.summary().winner!.number).toBe(best);
    expect(study.trialsSpent).toBe(8);
    await study.close();
  });

  it("asks what old trials count as where nothing tells", async () => {
    const study = await createStudy(options(storage()));
    const edit = { add: { dropout: float(0, 0.5) } };
    await study.ask();
    await expect(study.editSpace(edit)).rejects.toThrow(/lack dropout.*\(was: \{ dropout: VALUE \}\)/s);
    await expect(study.editSpace({ ...edit, was: { droput: 0 } })).rejects.toThrow('Did you mean "dropout"?');
    await expect(study.editSpace({ ...edit, was: { dropout: "none" } })).rejects.toThrow(
      /allowed: numbers from 0 to 0.5/,
    );
    expect((await study.editSpace({ ...edit, was: { dropout: 0 } })).applied).toBe(true);
    await study.close();
  });

  it("needs no answer for parameters that no old trial would have", async () => {
    const study = await createStudy({ ...options(storage()), space: { opt: choice(["sgd", "adam"]) } });
    await study.optimize(() => 1, { trials: 3 });
    const add = { beta: float(0, 1, { when: { opt: "lion" } }) };
    expect(await study.editSpace({ set: { opt: choice(["sgd", "adam", "lion"]) }, add })).toMatchObject({
      losses: [],
      applied: true,
    });
    expect(await study.editSpace({})).toMatchObject({ changes: [], applied: false });
    await study.close();
  });

  it("refuses what the sampler's options do not fit, before anything is written", async () => {
    const study = await createStudy({
      ...options(storage()),
      sampler: { name: "grid", points: { momentum: 2, lr: 2 } },
    });
    await expect(study.editSpace({ drop: ["momentum"] })).rejects.toThrow(/points names momentum/);
    expect(study.space.parameters).toHaveLength(3);
    await study.close();
  });
});

it.each(samplerNames().filter((name) => name !== "program"))(
  "%s goes on after an edit: a fresh process suggests what one that saw it does",
  async (sampler) => {
    const file = join(folder, "attune.db");
    const study = await createStudy({ ...options(file), sampler });
    await study.optimize(({ params }) => params.lr, { trials: 12 });
    await study.editSpace(
      {
        set: { lr: float(1e-3, 1, { log: true }) },
        add: { act: choice(["relu", "tanh"]) },
        drop: ["momentum"],
        was: { act: "tanh" },
      },
      { accept: true },
    );
    await study.optimize(() => 1, { trials: 15 });
    const cold = await openStudy({ name: "s", storage: file });
    await cold.optimize(() => 1, { trials: 18 });
    await study.refresh();
    await study.optimize(() => 1, { trials: 21 });
    expect(await study.replay()).toMatchObject({ checked: 21, differences: [], otherEngine: [] });
    await cold.close();
    await study.close();
  },
);

describe("a study created again with other parameters", () => {
  const open = (over: object) => createStudy({ ...options(join(folder, "attune.db")), ...over });

  it("takes new parameters over where it is said what old trials count as", async () => {
    const first = await open({ command: { argv: ["train", "--lr", "${lr}"] } });
    await first.optimize(() => 1, { trials: 3 });
    const wider = { ...space, dropout: float(0, 0.5), warm: boolean({ default: true }) };
    const command = { argv: ["train", "--lr", "${lr}", "--dropout", "${dropout}", "--warm=${warm}"] };
    await expect(open({ space: wider, command })).rejects.toMatchObject({
      message: expect.stringContaining("say what trials so far count as (was: { dropout: VALUE })"),
      data: { edit: { study: "s", plan: { unanswered: ["dropout"], carry: { was: { warm: true } } } } },
    });
    const second = await open({ space: wider, command, was: { dropout: 0 } });
    expect(second.notices.join("\n")).toContain("3 trials without dropout will count as 0.");
    expect(second.notices.join("\n")).toMatch(/^The space was widened: /);
    expect(second.programParams(0)).toMatchObject({ dropout: 0, warm: true });
    const third = await open({ space: wider, command, was: { dropout: 0 } });
    expect(third.notices).toEqual([]);
    for (const study of [first, second, third]) await study.close();
  });

  it("takes any space over while there is no trial", async () => {
    const first = await open({});
    const second = await open({ space: { lr: float(1e-3, 1e-2) } });
    expect(second.notices.join("\n")).toMatch(/^The space was changed: .*No trial was made yet\.$/);
    for (const study of [first, second]) await study.close();
  });

  it.each(samplerNames().filter((name) => name !== "grid" && name !== "program"))(
    "takes any space over while no trial has a value, and %s goes on",
    async (sampler) => {
      const first = await open({ sampler });
      await first.optimize(() => Promise.reject(new Error("no such layer")), { trials: 4, keepGoing: true });
      const other = { lr: float(1e-3, 0.1, { log: true }), depth: int(1, 9), optimizer: choice(["adam", "sgd"]) };
      const second = await open({ sampler, space: other, where: ["depth < 8"] });
      const outside = first.trials().filter(({ params }) => Number(params.lr) < 1e-3 || Number(params.lr) > 0.1);
      expect(outside.length).toBeGreaterThan(0);
      const [notice = ""] = second.notices;
      expect(notice).toMatch(
        /^The space was changed: lr becomes .* depth is new .* momentum is dropped\. .*"depth < 8" is new\./,
      );
      expect(notice).toContain(
        "No trial had a value yet; those made so far stay in the record and in the budget, and samplers learn",
      );
      await second.optimize(({ params }) => Math.abs(Math.log10(params.lr) + 2) + Number(Object(params).depth), {
        trials: 16,
      });
      expect(second.trials().filter(({ state }) => state === "complete")).toHaveLength(12);
      for (const { params, state } of second.trials())
        if (state === "complete") expect(Object.keys(params).sort()).toEqual(["depth", "lr", "optimizer"]);
      for (const study of [first, second]) await study.close();
    },
  );

  it("asks what trials count as that wait to be run, also while none has a value", async () => {
    const first = await open({});
    await first.enqueue({ lr: 0.01, momentum: 0.5, layers: 2 });
    const wider = { ...space, depth: int(1, 9) };
    await expect(open({ space: wider })).rejects.toThrow("was: { depth: VALUE }");
    const second = await open({ space: wider, was: { depth: 3 } });
    expect(second.programParams(0)).toMatchObject({ depth: 3 });
    for (const study of [first, second]) await study.close();
  });

  it("tells a loss once, and none for another name", async () => {
    const study = await open({});
    await study.optimize(() => 1, { trials: 6 });
    const drop = await study.editSpace({ drop: ["momentum"] }, { accept: true });
    expect(drop.losses.join()).toContain("momentum no longer counts in 6 trials");
    expect((await study.editSpace({ rename: { layers: "depth" } })).losses).toEqual([]);
    expect((await study.editSpace({ set: { lr: float(1e-5, 1, { log: true }) } })).losses).toEqual([]);
    await study.close();
  });

  it("edits a space freely while no trial has a value, and no more once one has", async () => {
    const study = await open({});
    await study.optimize(() => Promise.reject(new Error("no such layer")), { trials: 2, keepGoing: true });
    const narrow = { set: { lr: float(0.01, 0.02) }, add: { depth: int(1, 9) }, drop: ["momentum"] };
    expect(await study.editSpace(narrow)).toMatchObject({ applied: true, losses: [] });
    await study.optimize(() => 1, { trials: 6 });
    expect(await study.editSpace({ set: { lr: float(0.01, 0.03) } })).toMatchObject({ applied: true });
    await expect(study.editSpace({ set: { lr: float(0.015, 0.016) } })).rejects.toThrow("Nothing was changed");
    await study.close();
  });

  it("takes a command over that hands on what is new, and no other", async () => {
    const command = (...words: string[]) => ({ command: { argv: ["train", "--lr", "${lr}", ...words] } });
    const first = await open(command("--momentum", "${momentum}"));
    await first.optimize(() => 1, { trials: 2 });
    await first.editSpace({ add: { dropout: float(0, 0.5, { default: 0 }) }, drop: ["momentum"] }, { accept: true });
    const now = defineSpace({ lr: space.lr, layers: space.layers, dropout: float(0, 0.5, { default: 0 }) });
    await expect(open({ ...command("--fast"), space: now })).rejects.toThrow("its program or arguments are others");
    const second = await open({ ...command("--dropout", "${dropout}"), space: now });
    expect(second.settings.command).toEqual(command("--dropout", "${dropout}").command);
    for (const study of [first, second]) await study.close();
  });
});
