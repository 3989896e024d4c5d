import type { FastifyInstance } from "fastify";
import { readJson } from "../../../shared/json/read.ts";
import { failed, ProblemError } from "../../../shared/problem.ts";
import { decodeText } from "../../adapters/text.ts";

/** JSON in UTF-8 is all that is taken, whatever the header calls it. No body at all is left to the command to judge. */
export const readJsonBodies = (scope: FastifyInstance): void => {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) => {
    const json = readJson(Buffer.from(body), { text: decodeText, utf8Only: true });
    if (json.ok) return done(null, json.value);
    if (json.reason === "empty") return done(null, undefined);
    done(new ProblemError(failed("input-invalid", `The body is ${json.reason}.`).problem));
  });
};
