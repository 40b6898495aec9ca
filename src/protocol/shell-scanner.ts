/** How the shell reads a place: a value must be quoted differently in each. */
export type QuoteContext = "plain" | "double" | "single" | "backtick" | "here-document";

/**
 * Follows a POSIX shell's quoting character by character, far enough to know in which quotes a place stands and where
 * words end: quotes, `\`, `$(…)` to any depth, comments, backticks and the start of a here-document.
 */
export class ShellScanner {
  /** What is open, outermost first; `(` stands for a group, `((` for `$((`, in which `<<` shifts bits. */
  readonly #open: ("(" | "$(" | "((" | '"')[] = [];
  #mode: "normal" | "single" | "backtick" | "comment" | "here-document" = "normal";
  #escaped = false;
  #wordBegun = false;
  #previous = "";
  /** How many `<` stand in a row: `<<` begins a here-document, `<<<` does not. */
  #angles = 0;
  #hereDocuments = 0;

  /** True directly behind a backslash that takes the next character's meaning away. */
  get escaped(): boolean {
    return this.#escaped;
  }

  get context(): QuoteContext {
    if (this.#mode === "single" || this.#mode === "backtick" || this.#mode === "here-document") return this.#mode;
    return this.#open.at(-1) === '"' ? "double" : "plain";
  }

  /** A value stands here. */
  place(): void {
    this.#wordBegun = true;
    this.#previous = "";
    this.#angles = 0;
  }

  /** Takes the next character; true when it belongs to a word, false for blanks, operators and comments. */
  feed(char: string): boolean {
    const inWord = this.#take(char);
    this.#previous = char;
    return inWord;
  }

  #take(char: string): boolean {
    if (this.#escaped) {
      this.#escaped = false;
      this.#wordBegun = true;
      return true;
    }
    switch (this.#mode) {
      case "single":
        if (char === "'") this.#mode = "normal";
        return true;
      case "backtick":
        if (char === "`") this.#mode = "normal";
        else if (char === "\\") this.#escaped = true;
        return true;
      case "here-document":
        return false;
      case "comment":
        if (char === "\n") this.#endLine();
        return false;
    }
    return this.#open.at(-1) === '"' ? this.#feedDouble(char) : this.#feedPlain(char);
  }

  #feedDouble(char: string): boolean {
    if (char === '"') this.#open.pop();
    else if (char === "\\") this.#escaped = true;
    else if (char === "`") this.#mode = "backtick";
    else if (char === "(" && this.#previous === "$") {
      this.#open.push("$(");
      this.#wordBegun = false;
      return false;
    }
    return true;
  }

  #feedPlain(char: string): boolean {
    if (char === "#" && !this.#wordBegun) {
      this.#mode = "comment";
      return false;
    }
    if (/[\s;|&()<>]/u.test(char)) {
      this.#operator(char);
      return false;
    }
    this.#angles = 0;
    this.#wordBegun = true;
    if (char === "'") this.#mode = "single";
    else if (char === '"') this.#open.push('"');
    else if (char === "\\") this.#escaped = true;
    else if (char === "`") this.#mode = "backtick";
    return true;
  }

  #operator(char: string): void {
    this.#wordBegun = false;
    this.#angles = char === "<" && !this.#open.includes("((") ? this.#angles + 1 : 0;
    if (this.#angles === 2) this.#hereDocuments++;
    if (this.#angles === 3) this.#hereDocuments--;
    if (char === "(") this.#openGroup();
    else if (char === ")") {
      if (this.#open.length > 0 && this.#open.at(-1) !== '"') this.#open.pop();
    } else if (char === "\n") this.#endLine();
  }

  #openGroup(): void {
    if (this.#previous === "$") this.#open.push("$(");
    else if (this.#previous === "(" && this.#open.at(-1) === "$(") this.#open.push("((");
    else this.#open.push("(");
  }

  #endLine(): void {
    this.#mode = this.#hereDocuments > 0 ? "here-document" : "normal";
    this.#wordBegun = false;
  }
}
