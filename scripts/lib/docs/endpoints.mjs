import { openApi } from "../../../src/main/doors/http/openapi/document.ts";
import { code, table } from "./markdown.mjs";

/**
 * The parts of an OpenAPI document that the page shows.
 * @typedef {object} Parameter
 * @property {string} name
 * @property {string} in
 * @property {boolean} [required]
 * @property {string} [description]
 *
 * @typedef {object} Operation
 * @property {string} operationId
 * @property {string} summary
 * @property {string} [description]
 * @property {readonly Parameter[]} [parameters]
 * @property {{ readonly content: Readonly<Record<string, { readonly schema: { readonly properties?: Readonly<Record<string, unknown>>, readonly required?: readonly string[] } }>> }} [requestBody]
 * @property {Readonly<Record<string, { readonly description?: string }>>} responses
 */

/** @type {{ readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }} */
const { paths } = JSON.parse(JSON.stringify(openApi({ version: "", token: false })));

const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

/** @param {Operation} operation */
const body = ({ requestBody }) => {
  const schema = requestBody?.content["application/json"]?.schema;
  if (schema === undefined) return "";
  const fields = Object.keys(schema.properties ?? {}).map((name) =>
    (schema.required ?? []).includes(name) ? code(name) : `${code(name)} (optional)`,
  );
  return `Body: ${fields.join(", ")}.`;
};

/** @param {Operation} operation */
const query = ({ parameters = [] }) => {
  const named = parameters.map(
    ({ name, in: place, required }) => `${code(name)} (${place}${required ? "" : ", optional"})`,
  );
  return named.length === 0 ? "" : `Parameters: ${named.join(", ")}.`;
};

/** @param {(typeof operations)[number]} entry */
const section = ({ path, method, operation }) =>
  [
    `### ${method} ${path}`,
    operation.summary,
    operation.description ?? "",
    [query(operation), body(operation)].filter((text) => text !== "").join(" "),
    `Answers: ${Object.keys(operation.responses).join(", ")}.`,
  ]
    .filter((text) => text !== "")
    .join("\n\n");

export const endpointsPage = () => `# Endpoints

Served on \`http://127.0.0.1:5003\` unless configured otherwise. The exact schemas are at \`/openapi.json\` (OpenAPI 3.1), and
\`/docs\` is a page to try them on; both come from a running service and need nothing from elsewhere.

Every JSON answer has \`success\` and \`timestamp\` (ISO 8601, UTC). A failure has \`success: false\`, \`error\` (a plain sentence)
and \`code\` (the kind, see [troubleshooting](troubleshooting.md)), with a fitting status. POST takes JSON
(\`Content-Type: application/json\`); where there is nothing to say the body may be empty. Once there is a
token every request but \`/health\` carries \`Authorization: Bearer …\`; which role each endpoint takes stands in
[security.md](security.md).

${table(
  ["Endpoint", "What for"],
  operations.map(({ path, method, operation }) => [code(`${method} ${path}`), operation.summary]),
)}

${operations.map(section).join("\n\n")}
`;
