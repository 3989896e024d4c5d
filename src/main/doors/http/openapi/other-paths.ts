import { behindSchema, helloSchema, protocolHeader } from "../../../../shared/protocol.ts";
import { deltaSchema } from "../../../../shared/snapshot.ts";
import { eventFilterSchema } from "../events/event.ts";
import { deltaFailures, guardFailures, secretFailures } from "./failures.ts";
import { content, failures, parameter } from "./responses.ts";
import { type Json, jsonSchema } from "./schemas.ts";

/** The addresses that are no command of the contract. */
export const otherPaths = (): Json => {
  const refused = failures(guardFailures());
  const text = { type: "string" };
  return {
    "/calendar.ics": {
      get: {
        operationId: "calendar",
        summary: "Every match with a kick-off as a calendar to subscribe to.",
        parameters: [parameter("If-None-Match", "header", text)],
        responses: {
          200: content("An iCalendar file (RFC 5545), with ETag and Last-Modified.", "text/calendar", text),
          304: { description: "Nothing has changed since the given ETag or time." },
          ...refused,
        },
      },
    },
    "/calendar/{secret}": {
      get: {
        operationId: "calendarBySecret",
        summary:
          "A calendar by its secret address, for programs that cannot send a token: every match, or those of one feed.",
        description:
          "The window shows the addresses, and /feeds those of calendars of some matches. The secret of every match's is in the file calendar-token of the data folder.",
        security: [],
        parameters: [
          parameter("secret", "path", { ...text, description: "The secret, then .ics." }, true),
          parameter("If-None-Match", "header", text),
        ],
        responses: {
          200: content("An iCalendar file (RFC 5545), with ETag.", "text/calendar", text),
          304: { description: "Nothing has changed since the given ETag." },
          ...failures(secretFailures()),
        },
      },
    },
    "/events": {
      get: {
        operationId: "events",
        summary: "Messages, changes, alerts and state as server-sent events.",
        description: [
          "Events named message, change, alert and state; each data line is one JSON object of that kind.",
          "After a pause, send the last id as Last-Event-ID: missed messages and changes come first, in order, without loss or repeat.",
          "State and active alerts are told on arrival. A client that does not read is dropped and may come back so.",
        ].join(" "),
        parameters: [...filters(), parameter("Last-Event-ID", "header", text)],
        responses: { 200: content("A stream without end.", "text/event-stream", eventData), ...refused },
      },
    },
    "/deltas": {
      get: {
        operationId: "deltas",
        summary: "What changes from a snapshot on, as server-sent events: for windows on other machines.",
        description: [
          "First an event named hello: the protocol, which service this is, and the number of the newest delta.",
          "Then events named delta, about ten a second, numbered without holes; listen first, then take /snapshot?from= with hello's number.",
          "An event named behind says that this reader was too slow and deltas were left out: it takes a new snapshot.",
        ].join(" "),
        parameters: [parameter(protocolHeader, "header", { type: "integer" })],
        responses: {
          200: content("A stream without end.", "text/event-stream", {
            oneOf: [helloSchema, deltaSchema, behindSchema].map(jsonSchema),
          }),
          ...failures(deltaFailures()),
        },
      },
    },
    "/metrics": {
      get: {
        operationId: "metrics",
        summary: "Figures for Prometheus.",
        responses: { 200: content("Prometheus text format.", "text/plain", text), ...refused },
      },
    },
    "/openapi.json": {
      get: {
        operationId: "openapi",
        summary: "This document.",
        responses: { 200: content("OpenAPI 3.1.", "application/json", { type: "object" }), ...refused },
      },
    },
    "/docs": {
      get: {
        operationId: "docs",
        summary: "A page to try it all in the browser.",
        security: [],
        responses: { 200: content("A web page.", "text/html", text) },
      },
    },
  };
};

const filters = (): readonly Json[] =>
  Object.entries(jsonSchema(eventFilterSchema).properties ?? {}).map(([name, schema]) =>
    parameter(name, "query", schema),
  );

const eventData = {
  oneOf: ["Message", "Change", "Alert"]
    .map((name): Json => ({ $ref: `#/components/schemas/${name}` }))
    .concat({
      type: "object",
      properties: {
        connection: { $ref: "#/components/schemas/Connection" },
        source: { $ref: "#/components/schemas/Source" },
        health: { $ref: "#/components/schemas/Health" },
        targets: { type: "array", items: { $ref: "#/components/schemas/Target" } },
      },
      required: ["connection", "source", "health", "targets"],
    }),
};
