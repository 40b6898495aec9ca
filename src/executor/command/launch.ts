/** A program to start. */
export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Its variables besides those that all programs have. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** What it reads from its standard input; null for nothing. */
  readonly stdin: string | null;
  /** Niceness added, 0 to 19. */
  readonly nice: number;
}
