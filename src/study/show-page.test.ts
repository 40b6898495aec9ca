import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PAGE_REQUEST } from "./page-request.ts";
import { showPage } from "./show-page.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-page-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ASKED = { location: "attune.db", study: "s", open: false } as const;

/** A script that stands for the command line's. */
function script(text: string): string {
  const file = join(folder, "entry.cjs");
  writeFileSync(file, text);
  return file;
}

/** One that answers what it was asked, and stays. */
const answering = `
  const asked = JSON.parse(process.env["${PAGE_REQUEST}"]);
  const told = JSON.stringify({ url: process.argv[2], pid: process.pid, asked });
  process.stdout.write(told.slice(0, 9));
  setTimeout(() => process.stdout.write(told.slice(9) + "\\n"), 20);
  setInterval(() => undefined, 1000);
`;

describe("a page that a process of its own shows", () => {
  it("is asked for with all that is to be shown, and ends when it is closed", async () => {
    const page = (await showPage(ASKED, script(answering))) as unknown as {
      readonly url: string;
      readonly pid: number;
      readonly asked: object;
      close(): Promise<void>;
    };
    expect(page).toMatchObject({ url: "ui", asked: { ...ASKED, port: 8778 } });
    expect(process.kill(page.pid, 0)).toBe(true);
    await page.close();
    expect(() => process.kill(page.pid, 0)).toThrow("ESRCH");
    // Once more, when it is gone.
    await page.close();
    const other = await showPage({ ...ASKED, port: 9 }, script(answering));
    expect(other).toMatchObject({ asked: { port: 9 } });
    await other.close();
  });

  it("cannot be had where its process says why it is not", async () => {
    const failing = script('process.stderr.write("attune: the port is taken\\n"); process.exitCode = 1;');
    await expect(showPage(ASKED, failing)).rejects.toMatchObject({
      code: "invalid-argument",
      message: "The page could not be served: the port is taken",
    });
    await expect(showPage({ ...ASKED, location: ":memory:" })).rejects.toThrow(
      "A study in memory is seen by its own process alone; keep it in a file to show its page.",
    );
  });
});
