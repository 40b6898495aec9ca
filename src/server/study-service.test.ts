import { describe, expect, it } from "vitest";
import { float } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy, openStudy } from "../study/index.ts";
import type { Caller } from "./caller.ts";
import { answerOf } from "./figures/figure-maker.ts";
import { OPERATIONS, type OperationName } from "./operations/index.ts";
import { protocolContract } from "./protocol.contract.ts";
import { StudyService } from "./study-service.ts";
import { Written } from "./written.ts";

const ADMIN: Caller = { role: "admin", commands: true, own: false };
const OPERATOR: Caller = { role: "operator", commands: false, own: false };
const READER: Caller = { role: "reader", commands: false, own: false };
const SPACE = { x: "0.0..1.0" };

/** Every answer is held to its schema. */
async function client(caller: Caller = ADMIN) {
  const storage = await openStorage(":memory:");
  const service = new StudyService(storage);
  return {
    storage,
    service,
    call: async (name: string, input: unknown, key: string | null = null) => {
      const answer = await service.call(name as OperationName, input, { caller, key });
      OPERATIONS[name as OperationName].output.parse(answer);
      return answer as never;
    },
    close: async () => {
      await service.close();
      await storage.close();
    },
  };
}

protocolContract("calls in this process", client);

it.each([
  [5_000, false],
  [5_001, true],
])("answers for %i trials alike, of many from the thread of figures once it is there", async (count, isThere) => {
  const { service, storage, close } = await client();
  const study = await createStudy({
    name: "a",
    minimize: "loss",
    sampler: "random",
    space: { x: float(0, 1) },
    storage,
  });
  const known = { state: "complete", reports: [], startedAt: null, finishedAt: null, attributes: {} } as const;
  const loss = (place: number): number => (place * 7_919) % 4_999;
  await study.importTrials(
    Array.from({ length: count }, (_none, place) => ({ ...known, params: { x: 0.5 }, values: { loss: loss(place) } })),
  );
  const first = await service.answer("summary", { study: "a" }, { caller: READER });
  expect(first).toEqual(answerOf(study, { look: "summary" }));
  for (const look of ["summary", "health", "course"] as const) {
    const answer = await service.answer(look, { study: "a" }, { caller: READER });
    expect(answer instanceof Written, look).toBe(isThere);
    const asked = look === "course" ? { look, metric: undefined } : { look };
    expect(await service.call(look, { study: "a" }, { caller: READER })).toEqual(
      JSON.parse(JSON.stringify(answerOf(study, asked))),
    );
  }
  await close();
});

