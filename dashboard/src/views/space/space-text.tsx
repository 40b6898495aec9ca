import { type ReactElement, useEffect, useMemo, useState } from "react";
import { type ReadLines, readLines } from "../../space/read-lines.ts";
import { quotedWord } from "../../words/quoted-word.ts";
import { valueWords } from "../../words/value-words.ts";

export type SpaceText = ReadLines;

interface SpaceTextFieldProps {
  readonly onRead: (read: SpaceText) => void;
  /** A program, to be shown as it would run. */
  readonly command: string;
}

const FIRST = "lr: 1e-5..1e-1 log\nlayers: 1..6\nopt: adam | sgd";

/** Parameters as study files have them, checked as they are written, with some configurations of them. */
export function SpaceTextField({ onRead, command }: SpaceTextFieldProps): ReactElement {
  const [text, setText] = useState(FIRST);
  const read = useMemo(() => readLines(text), [text]);
  useEffect(() => onRead(read), [onRead, read]);
  const names = Object.keys(read.samples[0] ?? {});
  const [first] = read.samples;
  return (
    <>
      <label>
        Parameters, one a line
        <textarea
          rows={6}
          value={text}
          spellCheck={false}
          aria-invalid={read.problem !== null}
          aria-describedby="space-problem"
          onChange={({ target }) => setText(target.value)}
        />
      </label>
      <p id="space-problem" role="status" className={read.problem === null ? "under" : "problem"}>
        {read.problem ?? "Example configurations:"}
      </p>
      {read.problem !== null ? null : (
        <section className="wide" tabIndex={0} aria-label="Example configurations">
          <table>
            <thead>
              <tr>
                {names.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {read.samples.map((sample) => (
                <tr key={JSON.stringify(sample)}>
                  {names.map((name) => (
                    <td key={name}>{Object.hasOwn(sample, name) ? valueWords(sample[name]) : ""}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {first === undefined || command.trim() === "" ? null : (
        <p>
          For example, it would run: <code>{filled(command, first)}</code>
        </p>
      )}
    </>
  );
}

function filled(command: string, sample: Readonly<Record<string, unknown>>): string {
  const words = Object.entries(sample).map(([name, value]) => `--${name}=${quotedWord(valueWords(value))}`);
  return command.replace(/\$\{(\w+)\}/g, (whole, name: string) => {
    if (name === "args") return words.join(" ");
    return Object.hasOwn(sample, name) ? quotedWord(valueWords(sample[name])) : whole;
  });
}
