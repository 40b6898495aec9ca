import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPaint } from "../../render/text.ts";
import { LiveArea, showsLive } from "./live-screen.ts";

/** A terminal without an end: knows line feeds, carriage returns, cursor up and erase below. */
class Paper {
  readonly columns: number;
  readonly rows: number;
  readonly lines: string[] = [""];
  #row = 0;
  #column = 0;

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
  }

  readonly write = (text: string): void => {
    for (const [part, up] of text.matchAll(/\u001b\[(\d+)A|\u001b\[J|[\s\S]/g)) {
      if (up !== undefined) this.#row -= Number(up);
      else if (part === "\u001b[J") this.#erase();
      else if (part === "\r") this.#column = 0;
      else if (part === "\n") this.#feed();
      else this.#letter(part);
    }
  };

  /** What stands there, empty lines at the end left out. */
  text(): string {
    return this.lines
      .map((line) => line.trimEnd())
      .join("\n")
      .trimEnd();
  }

  #erase(): void {
    this.lines.length = this.#row + 1;
    this.lines[this.#row] = this.lines[this.#row]!.slice(0, this.#column);
  }

  #feed(): void {
    this.#column = 0;
    this.#row += 1;
    if (this.#row === this.lines.length) this.lines.push("");
  }

  #letter(letter: string): void {
    const line = this.lines[this.#row]!.padEnd(this.#column);
    this.lines[this.#row] = line.slice(0, this.#column) + letter + line.slice(this.#column + 1);
    this.#column += 1;
  }
}

const step = fc.oneof(
  fc.record({ print: fc.stringMatching(/^[a-z]{1,30}$/) }),
  fc.record({ foreign: fc.stringMatching(/^[A-Z]{1,30}$/) }),
  fc.record({ draw: fc.array(fc.stringMatching(/^[0-9]{0,40}$/), { maxLength: 12 }) }),
  fc.constant({ clear: true }),
);

describe("LiveArea", () => {
  it("leaves exactly the printed lines, and what others wrote, whatever is drawn between", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const paper = new Paper(20, 8);
        const area = new LiveArea(paper);
        const kept: string[] = [];
        for (const one of steps) {
          if ("print" in one) area.print(one.print);
          else if ("foreign" in one) paper.write(`${one.foreign}\n`);
          else if ("draw" in one) area.draw(one.draw);
          else area.clear();
          if ("print" in one) kept.push(one.print);
          if (!("foreign" in one)) continue;
          kept.push(one.foreign);
          // Something changes at least once a second; what is drawn then begins below the foreign line.
          area.draw([`redrawn ${kept.length}`]);
        }
        area.clear();
        expect(paper.text()).toBe(kept.join("\n"));
      }),
    );
  });

  it("cuts lines to the width and the area to the height", () => {
    const paper = new Paper(10, 4);
    new LiveArea(paper).draw(["123456789", "1234567890", "third"]);
    expect(paper.lines).toEqual(["", "123456789", "12345678…"]);
  });

  it("lets nothing of a line through that the terminal would obey, and keeps the tuner's own colours", () => {
    const texts: string[] = [];
    const area = new LiveArea({ columns: 30, rows: 20, write: (text) => texts.push(text) });
    const { red } = createPaint(true);
    area.draw([red("bad\u001b[2J\u202e"), `${"x".repeat(20)}\n\u001b]52;c;eA\u0007`]);
    area.print("\u009b2J");
    expect(texts).toEqual([
      `\r\u001b[J\n\u001b[31mbad\\x1b[2J\\u202e\u001b[39m\n${"x".repeat(20)} \\x1b]52…\r\u001b[2A`,
      "\r\u001b[J\\x9b2J\n",
    ]);
  });

  it("writes nothing when nothing changed", () => {
    const texts: string[] = [];
    const area = new LiveArea({ columns: 80, rows: 20, write: (text) => texts.push(text) });
    area.draw(["a"]);
    area.draw(["a"]);
    area.clear();
    area.clear();
    expect(texts).toEqual(["\r\u001b[J\na\r\u001b[1A", "\r\u001b[J"]);
  });
});

describe("showsLive", () => {
  it.each([
    [{ TERM: "xterm" }, true, false, true],
    [{ TERM: "xterm", CI: "false", NO_COLOR: "" }, true, false, true],
    [{ TERM: "xterm" }, false, false, false],
    [{ TERM: "xterm" }, true, true, false],
    [{ TERM: "dumb" }, true, false, false],
    [{}, true, false, false],
    [{ TERM: "xterm", CI: "true" }, true, false, false],
    [{ TERM: "xterm", NO_COLOR: "1" }, true, false, false],
  ])("with %j, terminal %s, quiet %s: %s", (environment, isTerminal, quiet, shown) => {
    expect(showsLive({ environment, isTerminal, quiet })).toBe(shown);
  });
});
