import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { type SqlStatements, sqlStatements } from "../sql/statements.ts";

/** The storage's statements on one connection, each prepared when it is first used. */
export class Prepared {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<keyof SqlStatements, StatementSync>();
  readonly #sql = sqlStatements((n) => `?${n}`);

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** The first row, or undefined. */
  get<T>(name: keyof SqlStatements, ...values: readonly SQLInputValue[]): T | undefined {
    return this.#statement(name).get(...values) as T | undefined;
  }

  all<T>(name: keyof SqlStatements, ...values: readonly SQLInputValue[]): readonly T[] {
    return this.#statement(name).all(...values) as unknown as readonly T[];
  }

  /** As `all`, one row at a time. */
  iterate<T>(name: keyof SqlStatements, ...values: readonly SQLInputValue[]): Iterable<T> {
    return this.#statement(name).iterate(...values) as unknown as Iterable<T>;
  }

  run(name: keyof SqlStatements, ...values: readonly SQLInputValue[]): void {
    this.#statement(name).run(...values);
  }

  #statement(name: keyof SqlStatements): StatementSync {
    const known = this.#statements.get(name);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(this.#sql[name]);
    this.#statements.set(name, statement);
    return statement;
  }
}
