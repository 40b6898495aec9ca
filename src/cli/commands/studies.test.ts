import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { expect, it } from "vitest";
import { createStudy, float } from "../../index.ts";
import { SqliteStorage } from "../../storage/sqlite/sqlite-storage.ts";
import { silentContext } from "../silent-context.testing.ts";
import { configure } from "./studies.ts";

/** The lines of the result. */
async function listed(file: string): Promise<readonly string[]> {
  const written: string[] = [];
  const output = { ...silentContext.output, out: (text: string) => void written.push(text) };
  const command = new Command();
  configure(command, { ...silentContext, output });
  await command.parseAsync(["--storage", file], { from: "user" });
  return written.join("\n").split("\n");
}

it("lists every study once, in the order in which they were made, however many lines are written at once", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "studies-")), "many.db");
  const storage = await SqliteStorage.open(file, { synchronous: "normal" });
  const names = Array.from({ length: 210 }, (_none, k) => `study ${k}`);
  const settings = { minimize: "loss", space: { x: float(0, 1) }, sampler: "random", storage } as const;
  for (const name of names) await (await createStudy({ ...settings, name })).close();
  const told = await createStudy({ ...settings, name: "study 7" });
  await told.tell(await told.ask(), 1);
  await storage.close();
  const [heading, ...lines] = await listed(file);
  expect(heading).toMatch(/^study +goal +trials +created \(UTC\)$/);
  expect(lines.map((line) => line.split(/ {2,}/)[0])).toEqual(names);
  expect(lines.map((line) => /minimize loss +(\d+) /.exec(line)?.[1])).toEqual(
    names.map((name) => (name === "study 7" ? "1" : "0")),
  );
});

it("makes visible what a terminal would obey", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "studies-")), "odd.db");
  const storage = await SqliteStorage.open(file);
  const asked = { minimize: "l\u202ess", space: { x: float(0, 1) }, sampler: "random", storage } as const;
  await (await createStudy({ ...asked, name: "odd" })).close();
  await storage.close();
  expect((await listed(file))[1]).toMatch(/^odd +minimize l\\u202ess +0 /);
});
