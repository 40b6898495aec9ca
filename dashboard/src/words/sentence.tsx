import type { ReactElement } from "react";

/** A sentence in which names stand in backticks. */
export function Sentence({ text }: { readonly text: string }): ReactElement {
  const parts = text.split("`").map((part, place) => ({ part, place, isName: place % 2 === 1 }));
  return <>{parts.map(({ part, place, isName }) => (isName ? <code key={place}>{part}</code> : part))}</>;
}

/** The same without the backticks. */
export function plainSentence(text: string): string {
  return text.replaceAll("`", "");
}
