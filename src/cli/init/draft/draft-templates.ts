import type { DraftItem } from "./draft-item.ts";

/** A file that a study fills for each trial, beside the file it is made from. */
export interface DraftTemplate {
  readonly file: string;
  readonly text: string;
}

/** The templates that the places of tuned options need: the files with `${name}` in place of each value. */
export function draftTemplates(tuned: readonly DraftItem[], read: (file: string) => string): readonly DraftTemplate[] {
  const files = new Set(tuned.flatMap(({ option }) => (option.place === null ? [] : [option.place.file])));
  return [...files].map((file) => {
    const places = tuned.flatMap(({ option: { place }, name }) => (place?.file === file ? [{ ...place, name }] : []));
    let text = read(file);
    for (const { start, end, name } of places.toSorted((a, b) => b.start - a.start)) {
      text = `${text.slice(0, start)}$\{${name}}${text.slice(end)}`;
    }
    return { file: `${file}.attune`, text };
  });
}
