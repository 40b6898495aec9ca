import { AttuneError } from "../errors.ts";
import type { ShownPage } from "./show-page.ts";

/** @throws AttuneError `invalid-argument`: a browser serves nothing. */
export async function showPage(): Promise<ShownPage> {
  throw new AttuneError("invalid-argument", "A study in a browser has no page of its own; show its figures instead.");
}
