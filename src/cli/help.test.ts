import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "./command-table.ts";
import type { CliContext } from "./context.ts";
import { createPaint } from "./render/paint.ts";

const paint = createPaint(false);
const context: CliContext = {
  output: {
    out: () => undefined,
    err: () => undefined,
    draw: () => undefined,
    outPaint: paint,
    errPaint: paint,
    outWidth: 80,
    errWidth: 80,
    survive: () => undefined,
  },
  environment: {},
  program: null,
  exitWith: () => undefined,
};

describe("the help", () => {
  it.each(COMMANDS.map(({ name }) => name))("of %s has an example that calls it", async (name) => {
    let help = "";
    const command = new Command(name).configureOutput({
      writeOut: (text) => {
        help += text;
      },
    });
    (await COMMANDS.find((entry) => entry.name === name)!.load()).configure(command, context);
    command.outputHelp();
    expect(help).toMatch(new RegExp(`Examples?:\\n(.*\\n)*?.*attune ${name}`));
  });
});
