/** A text of at most so many signs, a longer one with an ellipsis at its end. */
export function clipText(text: string, most: number): string {
  const signs = [...text];
  return signs.length <= most ? text : `${signs.slice(0, most - 1).join("")}…`;
}
