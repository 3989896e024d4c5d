import type { FastifyInstance } from "fastify";
import { isDeeperThan } from "../../../core/feed/decode/depth.ts";
import { failed, ProblemError } from "../../../shared/problem.ts";

export const maxBodyBytes = 16 * 1024 * 1024;

/** As deep as matches nest, and more; see isDeeperThan for why it is asked first. */
const maxDepth = 64;

/** JSON is all that is taken. No body at all is left to the command to judge. */
export const readJsonBodies = (scope: FastifyInstance): void => {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => {
    const text = body.toString();
    if (text.trim() === "") return done(null, undefined);
    if (isDeeperThan(text, maxDepth)) return done(refusal("The JSON nests too deep."));
    try {
      done(null, JSON.parse(text));
    } catch {
      done(refusal("The body is not JSON."));
    }
  });
};

const refusal = (message: string): ProblemError => new ProblemError(failed("input-invalid", message).problem);
