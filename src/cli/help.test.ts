import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "./command-table.ts";
import { silentContext } from "./silent-context.testing.ts";

describe("the help", () => {
  it.each(COMMANDS.map(({ name }) => name))("of %s has an example that calls it", async (name) => {
    let help = "";
    const command = new Command(name).configureOutput({
      writeOut: (text) => {
        help += text;
      },
    });
    (await COMMANDS.find((entry) => entry.name === name)!.load()).configure(command, silentContext);
    command.outputHelp();
    expect(help).toMatch(new RegExp(`Examples?:\\n(.*\\n)*?.*attune ${name}`));
  });
});