describe("who may", () => {
  it("a reader changes nothing: every operation that writes is refused", async () => {
    const { service, close } = await client();
    for (const name of Object.keys(OPERATIONS) as OperationName[]) {
      const { role } = OPERATIONS[name];
      const asked = service.call(name, {}, { caller: READER });
      if (role !== "reader") await expect(asked, name).rejects.toMatchObject({ code: "forbidden" });
      else await asked.catch((error: unknown) => expect(error, name).not.toMatchObject({ code: "forbidden" }));
    }
    await close();
  });

  it.each([
    ["a command", { command: { argv: ["touch", "owned"] } }],
    ["a shell command", { command: { shell: "touch owned" } }],
    ["a sampler that is a program", { sampler: { name: "program", command: ["touch", "owned"] } }],
  ])("an operator sets no program: %s", async (_, given) => {
    const { call, service, close } = await client(OPERATOR);
    const input = { name: "a", minimize: "loss", space: SPACE, ...given };
    await expect(call("createStudy", input)).rejects.toMatchObject({ code: "forbidden" });
    expect(await service.call("studies", {}, { caller: READER })).toMatchObject({ studies: [] });
    // Nor in a study that is there, with or without a program of its own.
    await service.call(
      "createStudy",
      { name: "a", minimize: "loss", space: SPACE, sampler: "random" },
      { caller: OPERATOR },
    );
    await expect(call("createStudy", input)).rejects.toMatchObject({ code: "forbidden" });
    expect(await service.call("study", { study: "a" }, { caller: READER })).toMatchObject({
      command: null,
      sampler: { name: "random" },
    });
    await close();
  });

  it("an operator who continues a study leaves its program as it is", async () => {
    const { call, service, close } = await client(OPERATOR);
    const caller = { role: "admin", commands: true, own: true } as const;
    const command = { argv: ["python", "train.py", "--x", "{x: 0.0..1.0}"] };
    await service.call("createStudy", { name: "a", minimize: "loss", space: SPACE, command }, { caller });
    expect(await call("createStudy", { name: "a", space: { x: "0.0..2.0" } })).toMatchObject({
      created: false,
      study: { command },
    });
    await close();
  });

  it("a command's own declarations are the space, or stand in it", async () => {
    const { call, close } = await client({ role: "admin", commands: true, own: true });
    const command = { argv: ["python", "train.py", "--x", "{x: 0.0..1.0}"] };
    expect(await call("createStudy", { name: "a", minimize: "loss", command })).toMatchObject({
      study: { space: { parameters: [{ name: "x" }] } },
    });
    for (const given of [{ name: "b", minimize: "loss", space: { y: "1..3" } }, { name: "a" }]) {
      const argv = [...command.argv, "--z", "{z: 1..3}"];
      await expect(call("createStudy", { ...given, command: { argv } })).rejects.toMatchObject({
        code: "invalid-space",
      });
    }
    expect(await call("studies", {})).toMatchObject({ studies: [{ name: "a" }] });
    await close();
  });

  it("the program that is a sampler is started for nobody who may not say what is run", async () => {
    const { call, service, close } = await client(OPERATOR);
    const sampler = { name: "program", command: ["touch", "owned"] };
    const own = { role: "admin", commands: true, own: true } as const;
    await service.call("createStudy", { name: "a", minimize: "loss", space: SPACE, sampler }, { caller: own });
    await expect(call("ask", { study: "a" })).rejects.toMatchObject({ code: "forbidden" });
    await close();
  });
});

it("a trial that was asked for from elsewhere is told by its token alone", async () => {
  const { call, storage, close } = await client();
  await call("createStudy", { name: "a", minimize: "loss", space: SPACE, sampler: "random" });
  await call("ask", { study: "a" });
  const study = await openStudy({ name: "a", storage });
  await expect(study.tell(0, 1)).rejects.toThrow("who asked for it is not known");
  await close();
});

describe("a call with a key", () => {
  it("is done once, and its answer told again; another call with the key is refused", async () => {
    const { call, close } = await client();
    await call("createStudy", { name: "a", minimize: "loss", space: SPACE, sampler: "random" });
    const first = await call("ask", { study: "a" }, "k1");
    expect(await call("ask", { study: "a" }, "k1")).toEqual(first);
    expect(await call("ask", { study: "a" }, "k2")).toMatchObject({ number: 1 });
    const both = await Promise.all([1, 2].map(() => call("enqueue", { study: "a", params: { x: 0.5 } }, "k3")));
    expect(both[0]).toEqual(both[1]);
    await expect(call("enqueue", { study: "a", params: { x: 0.25 } }, "k3")).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(call("enqueue", { study: "a", params: { x: 7 } }, "k4")).rejects.toMatchObject({
      code: "invalid-params",
    });
    expect(await call("enqueue", { study: "a", params: { x: 0.7 } }, "k5")).toMatchObject({ number: 3 });
    await close();
  });
});

