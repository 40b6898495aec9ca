import type { SourceFile } from "./source-files.ts";

/** A fenced block of a page: its code, and the line where that begins, from 1. */
export interface CodeBlock {
  readonly page: string;
  readonly line: number;
  readonly code: string;
}

/** The fenced blocks of a page in one language, in order. */
export function codeBlocks({ path, text }: SourceFile, language: string): readonly CodeBlock[] {
  return Array.from(text.matchAll(/^```(\w*)\n([\s\S]*?)^```/gm))
    .filter(([, found]) => found === language)
    .map(({ index, 2: code }) => ({ page: path, line: text.slice(0, index).split("\n").length + 1, code: code! }));
}
