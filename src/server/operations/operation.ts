import type { z } from "zod";

/** What a caller may do: look; look and work (ask, tell, change studies); and, where the server allows commands, say what is run. */
export const ROLES = ["reader", "operator", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** Where an operation stands in HTTP, below the version: `GET /studies/{study}`. Names in braces are fields of the input. */
export interface HttpPlace {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: `/${string}`;
}

/** One thing that can be asked of a server: what HTTP, JSON-RPC, their descriptions and the types of clients are made from. */
export interface Operation<I extends z.ZodObject = z.ZodObject, O extends z.ZodType = z.ZodType> {
  /** In one sentence. */
  readonly summary: string;
  /** The least role that may ask it. */
  readonly role: Role;
  /** Whether a repetition may do more than was done: such a call takes an idempotency key. */
  readonly repeats?: "may do more";
  readonly http: HttpPlace;
  readonly input: I;
  readonly output: O;
  /** The answer hands over what a program is to be given, secrets and all. */
  readonly secrets?: "shown";
  /** Longest input in bytes; left out for the usual. */
  readonly mostBytes?: number;
}

/** Declares an operation with the types of its schemas. */
export function operation<I extends z.ZodObject, O extends z.ZodType>(declared: Operation<I, O>): Operation<I, O> {
  return declared;
}

/** Whether a role includes another. */
export function mayAct(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least);
}