it("what another server is asked again after the first one's end is done once", async () => {
  const storage = await openStorage(":memory:");
  let key = "the same";
  const asked = async (name: OperationName, input: unknown): Promise<unknown> => {
    const service = new StudyService(storage);
    const answer = await service.call(name, input, { caller: ADMIN, key });
    await service.close();
    return answer;
  };
  const exported = async () => ((await asked("export", { study: "a" })) as { readonly trials: unknown }).trials;
  const twice = async (name: OperationName, input: unknown): Promise<void> => {
    const first = await asked(name, input);
    const before = await exported();
    const { created: _, notices: __, ...again } = (await asked(name, input)) as Record<string, unknown>;
    const { created: ___, notices: ____, ...once } = first as Record<string, unknown>;
    if (name !== "confirm") expect(again, name).toEqual(once);
    expect(await exported(), name).toEqual(before);
  };
  await twice("createStudy", { name: "a", minimize: "loss", space: SPACE, sampler: "random" });
  const keys = ["ask 0", "ask 1", "ask 2"];
  for (const value of [3, 1, 2]) {
    key = keys.shift()!;
    await twice("ask", { study: "a" });
    const { number: trial, token } = (await asked("ask", { study: "a" })) as { number: number; token: string };
    key = "the same";
    await twice("report", { study: "a", trial, token, first: 0, reports: [{ step: 1, values: { loss: value + 1 } }] });
    await twice("tell", { study: "a", trial, token, value });
  }
  await twice("note", { study: "a", trial: 0, text: "seen" });
  await twice("invalidate", { study: "a", trial: 0 });
  await twice("restore", { study: "a", trial: 0 });
  for (const name of ["pauseStudy", "continueStudy", "stopStudy"] as const) await twice(name, { study: "a" });
  await twice("confirm", { study: "a", replicates: 3 });
  key = "to enqueue";
  await twice("enqueue", { study: "a", params: { x: 0.5 } });
  await expect(asked("enqueue", { study: "a", params: { x: 0.75 } })).rejects.toMatchObject({ code: "conflict" });
  key = "to import";
  await twice("import", {
    study: "a",
    trials: [
      { params: { x: 0.25 }, values: { loss: 4 } },
      { params: { x: 1 }, values: { loss: 5 } },
    ],
  });
  key = "to rename";
  await twice("editSpace", { study: "a", rename: { x: "y" } });
  // Though it would be none of this space.
  key = "to enqueue";
  await twice("enqueue", { study: "a", params: { x: 0.5 } });
  await storage.close();
});

describe("what is told", () => {
  it("holds no token of a trial and no secret of a command, in answers and in refusals", async () => {
    const { call, close } = await client();
    const command = { argv: ["prog", "--password", "s3cret-w0rd-77", "{x: 0.0..1.0}"] };
    const created = await call("createStudy", {
      name: "a",
      minimize: "loss",
      space: SPACE,
      sampler: "random",
      command,
    });
    const { token } = (await call("ask", { study: "a" })) as { token: string };
    const answers: unknown[] = [created];
    for (const name of ["study", "summary", "trials", "changes", "export"])
      answers.push(await call(name, { study: "a" }));
    answers.push(await call("trial", { study: "a", trial: 0 }), await call("studies", {}));
    answers.push(
      await call("note", { study: "a", trial: 0, text: "it said s3cret-w0rd-77" }),
      await call("trial", { study: "a", trial: 0 }),
    );
    answers.push(
      String(await (call("study", { study: "s3cret-w0rd-77" }) as Promise<unknown>).catch((error: unknown) => error)),
    );
    const told = JSON.stringify(answers);
    expect(told).not.toContain("s3cret-w0rd-77");
    expect(told).toContain("[redacted]");
    expect(told).not.toContain(token);
    await close();
  });
});

describe("a study that is deleted and made anew under its name", () => {
  it("is the new one for everybody", async () => {
    const { call, service, storage, close } = await client();
    const create = { name: "a", minimize: "loss", space: SPACE, sampler: "random" };
    await call("createStudy", create);
    await call("ask", { study: "a" });
    const found = await storage.findStudy("a");
    await storage.execute(found!.id, { type: "delete" }, 0);
    await call("createStudy", create);
    expect(await call("ask", { study: "a" })).toMatchObject({ number: 0 });
    expect(await service.call("trials", { study: "a" }, { caller: READER })).toMatchObject({ trials: [{ number: 0 }] });
    await close();
  });
});
