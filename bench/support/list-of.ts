/** The words of an option that are joined by commas. */
export function listOf(text: string): readonly string[] {
  return text.split(",").filter(Boolean);
}
