import type { JsonValue } from "../../space/json.ts";
import type { StudyState } from "../study-state.ts";
import { stateFromParts, stateToParts } from "./snapshot.ts";

/** The state as its snapshot gives it back. */
export function throughSnapshot(state: StudyState): StudyState {
  const { head, blocks } = stateToParts(state, 0);
  const bodies = blocks.map(({ body }) => body);
  const restored = stateFromParts(JSON.parse(JSON.stringify(head)) as JsonValue, bodies);
  if (restored === null) throw new Error("the snapshot was not read");
  return restored;
}
