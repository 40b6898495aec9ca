import { OPERATION_NAMES, OPERATIONS } from "../operations/index.ts";
import { PROTOCOL } from "../protocol-version.ts";
import { SchemaBook } from "./json-schema.ts";

/** The operations as methods of JSON-RPC 2.0, in the form of OpenRPC 1.3. */
export function rpcDescription(version: string): Record<string, unknown> {
  const book = new SchemaBook();
  const methods = OPERATION_NAMES.map((name) => {
    const { summary, role, input, output } = OPERATIONS[name];
    const { properties = {}, required = [] } = book.of(input) as {
      readonly properties?: Readonly<Record<string, object>>;
      readonly required?: readonly string[];
    };
    return {
      name,
      summary,
      "x-role": role,
      paramStructure: "by-name",
      params: Object.entries(properties).map(([field, schema]) => ({
        name: field,
        required: required.includes(field),
        schema,
      })),
      result: { name: "result", schema: book.of(output) },
    };
  });
  return {
    openrpc: "1.3.2",
    info: { title: "Attune", version, "x-protocol": PROTOCOL },
    methods,
    components: { schemas: book.named },
  };
}
