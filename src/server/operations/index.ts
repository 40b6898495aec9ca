import type { z } from "zod";
import { courseOperations } from "./course-operations.ts";
import { figureOperations } from "./figure-operations.ts";
import { progressOperations } from "./progress-operations.ts";
import { runOperations } from "./run-operations.ts";
import { studyOperations } from "./study-operations.ts";
import { trialOperations } from "./trial-operations.ts";
import { workerOperations } from "./worker-operations.ts";

export { mayAct, type Operation, ROLES, type Role } from "./operation.ts";

/** All that can be asked of a server, by name. */
export const OPERATIONS = {
  ...studyOperations,
  ...progressOperations,
  ...courseOperations,
  ...trialOperations,
  ...workerOperations,
  ...figureOperations,
  ...runOperations,
};

export type OperationName = keyof typeof OPERATIONS;

/** What a caller gives; what has a default may be left out. */
export type OperationInput<N extends OperationName> = z.input<(typeof OPERATIONS)[N]["input"]>;

/** The same as a handler gets it. */
export type OperationParsed<N extends OperationName> = z.output<(typeof OPERATIONS)[N]["input"]>;

export type OperationOutput<N extends OperationName> = z.output<(typeof OPERATIONS)[N]["output"]>;

/** Names of all operations. */
export const OPERATION_NAMES = Object.keys(OPERATIONS) as readonly OperationName[];
