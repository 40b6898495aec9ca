import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { attune, folder, trials } from "./attune.ts";

const TRAIN = `
const words = process.argv.slice(2);
const value = (name, other) => (words.includes("--" + name) ? Number(words[words.indexOf("--" + name) + 1]) : other);
console.log("loss=" + ((Math.log10(value("lr")) + 2) ** 2 + (value("dropout", 0) - 0.2) ** 2));
`;

const file = (space: string, words: string, more = "") => `
minimize: loss
seed: 4
space: {${space}}
${more}
command: [${process.execPath}, train.mjs, --lr, "\${lr}"${words}]
`;

describe("editing the space of a living study", () => {
  it("is said before it is done, done by command, and replayed", async () => {
    const cwd = folder({ "train.mjs": TRAIN, "s.yaml": file("lr: 1e-4..1.0 log, wd: 0.0..1.0", "") });
    await attune(cwd, ["run", "s.yaml", "--trials", "10"]);
    const edit = ["space", "edit", "s", "--set", "lr: 1e-3..10.0 log", "--add", "dropout: 0.0..0.5", "--drop", "wd"];
    const open = await attune(cwd, edit);
    expect([open.code, open.err]).toEqual([2, expect.stringContaining("--was dropout=VALUE")]);
    const refused = await attune(cwd, [...edit, "--was", "dropout=0"]);
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(
      /lr becomes 0\.001\.\.10 log \(was 0\.0001\.\.1 log\)\.\n.*outside the new space.*--yes/s,
    );
    const dry = await attune(cwd, [...edit, "--was", "dropout=0", "--dry-run", "--json"]);
    expect(JSON.parse(dry.out)).toMatchObject({ applied: false });
    const done = await attune(cwd, [...edit, "--was", "dropout=0", "--yes"]);
    expect([done.code, done.err]).toEqual([0, expect.stringContaining("The space of s is changed")]);
    writeFileSync(join(cwd, "s.yaml"), file("lr: 1e-3..10.0 log, dropout: 0.0..0.5", ', --dropout, "${dropout}"'));
    const more = await attune(cwd, ["run", "s.yaml", "--trials", "14"]);
    expect(more.code).toBe(0);
    expect(more.err).not.toContain("note:");
    expect((await trials(cwd, "s"))[12]).toMatchObject({
      params: { lr: expect.any(Number), dropout: expect.any(Number) },
    });
    expect((await attune(cwd, ["replay"])).out).toContain("14 suggestions recomputed, equal bit for bit");
  });

  it("is done by the study file where nothing is lost, else refused with the command that does it", async () => {
    const cwd = folder({ "train.mjs": TRAIN, "s.yaml": file("lr: 1e-4..1.0 log", "") });
    const run = async (text: string, total: number) => {
      writeFileSync(join(cwd, "s.yaml"), text);
      return await attune(cwd, ["run", "s.yaml", "--trials", `${total}`]);
    };
    await run(file("lr: 1e-4..1.0 log", ""), 4);
    const dropout = ', --dropout, "${dropout}"';
    const space = "lr: 1e-5..1.0 log, dropout: 0.0..0.5";
    const asked = await run(file(space, dropout), 5);
    expect(asked.code).toBe(2);
    expect(asked.err).toContain(
      "attune space edit s --set 'lr: 0.00001..1 log' --add 'dropout: 0.0..0.5' --was dropout=VALUE",
    );
    const told = await run(file(space, dropout, "was: {dropout: 0}"), 5);
    expect(told.code).toBe(0);
    expect(told.err).toContain("4 trials without dropout will count as 0.");
    const narrow = file("lr: 0.5..1.0 log, dropout: 0.0..0.5", dropout);
    const refused = await run(narrow, 6);
    expect(refused.code).toBe(2);
    const [, words = ""] = /To have it so: attune (.*)/.exec(refused.err) ?? [];
    expect(words).toBe("space edit s --set 'lr: 0.5..1 log'");
    expect((await attune(cwd, ["space", "edit", "s.yaml", "--yes"])).err).toContain("The space of s is changed");
    expect((await attune(cwd, ["space", "edit", "s.yaml"])).err).toContain("has this space already");
    expect((await run(narrow, 6)).code).toBe(0);
    expect((await attune(cwd, ["replay"])).out).toContain("6 suggestions recomputed, equal bit for bit");
  });

  it("says what is wrong with an edit", async () => {
    const cwd = folder({ "train.mjs": TRAIN, "s.yaml": file("lr: 1e-4..1.0 log", "") });
    await attune(cwd, ["run", "s.yaml", "--trials", "1"]);
    const told = async (...words: string[]) => {
      const { code, err } = await attune(cwd, ["space", "edit", "s", ...words]);
      expect(code).toBe(2);
      return err;
    };
    expect(await told()).toContain("Say what to change");
    expect(await told("--set", "lr")).toContain("write name: values");
    expect(await told("--set", "lt: 1..2")).toContain('Did you mean "lr"?');
    expect(await told("--set", "lr: 1..")).toContain("column 8");
    expect(await told("--was", "dropout")).toContain("Say what to change");
    expect(await told("--add", "x: 1..2", "--was", "x")).toContain("--was dropout=0");
    expect(await told("--drop", "lr")).toContain("No parameter would be left to tune");
  });
});
