import type { StudyEvent } from "../../trial/event.ts";

/**
 * The event of a row of the log.
 *
 * @throws SyntaxError for a text that is none: a damaged file.
 */
export function parseEvent(body: string): StudyEvent {
  const event: unknown = JSON.parse(body);
  if (typeof event === "object" && event !== null && "type" in event && typeof event.type === "string") {
    return event as StudyEvent;
  }
  throw new SyntaxError(`no event: ${body.slice(0, 60)}`);
}
