import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { attune, folder, start } from "./attune.ts";

/** Prints, waits for a file, prints again. */
const SLOW = `
import { existsSync, watch } from "node:fs";
console.log("begun");
await new Promise((resolve) => {
  const look = () => existsSync("go") && resolve();
  watch(".", look);
  look();
});
console.log("loss=1");
process.exit(0);
`;

describe("attune log --follow", () => {
  it("goes on as the trial prints, and ends with it", async () => {
    const cwd = folder({ "slow.mjs": SLOW });
    const run = start(cwd, [
      "run",
      "--minimize",
      "loss",
      "--trials",
      "1",
      "--",
      process.execPath,
      "slow.mjs",
      "{x: 1..2}",
    ]);
    await run.wrote("new study");
    while ((await attune(cwd, ["trials", "slow", "--json"])).out === "");
    const follow = start(cwd, ["log", "0", "--follow"]);
    await follow.wrote("begun");
    writeFileSync(join(cwd, "go"), "");
    expect(await follow.ended).toMatchObject({ code: 0, out: "begun\nloss=1\n", err: "trial 0 of slow is complete\n" });
    expect((await run.ended).code).toBe(0);
  });
});
