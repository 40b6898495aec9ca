import { expect, it } from "vitest";
import { attune, folder } from "./attune.ts";

it("ui and serve say which storage is not there, and what does not go together", async () => {
  const cwd = folder({ "t.mjs": "console.log('loss=1');" });
  const run = ["run", "--minimize", "loss", "--trials", "1", "--quiet", "--storage", "a.db"];
  expect((await attune(cwd, [...run, "--", process.execPath, "t.mjs", "{x: 0.0..1.0}"])).code).toBe(0);
  const said = async (...words: string[]) => await attune(cwd, words);
  expect(await said("ui", "a.db", "nope.db", "--no-open")).toMatchObject({
    code: 2,
    err: expect.stringContaining("There is no storage"),
  });
  expect(await said("ui", "a.db", "a.db", "--storage", "a.db", "--no-open")).toMatchObject({
    code: 2,
    err: expect.stringContaining("write all of them as words"),
  });
  expect(await said("ui", "a.db", "a.db", "--study", "t", "--no-open")).toMatchObject({
    code: 2,
    err: expect.stringContaining("--study t is of one storage"),
  });
  expect(await said("serve", "a.db", "a.db", "--stdio")).toMatchObject({
    code: 2,
    err: expect.stringContaining("--stdio serves one storage"),
  });
});
