import { expect, it } from "vitest";
import type { StudySettings } from "../trial/study-definition.ts";
import { acceptCommand, markedRemote, unacceptedCommands } from "./remote-commands.ts";

const command = { argv: ["python", "train.py"] };
const other = { argv: ["python", "other.py"] };

function kept(inForce: object | null, extra: StudySettings["extra"], accepted: readonly string[] = []) {
  const settings = { command: inForce, sampler: { name: "random", options: {} }, extra } as unknown as StudySettings;
  return { settings, systemAttributes: { "attune.accepted-commands": JSON.stringify(accepted) } };
}

it("asks for a command that was set from elsewhere, only while it is in force, and not again once it was accepted", () => {
  const extra = markedRemote({}, [command]);
  const [asked] = unacceptedCommands(kept(command, extra));
  expect(asked).toMatchObject({ command });
  expect(unacceptedCommands(kept(other, extra)), "another one was set on the storage since").toEqual([]);
  expect(unacceptedCommands(kept(null, extra))).toEqual([]);
  expect(unacceptedCommands(kept(command, extra, [asked!.id]))).toEqual([]);
  expect(unacceptedCommands(kept(command, {}))).toEqual([]);
});

it("asks again when the same command is set once more", () => {
  const first = markedRemote({}, [command]);
  const [before] = unacceptedCommands(kept(command, first));
  const second = markedRemote(first, [command]);
  expect(unacceptedCommands(kept(command, second, [before!.id]))).toHaveLength(1);
  expect(unacceptedCommands(kept(command, second))).toHaveLength(1);
});

it("asks for a sampler's program as well, and writes down all that is accepted", () => {
  const extra = markedRemote({ note: "kept" }, [command, other]);
  const study = kept(command, extra, ["old"]);
  const sampled = {
    ...study,
    settings: { ...study.settings, sampler: { name: "program", options: { command: other } } },
  };
  const asked = unacceptedCommands(sampled as unknown as typeof study);
  expect(asked.map((one) => one.command)).toEqual([command, other]);
  expect(acceptCommand(sampled as unknown as typeof study)).toMatchObject({
    type: "set-attribute",
    system: true,
    text: JSON.stringify(["old", ...asked.map(({ id }) => id)]),
  });
});
