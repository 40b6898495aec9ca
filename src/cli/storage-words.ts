import { quoteWord } from "../protocol/shell-quote.ts";
import { DEFAULT_STORAGE } from "./storage-location.ts";

/** The option that names a storage, with a blank before it, for a command line to paste; empty for the one that is meant without. */
export function storageWords(location: string): string {
  return location === DEFAULT_STORAGE ? "" : ` --storage ${quoteWord(location)}`;
}
