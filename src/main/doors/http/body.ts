import type { FastifyInstance, FastifyRequest } from "fastify";
import { readJson } from "../../../shared/json/read.ts";
import { ProblemError, raise } from "../../../shared/problem.ts";
import { decodeText } from "../../adapters/text.ts";
import { acceptedCodings, unpack } from "../../adapters/unpack.ts";
import { bodyTooLarge } from "./answer.ts";

/**
 * JSON in UTF-8 is all that is taken, whatever the header calls it; it may come packed. `maxBytes` holds for the body as
 * it comes and as it is unpacked. No body at all is left to the command to judge.
 */
export const readJsonBodies = (scope: FastifyInstance, maxBytes: number): void => {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    "application/json",
    { parseAs: "buffer" },
    async ({ headers }: FastifyRequest, packed: Buffer) => {
      const body = await unpacked(packed, headers["content-encoding"], maxBytes);
      const json = readJson(body, { text: decodeText, utf8Only: true });
      if (json.ok) return json.value;
      return json.reason === "empty" ? undefined : raise("input-invalid", `The body is ${json.reason}.`);
    },
  );
};

const unpacked = async (packed: Buffer, codings: string | undefined, maxBytes: number): Promise<Buffer> => {
  const content = await unpack(packed, codings, maxBytes);
  if (content.ok) return content.body;
  switch (content.why) {
    case "too-large":
      throw new ProblemError(bodyTooLarge(maxBytes));
    case "broken":
      return raise("input-invalid", "The body is not packed as its Content-Encoding says, or breaks off.");
    case "unknown-coding":
      return raise("unsupported-media-type", `A packed body may come as ${acceptedCodings}.`);
  }
};
