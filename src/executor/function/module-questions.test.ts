import { Worker } from "node:worker_threads";
import { expect, it } from "vitest";
import { AttuneError } from "../../errors.ts";
import type { Parameter } from "../../space/parameter.ts";
import { answerQuestions } from "./module-questions.ts";

const THREAD = `
const { workerData, parentPort } = require("node:worker_threads");
import(workerData.url).then(({ askQuestion }) => {
  for (const name of ["a", "b", "refused", "broken", "c"]) {
    try {
      parentPort.postMessage([name, askQuestion(workerData.end, { name })]);
    } catch (error) {
      parentPort.postMessage([name, error.constructor.name, error.code, error.message]);
    }
  }
  parentPort.postMessage(null);
});
`;

it("answers a thread that waits without yielding, one question after the other, refusals too", async () => {
  const asked: string[] = [];
  const { port, answered, close } = answerQuestions(({ name }: Parameter) => {
    asked.push(name);
    if (name === "refused") throw new AttuneError("invalid-params", "No.");
    if (name === "broken") throw new TypeError("not a word");
    return name === "b" ? [1, { deep: true }] : `value of ${name}`;
  });
  const url = new URL("./module-questions.ts", import.meta.url).href;
  const worker = new Worker(THREAD, {
    eval: true,
    workerData: { url, end: { port, answered } },
    transferList: [port],
  });
  const told: unknown[] = [];
  const over = Promise.withResolvers<void>();
  worker.on("message", (message) => (message === null ? over.resolve() : told.push(message)));
  worker.on("error", over.reject);
  await over.promise;
  close();
  await worker.terminate();
  expect(asked).toEqual(["a", "b", "refused", "broken", "c"]);
  expect(told).toEqual([
    ["a", "value of a"],
    ["b", [1, { deep: true }]],
    ["refused", "AttuneError", "invalid-params", "No."],
    ["broken", "AttuneError", "internal", "TypeError: not a word"],
    ["c", "value of c"],
  ]);
  expect(answered[0]).toBe(5);
});
