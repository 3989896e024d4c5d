import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { contract } from "../../src/shared/contract.ts";
import { ask } from "./ask.ts";
import { createValidator, documentSchema, operationsOf } from "./openapi/document.ts";
import { tryRequests } from "./openapi/try.ts";
import { serviceFor } from "./service.ts";

describe("/openapi.json", () => {
  it("is a valid OpenAPI 3.1 document", async () => {
    const { address } = await serviceFor();
    const validator = new Validator();
    const { valid, errors } = await validator.validate(JSON.parse((await ask(`${address}/openapi.json`)).text));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(validator.version).toBe("3.1");
  });

  it("names every command that has a route, and the addresses that are no command", async () => {
    const { address } = await serviceFor();
    const document = documentSchema.parse(JSON.parse((await ask(`${address}/openapi.json`)).text));
    const routes = Object.entries(contract).flatMap(([name, { http }]) => (http === null ? [] : [name]));
    const named = operationsOf(document).map(({ operationId }) => operationId);
    expect(named.sort()).toEqual(
      [...routes, "calendar", "calendarBySecret", "deltas", "events", "metrics", "openapi", "docs"].sort(),
    );
  });

  it("refuses answers that are not as it says", async () => {
    const { address } = await serviceFor();
    const document: unknown = JSON.parse((await ask(`${address}/openapi.json`)).text);
    const validator = createValidator(document);
    const json = operationsOf(documentSchema.parse(document)).filter(
      ({ responses }) => responses[200]?.content?.["application/json"] !== undefined,
    );
    expect(json.length).toBeGreaterThan(20);
    for (const operation of json.filter(({ operationId }) => operationId !== "openapi")) {
      expect(validator(operation, 200, { success: true, timestamp: "yesterday" })).not.toBeNull();
      expect(
        validator(operation, 400, { success: false, timestamp: "2027-01-01T00:00:00Z", error: "No.", code: "busy" }),
      ).not.toBeNull();
    }
  });

  it("holds for whatever is sent: no 5xx, and every answer as it says", async () => {
    const tried = await tryRequests(400);
    const answered = (status: number) => Object.keys(tried).filter((outcome) => outcome.endsWith(` ${status}`)).length;
    expect(answered(200)).toBeGreaterThan(20);
    expect(answered(400)).toBeGreaterThan(5);
  });
});
