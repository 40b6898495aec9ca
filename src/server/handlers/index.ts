import type { OperationName, OperationOutput, OperationParsed } from "../operations/index.ts";
import type { CallContext } from "../study-service.ts";
import type { Written } from "../written.ts";
import { figureHandlers } from "./figure-handlers.ts";
import { runHandlers } from "./run-handlers.ts";
import { studyHandlers } from "./study-handlers.ts";
import { trialHandlers } from "./trial-handlers.ts";
import { workerHandlers } from "./worker-handlers.ts";

/** What does an operation. */
export type Handler<N extends OperationName> = (
  input: OperationParsed<N>,
  context: CallContext,
) => Promise<OperationOutput<N> | Written>;

export type Handlers = { readonly [N in OperationName]: Handler<N> };

/** What does each operation. */
export const handlers: Handlers = {
  ...studyHandlers,
  ...trialHandlers,
  ...workerHandlers,
  ...figureHandlers,
  ...runHandlers,
};
