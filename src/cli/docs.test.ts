import { readFileSync } from "node:fs";
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "./command-table.ts";
import { FILE_SETTINGS } from "./settings/table.ts";
import { silentContext } from "./silent-context.testing.ts";
import { readStudyText } from "./study/read-study-file.ts";
import { studySpace } from "./study/study-space.ts";

const page = (name: string): string => readFileSync(new URL(`../../docs/guide/${name}.md`, import.meta.url), "utf8");

describe("the guide", () => {
  it("has a heading for every command", () => {
    const headings =
      page("cli")
        .match(/^## .*$/gm)
        ?.join("\n") ?? "";
    for (const { name } of COMMANDS) expect(headings).toContain(`\`attune ${name}\``);
  });

  it.each(COMMANDS.map(({ name }) => name))("has every option of %s", async (name) => {
    const command = new Command(name);
    (await COMMANDS.find((entry) => entry.name === name)!.load()).configure(command, silentContext);
    const options = [command, ...command.commands].flatMap(({ options }) => options.map(({ long }) => long!));
    const guide = ["cli", "editing-a-study", "running-safely"].map(page).join("\n");
    expect(options.filter((option) => !guide.includes(option))).toEqual([]);
  });

  it("lists every key of a study file, and no others", () => {
    const rows = page("study-file").match(/^\| `.*?\|/gm) ?? [];
    const keys = rows.flatMap((row) => [...row.matchAll(/`([a-z-]+)`/g)].map((match) => match[1]));
    expect(keys.sort()).toEqual([...FILE_SETTINGS.keys()].sort());
  });

  it("shows a study file that can be read", () => {
    const [, example = ""] = /```yaml\n([\s\S]*?)```/.exec(page("study-file")) ?? [];
    const { space, where, command, ...rest } = readStudyText(example, "study.yaml");
    expect(rest).toMatchObject({ study: "digits", trials: 60, workers: 4 });
    expect(studySpace({ space, where, command }).parameters.map(({ name }) => name)).toEqual([
      "lr",
      "layers",
      "optimizer",
    ]);
  });
});
