import { describe, expect, it } from "vitest";
import { COMMANDS } from "../command-table.ts";
import { repeatedOptions } from "../commands/try/next-steps.ts";
import { camelCase } from "./declaration.ts";
import { defaultOf, FILE_SETTINGS, readSettings, settingsOf } from "./table.ts";

describe("the table of settings", () => {
  it("names every setting once, and only commands that there are", () => {
    const names = settingsOf().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const commands = new Set(COMMANDS.map(({ name }) => name));
    expect(settingsOf().flatMap((declared) => declared.commands.filter((name) => !commands.has(name)))).toEqual([]);
    expect(settingsOf().filter(({ commands, inFile }) => commands.length === 0 && inFile === false)).toEqual([]);
  });

  it("has no default in its help, since that would be a second one", () => {
    const texts = settingsOf().flatMap(({ help, helpIn = {} }) => [help, ...Object.values(helpIn)]);
    expect(texts.filter((text) => /\(default|\bdefault:|\.$/.test(text))).toEqual([]);
  });

  it("reads its defaults as the options are read", () => {
    expect(defaultOf("workers")).toBe(1);
    expect(defaultOf("grace")).toBe(10);
    expect(defaultOf("log-limit")).toBe(100e6);
    expect(defaultOf("min-free")).toBe(100e6);
    expect(defaultOf("nice")).toBe(0);
  });

  it("says the same by an option and by a key", async () => {
    const same = {
      patience: "7",
      "idle-timeout": "2m",
      "memory-limit": "1GB",
      keep: "acc,f1",
      stdin: "json",
      seed: "3",
    };
    for (const [name, value] of Object.entries(same)) {
      const read = FILE_SETTINGS.get(name)!.read({ value, label: name, position: null });
      expect(await readSettings({ [camelCase(name)]: value })).toEqual(read);
    }
  });

  it("gives the options again that say what was said", async () => {
    const options = {
      param: ["lr 0..1"],
      argsStyle: "hydra",
      template: ["a.yaml.attune", "b c.toml.attune"],
      stdin: "json",
      value: "mean:3",
      metricPath: ["test.acc", "f1=test.f1"],
      metricFrom: "last-number",
      reportHttp: true,
    };
    const words =
      "--param 'lr 0..1' --args-style hydra --template a.yaml.attune --template 'b c.toml.attune' --stdin json --value mean:3 " +
      "--metric-path test.acc --metric-path f1=test.f1 --metric-from last-number --report-http";
    expect(repeatedOptions(await readSettings(options)).join(" ")).toBe(words);
    expect(repeatedOptions({})).toEqual([]);
  });
});
