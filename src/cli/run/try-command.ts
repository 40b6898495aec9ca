import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { readCommandTemplate, renderCommand } from "../../protocol/index.ts";
import { type Space, sampleUniform, spellParams } from "../../space/index.ts";
import type { CommandTemplate } from "../../trial/study-definition.ts";
import { programNames } from "../winning-command.ts";

/**
 * Puts some configuration into a command, so that a place where no value can stand is told before a study is begun.
 *
 * @throws AttuneError `invalid-argument` as `renderCommand` does.
 */
export function tryCommand(command: CommandTemplate, space: Space): void {
  const derived = Object.fromEntries((space.derived ?? []).map(({ name }) => [name, 0]));
  renderCommand(readCommandTemplate(command), {
    parameters: new Set(programNames(space)),
    params: spellParams(space, { ...derived, ...sampleUniform(space, keyedStreams(0, 0)) }),
    seed: 0,
    trial: 0,
    fold: null,
    filePath: (name) => name,
  });
}
