import type { JsonValue } from "../../space/json.ts";
import type { StudyState } from "../study-state.ts";
import { stateFromParts, stateToParts } from "./snapshot.ts";

/** The state as its snapshot gives it back. */
export function throughSnapshot(state: StudyState): StudyState {
  return restored(state, (bodies) => bodies);
}

/** The same, whose blocks are read when somebody looks at them. */
export function throughLateBlocks(state: StudyState, read: (block: number) => void = () => undefined): StudyState {
  return restored(state, (bodies) => (block) => {
    read(block);
    return bodies[block]!.slice();
  });
}

function restored(
  state: StudyState,
  given: (bodies: readonly Uint8Array[]) => Parameters<typeof stateFromParts>[1],
): StudyState {
  const { head, blocks } = stateToParts(state, 0);
  const bodies = blocks.map(({ body }) => body);
  const read = stateFromParts(JSON.parse(JSON.stringify(head)) as JsonValue, given(bodies));
  if (read === null) throw new Error("the snapshot was not read");
  return read;
}
