import { AttuneError } from "../../errors.ts";

/** Input of another form than its operation describes, whatever the study: nothing was looked up for it. */
export class BadForm extends AttuneError {
  override readonly name = "BadForm";

  constructor(message: string, data: Readonly<Record<string, unknown>> = {}) {
    super("invalid-argument", message, { data });
  }
}
