/** The first line of a message: its cause, without the log's tail that may follow. */
export function firstSentence(message: string): string {
  return message.split(/\r?\n/, 1)[0]?.trim() ?? "";
}
