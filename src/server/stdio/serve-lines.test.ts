import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { openStorage } from "../../storage/registry.ts";
import { protocolContract } from "../protocol.contract.ts";
import { StudyService } from "../study-service.ts";
import { LineClient } from "./line-client.testing.ts";
import { LineServer } from "./serve-lines.ts";

async function served(begin = true) {
  const storage = await openStorage(":memory:");
  const service = new StudyService(storage);
  const [input, output] = [new PassThrough(), new PassThrough()];
  const server = new LineServer({ service, version: "0", storage: ":memory:", input, output });
  const over = server.run();
  const client = new LineClient(output, input);
  if (begin) await client.call("initialize", { protocol: 1 });
  const close = async (): Promise<void> => {
    input.end();
    await over;
    await service.close();
    await storage.close();
  };
  return { client, call: (name: string, given: unknown) => client.call(name, given), input, over, close };
}

const STUDY = { name: "a", minimize: "loss", space: { x: "0.0..1.0" }, sampler: "random", seed: 1 };

protocolContract("lines", served);

it("agrees on the version first", async () => {
  const { client, close } = await served(false);
  await expect(client.call("studies", {})).rejects.toThrow("call initialize first");
  await expect(client.call("initialize", {})).rejects.toThrow(
    "names no version of the protocol; this Attune speaks version 1",
  );
  await expect(client.call("initialize", { protocol: 2 })).rejects.toThrow("asks for version 2");
  expect(await client.call("initialize", { protocol: 1 })).toMatchObject({
    protocol: 1,
    name: "attune",
    storage: ":memory:",
  });
  await close();
});

it("answers what is sent ahead, each to its question, and what is about one trial in its order", async () => {
  const { call, close } = await served();
  await call("createStudy", STUDY);
  const asked = (await Promise.all(Array.from({ length: 50 }, () => call("ask", { study: "a" })))) as {
    number: number;
    token: string;
  }[];
  expect(asked.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, n) => n));
  const told = asked.flatMap(({ number: trial, token }) => [
    ...[1, 2, 3].map((step) =>
      call("report", { study: "a", trial, token, first: step - 1, reports: [{ step, values: { loss: step } }] }),
    ),
    call("tell", { study: "a", trial, token, value: trial }),
  ]);
  await Promise.all(told);
  expect(await call("summary", { study: "a" })).toMatchObject({ counts: { complete: 50 }, best: { number: 0 } });
  expect(await call("trial", { study: "a", trial: 49 })).toMatchObject({ reportCount: 3 });
  await close();
});

it("does a call with a key once", async () => {
  const { call, close } = await served();
  await call("createStudy", STUDY);
  const given = { study: "a", params: { x: 0.5 }, idempotencyKey: "one" };
  expect(await call("enqueue", given)).toEqual(await call("enqueue", given));
  expect(await call("study", { study: "a" })).toMatchObject({ trials: 1 });
  await close();
});

it("ends when it is asked to, after all answers", async () => {
  const { call, over } = await served();
  const [created, ended] = await Promise.all([call("createStudy", STUDY), call("shutdown", {})]);
  expect([created, ended]).toMatchObject([{ created: true }, {}]);
  await over;
});

it("a call that waits for changes holds up no other", async () => {
  const { call, close } = await served();
  await call("createStudy", STUDY);
  const waiting = call("changes", { study: "a", after: 1, wait: 60 });
  await call("enqueue", { study: "a", params: { x: 0.5 } });
  expect(await waiting).toMatchObject({ changes: [{ revision: 2, kind: "proposed" }] });
  await close();
});
