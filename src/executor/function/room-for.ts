import type { JobEvents } from "../executor.ts";

/** Resolves when there is room for more reports: at once as a rule. */
export async function roomFor(events: Pick<JobEvents, "room">): Promise<void> {
  for (let room = events.room(); room !== null; room = events.room()) await room;
}
