import type { FastifyInstance } from "fastify";
import type { docsPaths } from "./access-table.ts";
import style from "./docs/page.css?raw";
import page from "./docs/page.html?raw";
import script from "./docs/page.js?raw";

const files = {
  "/docs": { type: "text/html; charset=utf-8", text: page },
  "/docs/page.js": { type: "text/javascript; charset=utf-8", text: script },
  "/docs/page.css": { type: "text/css; charset=utf-8", text: style },
} as const satisfies Readonly<Record<(typeof docsPaths)[number], { readonly type: string; readonly text: string }>>;

/** The page may load its own two files and ask this service, nothing else. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** GET /docs: a page to try the service, made from /openapi.json. It needs nothing from elsewhere. */
export const registerDocs = (app: FastifyInstance): void => {
  for (const [path, { type, text }] of Object.entries(files)) {
    app.get(path, (_request, reply) => reply.type(type).header("content-security-policy", policy).send(text));
  }
};
