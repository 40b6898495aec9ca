import type { JobEvents } from "../executor.ts";

/** One for all: a function that reports often does not look at most of what it gets. */
const AT_ONCE = Promise.resolve();

/** Resolves when there is room for more reports: at once as a rule. */
export function roomFor(events: Pick<JobEvents, "room">): Promise<void> {
  const room = events.room();
  return room === null ? AT_ONCE : later(events, room);
}

async function later(events: Pick<JobEvents, "room">, first: Promise<void>): Promise<void> {
  for (let room: Promise<void> | null = first; room !== null; room = events.room()) await room;
}
