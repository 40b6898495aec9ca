import type { SourcePosition } from "../../errors.ts";
import type { JsonValue } from "../json.ts";
import type { Condition, Parameter } from "../parameter.ts";
import { parseTextValue } from "./parse-text-value.ts";
import { TextCursor } from "./text-cursor.ts";

function parseClause(cursor: TextCursor): Condition {
  const name = cursor.next();
  if (name.kind !== "word" && name.kind !== "string") {
    throw cursor.error(name, "a condition begins with a parameter's name, as in optimizer == sgd");
  }
  if (cursor.takeMark("==")) return { parent: name.value, in: [parseTextValue(cursor, "a value")] };
  if (!cursor.isWord("in")) {
    throw cursor.error(cursor.peek(), `${JSON.stringify(name.value)} is followed by == value or in [value, value]`);
  }
  cursor.next();
  cursor.expectMark("[", "in is followed by a list of values in");
  const values: JsonValue[] = [];
  do values.push(parseTextValue(cursor, "a value"));
  while (cursor.takeMark(","));
  cursor.expectMark("]", "the list of values needs a");
  return { parent: name.value, in: values };
}

/** `a == x and b in [y, z] or c == w`: `and` binds closer than `or`. */
export function parseWhen(cursor: TextCursor): Parameter["when"] {
  const lists: Condition[][] = [];
  do {
    const list = [parseClause(cursor)];
    while (cursor.isWord("and")) {
      cursor.next();
      list.push(parseClause(cursor));
    }
    lists.push(list);
  } while (cursor.isWord("or") && cursor.next());
  return lists;
}

/** A condition that stands alone, such as the value of `when:` in a file. Throws AttuneError "invalid-space" with a position. */
export function parseWhenText(text: string, parameter: string, position: SourcePosition | null): Parameter["when"] {
  const subject = parameter === "" ? "The condition" : `The condition of ${JSON.stringify(parameter)}`;
  const cursor = new TextCursor(text, subject, position);
  const when = parseWhen(cursor);
  const rest = cursor.peek();
  if (rest.kind !== "end") throw cursor.error(rest, "the condition is over; join conditions with and, or");
  return when;
}
