import type { JsonValue } from "../../space/json.ts";
import type { StudyState } from "../study-state.ts";
import { type StateBlock, stateFromParts, stateToParts } from "./snapshot.ts";

/** The state as its snapshot gives it back. */
export function throughSnapshot(state: StudyState): StudyState {
  return restored(state, (blocks) => blocks.map(({ body }) => body));
}

/** The same, whose blocks are read when somebody looks at them. */
export function throughLateBlocks(state: StudyState, read: (block: number) => void = () => undefined): StudyState {
  return restored(state, (blocks) => (block) => {
    read(block);
    return blocks.find((one) => one.block === block)!.body.slice();
  });
}

function restored(
  state: StudyState,
  given: (blocks: readonly StateBlock[]) => Parameters<typeof stateFromParts>[1],
): StudyState {
  const { head, blocks } = stateToParts(state, 0);
  const read = stateFromParts(JSON.parse(JSON.stringify(head)) as JsonValue, given(blocks));
  if (read === null) throw new Error("the snapshot was not read");
  return read;
}
