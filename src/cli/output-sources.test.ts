import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

describe("the commands' sources", () => {
  const folder = fileURLToPath(new URL(".", import.meta.url));
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !/\.(?:test|testing)\.ts$/.test(file),
  );

  it.each([
    [
      "process.stdout.write and process.stderr.write",
      /process\.std(?:out|err)\.write\(/,
      ["commands/log/follow-log.ts", "output.ts"],
    ],
    ["JSON without jsonText", /\.out\(\s*JSON\.stringify/, []],
  ])("print by one way: %s", (_what, pattern, allowed) => {
    const found = sources.filter((file) => pattern.test(readFileSync(`${folder}/${file}`, "utf8")));
    expect(found.sort()).toEqual(allowed);
  });
});
