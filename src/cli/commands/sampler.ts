import type { Command } from "commander";
import { AttuneError } from "../../errors.ts";
import type { ComponentChoice } from "../../trial/study-definition.ts";
import type { CliContext } from "../context.ts";

const HELP = `
Speaks the sampler protocol (docs/reference/sampler-protocol.md): JSON-RPC 2.0, a message a line, on standard input and output, until its input
ends. The methods are initialize, tell, ask and shutdown. A study takes suggestions from any program that speaks it:
  --sampler '{name: program, command: [python, sampler.py]}'

Examples:
  attune sampler auto --stdio
  attune sampler '{name: gp, initial: 20}' --stdio`;

/** `attune sampler`: a sampler of Attune's as a program that other programs ask. */
export function configure(command: Command, context: CliContext): void {
  command
    .argument("<sampler>", "its name, or with options: '{name: grid, points: {lr: 7}}'")
    .requiredOption("--stdio", "speak on standard input and output")
    .addHelpText("after", HELP)
    .action(async (sampler: string) => {
      const [{ component }, { createSampler }, { spaceFromJson }] = await Promise.all([
        import("../settings/value-kinds.ts"),
        import("../../sampler/registry.ts"),
        import("../../space/index.ts"),
      ]);
      const kind = component("sampler");
      const given = { value: sampler, label: "the sampler", position: null };
      const choice = kind.read(kind.ofOption === undefined ? given : await kind.ofOption(given));
      // Options that need no space are told before anybody asks.
      const made = createSampler(choice, spaceFromJson({ version: 1, parameters: [] }));
      if (made.opaque === true)
        throw new AttuneError(
          "invalid-argument",
          `The sampler ${choice.name} is a program itself; name one of Attune's own.`,
        );
      await serve(choice, context);
    });
}

/** Answers until standard input ends. */
async function serve(choice: ComponentChoice, { output }: CliContext): Promise<void> {
  const [{ JsonRpcPeer }, { MessageLines }, { samplerMethods }] = await Promise.all([
    import("../../protocol/json-rpc/json-rpc-peer.ts"),
    import("../../protocol/json-rpc/message-lines.ts"),
    import("../../study/outside-sampler/sampler-service.ts"),
  ]);
  const methods = samplerMethods(choice);
  const peer = new JsonRpcPeer((line) => output.out(line, "exact"), methods);
  const lines = new MessageLines((line) => peer.take(line));
  for await (const chunk of process.stdin) {
    lines.push(chunk as Buffer);
    await peer.settled();
  }
  lines.end();
  await peer.settled();
}
