import { visibleText } from "../render/visible-text.ts";

/** Control sequences (ECMA-48, section 5.4): colours, cursor moves, erasing. */
const SEQUENCES = /\u001b\[[0-?]*[ -/]*[@-~]/g;
/** What may be the beginning of one, or of a line end, whose rest comes with the next bytes. */
const UNDER_WAY = /(?:\u001b(?:\[[0-?]{0,64}[ -/]{0,8})?|\r)$/;

/**
 * What a program printed as text that a terminal only shows: colours and cursor moves are taken out, every other control character
 * is written out, and a line that overwrites another (`\r`) follows it.
 */
export class ReadableLog {
  readonly #decoder = new TextDecoder();
  #held = "";

  /** The text of the next bytes; what is under way at their end is held back. */
  push(bytes: Uint8Array): string {
    return this.#text(this.#decoder.decode(bytes, { stream: true }), false);
  }

  /** The rest. */
  end(): string {
    return this.#text(this.#decoder.decode(), true);
  }

  #text(piece: string, over: boolean): string {
    const text = this.#held + piece;
    const end = over ? text.length : (UNDER_WAY.exec(text)?.index ?? text.length);
    this.#held = text.slice(end);
    return text
      .slice(0, end)
      .replace(SEQUENCES, "")
      .replace(/\r+\n?/g, (ends) => (ends.endsWith("\n") ? "\n" : "\n".repeat(ends.length)))
      .split("\t")
      .map(visibleText)
      .join("\t");
  }
}
